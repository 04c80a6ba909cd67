/** Where the transactions of a migration's own begin and end. */
import { isData, isSchema, type Operation } from '../../src/operations/operation.ts';

/** True where one was begun and has not ended. */
export function isOpen(before: readonly Operation[]): boolean {
  return before.findLast((each) => each.kind === 'begin' || ends(each))?.kind === 'begin';
}

/** True for COMMIT and ROLLBACK. */
export function ends({ kind }: Operation): boolean {
  return kind === 'commit' || kind === 'rollback';
}

/** True for what is kept or taken back with a transaction. */
export function changes(operation: Operation): boolean {
  return isSchema(operation) || isData(operation);
}
