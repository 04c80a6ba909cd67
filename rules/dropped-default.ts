import type { Database } from '../src/operations/migration.ts';
import type { Column, Name, Operation, OperationOf } from '../src/operations/operation.ts';
import { findColumn } from '../src/operations/schema.ts';
import { code, type Context, type Found, type Rule } from '../src/rule.ts';
import { isForgotten } from './advice/one-cause.ts';

/** A required column loses its default or its numbers, and INSERTs that leave it out fail. */
export const droppedDefault: Rule = {
  id: 'dropped-default',
  title: 'A required column loses what fills it',
  severity: 'notice',
  concerns: 'code',
  check: {
    alterColumn: (operation, context) => {
      const old = findColumn(context.schema, operation.table, operation.column);
      return old && isTaken(operation, old) && !isForgotten(operation, context)
        ? find(operation.table, old, context)
        : undefined;
    },
    // A default is a constraint there.
    dropConstraint: ({ table, name }, context) => {
      const columns =
        context.migration.database === 'sqlserver' ? context.schema.tables.get(table)?.columns : undefined;
      const old = [...(columns?.values() ?? [])].find(
        ({ defaultName }) => name !== undefined && defaultName?.toLowerCase() === name.toLowerCase(),
      );
      return old && find(table, old, context);
    },
  },
};

function find(table: Name, old: Column, context: Context): Found | undefined {
  const { name: column, generated, default: value } = old;
  const error = errors[context.migration.database];
  if (error === undefined || context.isNew(table)) return undefined;
  if (isNullable(old, table, context) || isPassing(table, column, context)) return undefined;
  const isCounted = generated === 'identity';
  const what = isCounted ? 'its numbers' : `its default ${code(value?.sql ?? '', 60)}`;
  return {
    ...(isCounted ? { severity: 'warning' } : {}),
    message: `${code(`${table}.${column}`)} must have a value and loses ${what}: from here on every INSERT into ${code(table)} that leaves the column to the database fails${error}, also those of the release that still runs.`,
    advice: `First a release that gives ${code(column)} a value in every INSERT; when that runs everywhere, this. Where another default is to take its place: set that, without dropping this one.`,
  };
}

const errors: Partial<Record<Database, string>> = {
  postgres: ' with 23502',
  mysql: ' in strict mode with 1364',
  mariadb: ' in strict mode with 1364',
  sqlserver: ' with 515',
};

function isTaken({ default: value, generated, nullable }: OperationOf<'alterColumn'>, old: Column): boolean {
  if (nullable === true || generated === 'identity') return false;
  if (old.generated === 'identity') return generated === 'none' || value === 'none';
  return value === 'none' && old.default !== undefined;
}

/** A column of the primary key is never NULL. */
function isNullable(column: Column, table: string, { schema }: Context): boolean {
  const key = schema.tables.get(table)?.constraints.find(({ kind }) => kind === 'primaryKey');
  return column.nullable && !(key?.kind === 'primaryKey' && key.columns.includes(column.name));
}

/** It was put there by this change, gets another one, need not have a value any more, or goes. */
function isPassing(table: Name, column: string, { schema, before, after }: Context): boolean {
  if (schema.tables.get(table)?.newColumns?.has(column)) return true;
  const isFilled = (each: Operation) =>
    each.kind === 'alterColumn' &&
    each.table === table &&
    each.column === column &&
    ((each.default !== undefined && each.default !== 'none') || each.generated === 'identity');
  return (
    before.some(isFilled) ||
    after.some((each) => {
      if (!('table' in each) || each.table !== table) return false;
      if (each.kind === 'alterColumn') return isFilled(each) || (each.column === column && each.nullable === true);
      if (each.kind === 'dropColumn' || each.kind === 'renameColumn') return each.column === column;
      if (each.kind === 'createObject') return each.object === 'trigger';
      return each.kind === 'dropTable' || each.kind === 'renameTable';
    })
  );
}
