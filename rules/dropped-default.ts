import type { Database } from '../src/operations/migration.ts';
import type { Column, Expression, Operation, OperationOf } from '../src/operations/operation.ts';
import { findColumn } from '../src/operations/schema.ts';
import { code, type Context, type Found, type Rule } from '../src/rule.ts';
import { countedBy, type Counted } from './advice/counted-column.ts';

/** A required column loses its default or its numbers, and INSERTs that leave it out fail. */
export const droppedDefault: Rule = {
  id: 'dropped-default',
  title: 'A required column loses what fills it',
  severity: 'notice',
  concerns: 'code',
  check: {
    alterColumn: (operation, context) => {
      const { table, column } = operation;
      const error = errors[context.migration.database];
      const old = findColumn(context.schema, table, column);
      if (!old || error === undefined || context.isNew(table) || !isTaken(operation, old)) return undefined;
      if (isNullable(old, table, context) || isPassing(operation, context)) return undefined;
      const isCounted = old.generated === 'identity';
      return found(operation, isCounted ? undefined : old.default, error);
    },
    dropObject: ({ object, name, cascade }, context) => {
      const counted = object === 'sequence' && cascade ? countedBy(name, context) : undefined;
      const old = counted && findColumn(context.schema, counted.table, counted.column);
      if (!old || old.generated !== 'identity' || context.isNew(counted.table)) return undefined;
      return isNullable(old, counted.table, context) || isPassing(counted, context)
        ? undefined
        : found(counted, undefined, errors.postgres ?? '', ` with ${code(name)}`);
    },
  },
};

function found({ table, column }: Counted, value: Expression | undefined, error: string, along = ''): Found {
  const what = value ? `its default ${code(value.sql, 60)}` : `its numbers${along}`;
  return {
    ...(value ? {} : { severity: 'warning' }),
    message: `${code(`${table}.${column}`)} must have a value and loses ${what}: from here on every INSERT into ${code(table)} that leaves the column to the database fails${error}, also those of the release that still runs.`,
    advice: `First a release that gives ${code(column)} a value in every INSERT; when that runs everywhere, this. Where another default is to take its place: set that, without dropping this one.`,
  };
}

const errors: Partial<Record<Database, string>> = {
  postgres: ' with 23502',
  mysql: ' in strict mode with 1364',
  mariadb: ' in strict mode with 1364',
};

function isTaken({ restated, default: value, generated }: OperationOf<'alterColumn'>, old: Column): boolean {
  // `forgotten-column-attribute` speaks.
  if (restated) return false;
  if (old.generated === 'identity') return generated === 'none' || value === 'none';
  return value === 'none' && old.default !== undefined;
}

/** A column of the primary key is never NULL. */
function isNullable(column: Column, table: string, { schema }: Context): boolean {
  const key = schema.tables.get(table)?.constraints.find(({ kind }) => kind === 'primaryKey');
  return column.nullable && !(key?.kind === 'primaryKey' && key.columns.includes(column.name));
}

/** It was put there by this change, gets another one, need not have a value any more, or goes. */
function isPassing({ table, column }: Counted, { schema, before, after }: Context): boolean {
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
