import type { DataType } from '../src/operations/column.ts';
import { isCastBySelf } from '../src/operations/facts/assignment-cast.ts';
import type { Operation, OperationOf } from '../src/operations/operation.ts';
import { findColumn } from '../src/operations/schema.ts';
import { isTypeMade } from '../src/operations/seen-types.ts';
import { code, type Context, type Found, type Rule } from '../src/rule.ts';
import { typeSql } from '../src/writers/identifier.ts';
import { sayCast } from './advice/cast-said.ts';

type AlterColumn = Operation & OperationOf<'alterColumn'>;

/** PostgreSQL does not turn the values, or the default, into the new type by itself. */
export const refusedCast: Rule = {
  id: 'refused-cast',
  title: 'A type change that does not say how',
  severity: 'error',
  concerns: 'process',
  check: {
    alterColumn: (operation, context) => {
      const { table, column, type, using } = operation;
      const { database, framework } = context.migration;
      if (!type || database !== 'postgres' || sayHow.has(framework) || operation.conditional) return undefined;
      const known = findColumn(context.schema, table, column);
      if (!known?.type || isComputed(known.generated) || isCast(known.type, type, context) !== false) return undefined;
      if (!using) return find(operation, `from ${code(typeSql(known.type))} to ${code(typeSql(type))}`, context);
      if (operation.keepsDefault || known.default === undefined || known.generated !== undefined) return undefined;
      return isDropped(operation, context) ? undefined : find(operation, undefined, context);
    },
  },
};

/**
 * Frameworks that write USING themselves: https://github.com/django/django/blob/main/django/db/backends/postgresql/schema.py (sql_alter_column_type),
 * https://github.com/knex/knex/blob/master/lib/dialects/postgres/schema/pg-tablecompiler.js; Sequelize does for enums, https://github.com/sequelize/sequelize/blob/v6/src/dialects/postgres/query-generator.js
 */
const sayHow: ReadonlySet<string> = new Set(['django', 'knex', 'sequelize']);

function isComputed(generated: string | undefined): boolean {
  return generated === 'stored' || generated === 'virtual';
}

function isCast(from: DataType, to: DataType, { schema }: Context): boolean | undefined {
  return isCastBySelf(from, to, ({ name }) => isTypeMade(schema, name));
}

/** Of one ALTER TABLE, DROP DEFAULT runs first, wherever it stands. */
function isDropped({ table, column, statement }: AlterColumn, { after }: Context): boolean {
  return after.some(
    (each) =>
      each.kind === 'alterColumn' &&
      each.statement === statement &&
      each.table === table &&
      each.column === column &&
      each.default === 'none',
  );
}

/** `types` are those between which there is no cast; without them it is the default that is in the way. */
function find(operation: AlterColumn, types: string | undefined, context: Context): Found {
  const { table, column } = operation;
  const type = operation.type ?? { name: 'text', arguments: [] };
  const what = code(`${table}.${column}`);
  const known = findColumn(context.schema, table, column);
  const value = code(known?.default?.sql ?? '');
  return {
    message:
      types === undefined
        ? `Changing ${what} fails (42804): \`USING\` is for the values alone, and its default ${value} is not turned into ${code(typeSql(type))}.`
        : `Changing ${what} ${types} fails (42804): PostgreSQL does not do that by itself, and the statement does not say how.`,
    advice: `${sayCast(operation, type, context)} It rewrites ${code(table)} under ACCESS EXCLUSIVE: where that has many rows, rather a new column beside it.`,
  };
}
