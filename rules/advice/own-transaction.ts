/** Transactions that a migration begins itself. */
import type { Migration } from '../../src/operations/migration.ts';
import { endsTransaction } from '../../src/operations/operation-questions.ts';
import type { Operation } from '../../src/operations/operation.ts';

/** Which BEGIN of the migration's own each operation stands behind; those outside of any are not in it. */
export function ownTransactions({ up }: Migration): Map<Operation, Operation> {
  const begun = new Map<Operation, Operation>();
  let open: Operation | undefined;
  for (const operation of up) {
    if (operation.kind === 'begin') open = operation;
    else if (endsTransaction(operation)) open = undefined;
    else if (open) begun.set(operation, open);
  }
  return begun;
}

/** True where one was begun by these operations and has not ended. */
export function isOpen(before: readonly Operation[]): boolean {
  return before.findLast((each) => each.kind === 'begin' || endsTransaction(each))?.kind === 'begin';
}
