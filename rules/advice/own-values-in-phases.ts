/** A new unique column that gets a value of its own in every row, over several deploys. */
import type { Migration } from '../../src/operations/migration.ts';
import type { OperationOf } from '../../src/operations/operation.ts';
import { code } from '../../src/rule.ts';
import { madeUpName } from '../../src/writers/identifier.ts';
import { emptyColumn } from '../../src/writers/step.ts';
import { ownValue } from '../../src/writers/values.ts';
import { uniqueWhileWritten } from './concurrent-index.ts';
import { migrationFence, paragraphs, phaseFence } from './fence.ts';
import { requireThen } from './fill-then-require.ts';

/** The column without its uniqueness, its values, and then the unique index; the first alone where the database or the type is not known. */
export function ownValuesInPhases(operation: OperationOf<'addColumn'>, migration: Migration): string {
  const { database } = migration;
  const { type } = operation.column;
  const column = code(operation.column.name);
  const steps = `In phases: ${column} nullable and without default, with a release that fills it in every new row; then the old rows; then the unique index.`;
  if (database === 'unknown' || !type) return steps;
  const { table } = operation;
  const { name, nullable } = operation.column;
  const own = ownValue(type, database);
  const fill =
    own === undefined
      ? ''
      : phaseFence(migration, { steps: [{ kind: 'fillColumn', table, column: name, value: own }] });
  return paragraphs(
    steps,
    `Phase 1, with the release that fills ${column}:`,
    migrationFence(migration, [emptyColumn(table, operation.column)]),
    `Phase 2, in the background, once phase 1 runs everywhere: a value of its own for every row where ${column} is NULL, in batches that commit.`,
    fill,
    `Phase 3, when no row of ${code(table)} is NULL there any more:`,
    uniqueWhileWritten(migration, table, { name: madeUpName(table, name, 'key'), columns: [name] }),
    nullable ? '' : requireLast(operation, migration, fill !== ''),
  );
}

/** Where only the author can fill it, there is no saying when that is done. */
function requireLast({ table, column }: OperationOf<'addColumn'>, migration: Migration, isFilled: boolean): string {
  if (!isFilled) return 'Then require it, in a migration of its own.';
  const { default: _default, ...plain } = column;
  return requireThen(migration, table, column.name, plain);
}
