import type { Database } from '../src/operations/migration.ts';
import type { OperationOf } from '../src/operations/operation.ts';
import { code, type Context, type Found, type Rule } from '../src/rule.ts';
import { emptyColumn } from '../src/writers/step.ts';
import { findDroppedAtOnce } from './advice/dropped-at-once.ts';
import { migrationFence, paragraphs } from './advice/fence.ts';
import { fillRows, requireThen } from './advice/fill-then-require.ts';
import { isRequiredWithoutDefault, isUniqueWithImplicitDefault } from './advice/one-cause.ts';
import { programDefault, programValue } from './advice/program-default.ts';
import type { Expression } from '../src/operations/column.ts';

/** A column must have a value, and neither the existing rows nor the running code give it one. */
export const requiredColumnWithoutDefault: Rule = {
  id: 'required-column-without-default',
  title: 'A required column that nothing fills',
  severity: 'error',
  concerns: 'rows',
  check: {
    addColumn: (operation, context) => {
      const { table, column } = operation;
      if (context.isNew(table) || isUniqueWithImplicitDefault(column, context)) return undefined;
      return isRequiredWithoutDefault(column)
        ? findUnfilled(operation, context)
        : findDroppedAtOnce(operation, context);
    },
  },
};

function findUnfilled(operation: OperationOf<'addColumn'>, context: Context): Found {
  const { table, column } = operation;
  const { database } = context.migration;
  const name = code(`${table}.${column.name}`);
  return {
    message: `${name} must have a value and has no default. ${onRows(database, table)}, and INSERTs of the release that still runs, which does not know the column, ${inserts(database)}.`,
    advice: `Add it nullable, or with a default that stays until the old release is gone; fill it; require it later.${programDefault(table, column, context)}${correction(operation, context)}`,
  };
}

function onRows(database: Database, table: string): string {
  if (database === 'mysql' || database === 'mariadb') return `The rows of ${code(table)} get '' or 0 without a word`;
  const error = errors[database];
  return `The statement fails as soon as ${code(table)} holds a row${error ? ` (${error})` : ''}`;
}

function inserts(database: Database): string {
  return database === 'mysql' || database === 'mariadb' ? 'fail in strict mode (1364)' : 'fail too';
}

const errors: Partial<Record<Database, string>> = {
  postgres: '23502, column contains null values',
  sqlite: 'cannot add a NOT NULL column with default value NULL',
  sqlserver: '4901',
};

function correction({ table, column }: OperationOf<'addColumn'>, context: Context): string {
  if (!column.type) return '';
  const { migration } = context;
  const value = programValue(table, column, context);
  const own = value === undefined ? column : { ...column, default: constant(value) };
  return `\n\n${paragraphs(
    migrationFence(migration, [emptyColumn(table, column)]),
    fillRows(migration, table, column.name, own),
    requireThen(migration, table, column.name, column),
  )}`;
}

function constant(sql: string): Expression {
  return { sql, functions: [], columns: [], known: true };
}
