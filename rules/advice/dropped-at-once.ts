/** A default that goes in the migration that adds its column, so that it fills old rows and no new ones. */
import type { Column } from '../../src/operations/column.ts';
import type { OperationOf } from '../../src/operations/operation.ts';
import { code, type Context, type Found } from '../../src/rule.ts';
import { isSqlConstant } from '../../src/writers/django-field.ts';
import { emptyColumn, type Step } from '../../src/writers/step.ts';
import { isDjango, keepDefault } from './django.ts';
import { led, migrationFence, paragraphs, phaseFence } from './fence.ts';
import { fillThenRequire } from './fill-then-require.ts';
import { isUniqueWithDefault } from './one-cause.ts';
import { programDefault } from './program-default.ts';

/** What it does to the release that still runs, where the column must have a value. */
export function findDroppedAtOnce(operation: OperationOf<'addColumn'>, context: Context): Found | undefined {
  const { table, column } = operation;
  const last = context.after.findLast(
    (each) =>
      each.kind === 'alterColumn' && each.table === table && each.column === column.name && each.default !== undefined,
  );
  const dropped = last?.kind === 'alterColumn' && last.default === 'none' && last.nullable !== true;
  if (column.nullable || !dropped || isUniqueSpoken(column, context)) return undefined;
  return {
    concerns: 'code',
    span: last.span,
    message: `The default of ${code(`${table}.${column.name}`)} goes in the migration that adds it. The release that still runs does not know the column: its every INSERT into ${code(table)} fails from here on.`,
    advice: isDjango(context.migration) ? keepOrFill(operation, context) : keepThenDrop(operation, context),
  };
}

/** What Python works out no database can keep, so that the rows are filled before it is required. */
function keepOrFill(operation: OperationOf<'addColumn'>, context: Context): string {
  const { table, column } = operation;
  const { migration } = context;
  const said = programDefault(table, column, context);
  const isKept = column.default !== undefined && isSqlConstant(column.default);
  if (isKept || !column.type || migration.database === 'unknown')
    return paragraphs(
      `Keep the default until that release is gone.${said} ${keepDefault(operation, context)}`,
      dropLater(operation, context),
    );
  return paragraphs(
    `Two deploys: nullable first, with a release that fills it in every row that it writes; required once that runs everywhere.${said} Django itself drops a \`default=\` at once, and what Python works out no database can keep.`,
    led('First:', migrationFence(migration, [emptyColumn(table, column)])),
    fillThenRequire(migration, table, column.name, column),
  );
}

/** SQLite takes no unique column with a default at all, and says so itself. */
function isUniqueSpoken(column: Column, { migration }: Context): boolean {
  return migration.database !== 'sqlite' && isUniqueWithDefault(column);
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
