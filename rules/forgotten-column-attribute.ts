import { isSameType } from '../src/operations/facts/type-change.ts';
import type { Column, Operation, OperationOf } from '../src/operations/operation.ts';
import { findColumn } from '../src/operations/schema.ts';
import { code, type Context, type Found, type Rule } from '../src/rule.ts';
import { clauseSql } from './advice/alter-sql.ts';
import { printable } from '../src/writers/identifier.ts';
import { isMysql } from './advice/online-change.ts';

/** MODIFY or CHANGE says the column anew and leaves out what it had. */
export const forgottenColumnAttribute: Rule = {
  id: 'forgotten-column-attribute',
  title: 'A column is said anew without what it had',
  concerns: 'code',
  severity: 'warning',
  check: {
    alterColumn: (operation, context) => {
      const { table, column } = operation;
      const old = findColumn(context.schema, table, column);
      if (!old || !operation.restated || context.isNew(table)) return undefined;
      if (context.migration.database === 'sqlserver') return findOnSqlserver(operation, old);
      if (!isMysql(context.migration.database)) return undefined;
      if (!changesMore(operation, old)) return undefined;
      if (old.generated === 'identity' && operation.generated === 'none' && !isGivenUp(operation, context))
        return {
          severity: 'error',
          message: `${code(`${table}.${column}`)} loses its AUTO_INCREMENT: \`MODIFY\` and \`CHANGE\` say the whole column anew, and what they leave out is gone. Every INSERT into ${code(table)} that leaves the number to the database fails from then on (1364).`,
          advice: advise({ ...operation, generated: 'identity' }, 'AUTO_INCREMENT'),
        };
      // DEFAULT NULL, as it may well be written, is not told from none.
      if (!old.default || operation.default !== 'none' || operation.nullable !== false || old.nullable)
        return undefined;
      const value = printable(old.default.sql);
      return {
        message: `${code(`${table}.${column}`)} loses its default ${code(value)}: \`MODIFY\` and \`CHANGE\` say the whole column anew, and what they leave out is gone. An INSERT that leaves the column out fails from then on in strict mode (1364).`,
        advice: `${advise({ ...operation, default: old.default }, `DEFAULT ${value}`)} If it is meant to go, let it go in a statement of its own (\`ALTER COLUMN … DROP DEFAULT\`), once no release that runs relies on it.`,
      };
    },
  },
};

type AlterColumn = OperationOf<'alterColumn'>;

/** https://learn.microsoft.com/sql/t-sql/statements/alter-table-transact-sql#type_schema_name-type_name: what is not said is NULL and the collation of the database. */
function findOnSqlserver(operation: AlterColumn, old: Column): Found | undefined {
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

/** A statement that changes nothing else is about the attribute itself. */
function changesMore({ type, nullable, position }: AlterColumn, old: Column): boolean {
  const isOther = type !== undefined && old.type !== undefined && !isSameType(type, old.type);
  return isOther || position !== undefined || (nullable !== undefined && nullable !== old.nullable);
}

/** The key that it numbers goes, or another column numbers from now on, or it is said right further on. */
function isGivenUp({ table, column }: AlterColumn, { before, after }: Context): boolean {
  return [...before, ...after].some((each) => {
    if (!('table' in each) || each.table !== table) return false;
    if (each.kind === 'dropConstraint') return each.constraint === 'primaryKey';
    if (each.kind === 'dropColumn') return each.column === column;
    if (each.kind === 'alterColumn') return each.generated === 'identity';
    return each.kind === 'dropTable' || (each.kind === 'addColumn' && each.column.generated === 'identity');
  });
}

function advise(operation: Operation & AlterColumn, attribute: string): string {
  const clause = clauseSql(operation);
  return `Say it again with ${code(attribute)}${clause === undefined ? '' : `: ${code(clause, 300)}`}.`;
}
