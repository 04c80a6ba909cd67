/** What a column of SQL Server loses when `ALTER COLUMN` says it anew without it. */
import type { Column } from '../../src/operations/column.ts';
import { isSameType } from '../../src/operations/facts/type-change.ts';
import type { OperationOf } from '../../src/operations/operation.ts';
import { code, type Found } from '../../src/rule.ts';

/** https://learn.microsoft.com/sql/t-sql/statements/alter-table-transact-sql#type_schema_name-type_name: what is not said is NULL and the collation of the database. */
export function findLostOnSqlserver(operation: OperationOf<'alterColumn'>, old: Column): Found | undefined {
  const { table, column, type, nullable } = operation;
  if (!type || !old.type || isSameType(type, old.type)) return undefined;
  const requires = nullable === true && !old.nullable && operation.saidNullable !== true;
  const collation = type.collation === undefined ? old.type.collation : undefined;
  if (!requires && collation === undefined) return undefined;
  const lost = [requires ? '`NOT NULL`' : '', collation === undefined ? '' : code(`COLLATE ${collation}`)].filter(
    Boolean,
  );
  const what = requires
    ? 'it takes NULLs from then on'
    : 'its values are compared as the database does by itself, unless that is the same';
  return {
    ...(requires ? {} : { severity: 'notice' }),
    message: `${code(`${table}.${column}`)} loses its ${lost.join(' and ')}: \`ALTER COLUMN\` says the column anew, and what it leaves out is gone, so that ${what}.`,
    advice: `Say it again: ${lost.join(' ')} behind the type.`,
  };
}
