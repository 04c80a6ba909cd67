/** Which schema statements the rows that are there can stop. */
import type { Name } from '../../src/operations/name.ts';
import type { Operation } from '../../src/operations/operation.ts';
import { tableOf } from './describe.ts';

/** Whether a table was there before the migration. */
export type IsOld = (table: Name | undefined) => boolean;

/** True for what depends on them: not on those of a new table, nor on a column that is still empty. */
export function canFailOnRows(operation: Operation, steps: readonly Operation[], isOld: IsOld): boolean {
  const table = tableOf(operation);
  if (!isOld(table)) return false;
  const isEmpty = (name: string) =>
    steps.some(
      (each) =>
        each.kind === 'addColumn' &&
        each.table === table &&
        each.column.name === name &&
        each.column.nullable &&
        !each.column.default,
    );
  if (operation.kind === 'createIndex') return operation.index.unique && !operation.index.columns.some(isEmpty);
  if (operation.kind === 'alterColumn') return operation.nullable === false && !isEmpty(operation.column);
  if (operation.kind !== 'addConstraint' || operation.constraint.kind === 'check')
    return operation.kind === 'addConstraint';
  return !operation.constraint.columns.some(isEmpty);
}
