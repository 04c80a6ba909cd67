/** A new column that something is required of, over two deploys. */
import { inDeploys } from '../../src/operations/facts/deploys.ts';
import type { Migration } from '../../src/operations/migration.ts';
import type { Column } from '../../src/operations/column.ts';
import type { Name } from '../../src/operations/name.ts';
import type { Operation } from '../../src/operations/operation.ts';
import { buildIndex } from '../../src/writers/build-index.ts';
import { madeUpName } from '../../src/writers/identifier.ts';
import { emptyColumn, type FillColumn, type Step } from '../../src/writers/step.ts';
import { programOf } from '../../src/writers/program-default.ts';
import { ownValue } from '../../src/writers/values.ts';
import { fillsOf, giveOwnValues, isLeftOpen } from '../../src/writers/written-values.ts';
import { namedIndex, uniqueWhileWritten } from './concurrent-index.ts';
import { led, outsideFence, paragraphs, phaseFence } from './fence.ts';
import { filledBy, fillRows, fillThenRequire } from './fill-then-require.ts';
import { isSameStatement } from './statement.ts';

/** The column that holds NULL, its rows filled as one of the operations `beside` does when every writer fills it, and then NOT NULL. */
export function requiredInPhases(
  migration: Migration,
  table: Name,
  column: Column,
  beside: readonly Operation[],
): string {
  const { default: _default, ...plain } = column;
  const later = plain.type ? fillThenRequire(migration, table, plain.name, plain, beside) : '';
  return ofTwo(
    migration,
    table,
    column,
    `${inDeploys('filledThenRequired')}. First the column, nullable, with a release that fills it in every row that it writes`,
    later === '' ? 'When that runs everywhere, the backfill, and then this.' : led('When that runs everywhere:', later),
  );
}

/** The same, where each row gets a value of its own, and then uniqueness, as the operation has it. */
export function uniqueInPhases(
  migration: Migration,
  table: Name,
  column: Column,
  { operation, beside }: { operation: Operation; beside: readonly Operation[] },
): string {
  const { name, type } = column;
  // What the framework fills while it makes the column unique is no way of its own.
  const others = beside.filter((each) => !isSameStatement(each, operation));
  const written = fillsOf(others, table, name);
  const isFilled = giveOwnValues(written);
  const isOwn = type && written.length === 0 && ownValue(type, migration.database) !== undefined;
  const by = functionOf(migration, table, name, beside);
  const isByProgram = by !== undefined && written.every(isLeftOpen);
  const fill = isByProgram
    ? fillByProgram(migration, table, name, by)
    : type && (isFilled || isOwn)
      ? fillRows(migration, table, name, { type }, others)
      : '';
  const unique = uniqueLater(migration, operation);
  const isPrinted = fill !== '' && unique !== '';
  return ofTwo(
    migration,
    table,
    column,
    `${inDeploys('filledThenRequired')}. First the column, nullable and without a default, with a release that gives every row its own value`,
    isPrinted
      ? paragraphs(led('When that runs everywhere:', fill), led('Then, once no value is there twice:', unique))
      : 'When that runs everywhere, the backfill, and then this.',
    by,
  );
}

/** The default of the field, as it is added: what the schema has lost with the default that Django drops at once. */
function functionOf(
  { framework }: Migration,
  table: Name,
  column: string,
  beside: readonly Operation[],
): string | undefined {
  const added = beside.find((each) => each.kind === 'addColumn' && each.table === table && each.column.name === column);
  return added?.kind === 'addColumn' ? programOf(framework, added.column.default) : undefined;
}

/** The default of the model, called for each row. */
function fillByProgram(migration: Migration, table: Name, column: string, by: string): string {
  const step: FillColumn = { kind: 'fillColumn', table, column, value: 'NULL', by };
  return led(`The old rows, ${filledBy(migration)}:`, phaseFence(migration, { steps: [step] }));
}

function ofTwo(migration: Migration, table: Name, column: Column, first: string, later: string, by?: string): string {
  const { default: _default, ...plain } = column;
  const fills: Step[] =
    by === undefined ? [] : [{ kind: 'fillNewRows', table, column: { ...plain, nullable: true, constraints: [] }, by }];
  const empty = column.type ? phaseFence(migration, { steps: [emptyColumn(table, column), ...fills] }) : '';
  return paragraphs(led(`${first}:`, empty) || `${first}.`, later);
}

function uniqueLater(migration: Migration, operation: Operation): string {
  if (operation.kind === 'createIndex') {
    const index = namedIndex(operation.table, operation.index);
    if (migration.database !== 'postgres')
      return phaseFence(migration, buildIndex(operation.table, index, migration.database));
    return outsideFence(migration, { kind: 'createIndex', table: operation.table, index, concurrently: true });
  }
  if (operation.kind !== 'addConstraint' || operation.constraint.kind !== 'unique') return '';
  const { table, constraint } = operation;
  const name = constraint.name ?? madeUpName(table, ...constraint.columns, 'key');
  return uniqueWhileWritten(migration, table, { name, columns: constraint.columns });
}
