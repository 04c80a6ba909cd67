import type { Database } from '../src/operations/migration.ts';
import { code, type Context, type Found, type Rule } from '../src/rule.ts';
import { isDjango, keepDefault } from './advice/django.ts';
import { led, migrationFence, paragraphs, phaseFence } from './advice/fence.ts';
import { fillRows, requireThen } from './advice/fill-then-require.ts';
import { isSqlConstant } from '../src/writers/django-field.ts';
import { emptyColumn, type Step } from '../src/writers/step.ts';
import { programDefault, programValue } from './advice/program-default.ts';
import { isRequiredWithoutDefault, isUniqueWithDefault, isUniqueWithImplicitDefault } from './advice/one-cause.ts';
import type { Column, Expression, OperationOf } from '../src/operations/operation.ts';

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
      if (isRequiredWithoutDefault(column)) return findUnfilled(operation, context);
      const last = context.after.findLast(
        (each) =>
          each.kind === 'alterColumn' &&
          each.table === table &&
          each.column === column.name &&
          each.default !== undefined,
      );
      const dropped = last?.kind === 'alterColumn' && last.default === 'none' && last.nullable !== true;
      if (column.nullable || !dropped || isUniqueSpoken(column, context)) return undefined;
      return {
        concerns: 'code',
        span: last.span,
        message: `The default of ${code(`${table}.${column.name}`)} goes in the migration that adds it. The release that still runs does not know the column: its every INSERT into ${code(table)} fails from here on.`,
        advice: isDjango(context.migration)
          ? paragraphs(
              `Keep the default until that release is gone.${programDefault(table, column, context)} ${keepDefault(operation, context)}`,
              dropLater(operation, context),
            )
          : keepThenDrop(operation, context),
      };
    },
  },
};

/** SQLite takes no unique column with a default at all, and says so itself. */
function isUniqueSpoken(column: Column, { migration }: Context): boolean {
  return migration.database !== 'sqlite' && isUniqueWithDefault(column);
}

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
    migrationFence(migration, [emptyColumn(table, column.name, column.type)]),
    fillRows(migration, table, column.name, own),
    requireThen(migration, table, column.name, column),
  )}`;
}

function constant(sql: string): Expression {
  return { sql, functions: [], columns: [], known: true };
}

/** The column with the default that stays, and the migration that takes it away. */
function keepThenDrop(operation: OperationOf<'addColumn'>, context: Context): string {
  const { table, column } = operation;
  const { migration } = context;
  const begin = 'Keep the default until that release is gone, and drop it in a later deploy.';
  if (!column.type || !column.default) return begin;
  const kept: Step = { kind: 'addColumn', table, column: { ...column, constraints: [] } };
  return paragraphs(begin, migrationFence(migration, [kept]), dropLater(operation, context));
}

function dropLater({ table, column }: OperationOf<'addColumn'>, { migration }: Context): string {
  // What Python works out cannot be given back by SQL.
  if (isDjango(migration) && column.default && !isSqlConstant(column.default)) return '';
  const step: Step = { kind: 'alterColumn', table, column: column.name, default: 'none', was: column };
  return led(
    'In a later deploy, when every running release gives the column a value:',
    phaseFence(migration, {
      steps: [step],
      allow: { rules: ['dropped-default'], because: 'every release that runs gives the column a value' },
    }),
  );
}
