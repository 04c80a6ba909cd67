/** What boxes ask of one operation. */
import type { Migration } from '../operations/migration.ts';
import type { Operation } from '../operations/operation.ts';
import { isSchema } from '../operations/operation-questions.ts';

/** The running release may notice it. */
export function changesShape(operation: Operation): boolean {
  return (
    isSchema(operation) &&
    ![
      'createIndex',
      'dropIndex',
      'rebuildIndex',
      'alterTable',
      'addColumn',
      'alterObject',
      'createObject',
      'createType',
    ].includes(operation.kind)
  );
}

/** Rows that are there, or that the running release writes, may stand in its way. */
export function narrowsRows(operation: Operation): boolean {
  if (operation.kind === 'alterColumn') return operation.nullable === false || operation.type !== undefined;
  if (operation.kind === 'createIndex') return operation.index.unique;
  if (operation.kind === 'addColumn')
    return operation.column.constraints.some((constraint) => constraint.kind === 'unique');
  return operation.kind === 'addConstraint' || operation.kind === 'validateConstraint';
}

/** What it takes away, no way back brings again. */
export function losesData(operation: Operation): boolean {
  return (
    ['dropTable', 'dropColumn', 'dropSchema', 'dropDatabase', 'truncateTable'].includes(operation.kind) ||
    (operation.kind === 'deleteRows' && !operation.filtered)
  );
}

/** The rows that it writes, if any, are told by operations of their own. */
export function isToldElsewhere(operation: Operation): boolean {
  return operation.kind === 'runCode' && operation.rowsTold === true;
}

/** A file of SQL spells out the rows that it adds; a program may add them in a loop over others. */
export function isFixedRows(operation: Operation, { path }: Migration): boolean {
  return (
    operation.kind === 'insertRows' &&
    operation.source === 'values' &&
    !operation.replaces &&
    !operation.looped &&
    path.endsWith('.sql')
  );
}

/** Beside rows of a new table it most often works out their values; that it may do more is said by the finding about it. */
export function isValueMaker(operation: Operation): boolean {
  return operation.kind === 'runCode' && operation.does === 'application code';
}
