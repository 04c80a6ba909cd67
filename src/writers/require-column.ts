/** The way to NOT NULL that lets reads and writes through: https://www.postgresql.org/docs/release/12.0/, https://www.postgresql.org/docs/release/18.0/ */
import { isAtLeast } from '../operations/migration.ts';
import type { Column, Constraint, DataType } from '../operations/column.ts';
import type { Name } from '../operations/name.ts';
import { columnSql, madeUpName } from './identifier.ts';
import type { Step } from './step.ts';
import type { DraftMigration } from './write-migration.ts';
import type { Target } from './writer.ts';

/** The migrations that require a filled column; undefined where the database cannot do it to a column that is there, or has to be told a type that is not known. */
export function requireFilled(
  { database, databaseVersion }: Pick<Target, 'database' | 'databaseVersion'>,
  table: Name,
  column: string,
  was: Partial<Column> | undefined,
): DraftMigration[] | undefined {
  if (database === 'postgres')
    return requireColumn(table, column, databaseVersion, was?.type).map((steps) => ({ steps }));
  const allow = { rules: ['set-not-null'], because: noneIsNull };
  if (database === 'unknown')
    return [{ steps: [{ kind: 'alterColumn', table, column, nullable: false, ...(was && { was }) }], allow }];
  if (!was?.type || database === 'sqlite') return undefined;
  const step: Step = {
    kind: 'alterColumn',
    table,
    column,
    type: was.type,
    nullable: false,
    restated: true,
    was: { type: was.type, ...(was.default && { default: was.default }) },
    // MySQL forgets what is not said; SQL Server keeps a default beside the column.
    ...(was.default && database !== 'sqlserver' && { default: was.default }),
    ...(was.onUpdate === undefined ? {} : { onUpdate: was.onUpdate }),
    ...(was.comment === undefined ? {} : { comment: was.comment }),
  };
  return [{ steps: [step], allow }];
}

const noneIsNull = 'no row is NULL any more, and it runs in a quiet hour';

/** The migrations, each a deploy step of its own, that require a filled column on PostgreSQL; of its type, where that is known. */
export function requireColumn(table: Name, column: string, version: string | undefined, type?: DataType): Step[][] {
  const name = madeUpName(table, column, 'not_null');
  const validate: Step = { kind: 'validateConstraint', table, name };
  if (isAtLeast(version ?? '0', '18')) {
    const constraint: Constraint = { kind: 'notNull', name, columns: [column], validated: false };
    return [[{ kind: 'addConstraint', table, constraint }], [validate]];
  }
  const sql = `${columnSql(column, 'postgres')} IS NOT NULL`;
  const expression = { sql, functions: [], columns: [column], known: true };
  const constraint: Constraint = { kind: 'check', name, expression, notNull: column, validated: false };
  return [
    [{ kind: 'addConstraint', table, constraint }],
    [validate],
    [
      { kind: 'alterColumn', table, column, nullable: false, ...(type && { was: { type } }) },
      { kind: 'dropConstraint', table, name, constraint: 'check', was: constraint },
    ],
  ];
}
