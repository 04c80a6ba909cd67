/** Loops over rows that an error ends at the first row that does not pass. */
import type { Operation } from '../../operations/operation.ts';

/** What a walk keeps of it. */
export type Stops = {
  /** What was seen in the loop that is being read: `raise ValueError`, `save!`. */
  stopsBy?: string;
  /** Handlers around that would take an error, within the loop or without. */
  handlers: number;
};

/** Notes an error that ends the loop, unless something takes it. Its first line up to what it says counts. */
export function noteStop(stops: Stops, written: string): void {
  if (stops.handlers > 0 || stops.stopsBy !== undefined) return;
  stops.stopsBy = (/^[^\n(,;]*/.exec(written)?.[0] ?? '').trim().slice(0, 60);
}

/** Reads what may be handled. */
export function readHandled<Result>(stops: Stops, isHandled: boolean, read: () => Result): Result {
  if (!isHandled) return read();
  stops.handlers++;
  try {
    return read();
  } finally {
    stops.handlers--;
  }
}

/** Reads a loop over what is not known; what it writes says what stops it. A loop around it is stopped as well. */
export function stoppable<Result>(stops: Stops, operations: Operation[], isInner: boolean, read: () => Result): Result {
  const from = operations.length;
  const result = read();
  const { stopsBy } = stops;
  if (stopsBy !== undefined)
    for (const [at, operation] of operations.slice(from).entries())
      operations[from + at] = stoppedBy(operation, stopsBy);
  if (!isInner) delete stops.stopsBy;
  return result;
}

function stoppedBy(operation: Operation, stopsBy: string): Operation {
  if (operation.kind === 'updateRows' || operation.kind === 'deleteRows')
    return operation.looped && operation.stopsBy === undefined ? { ...operation, stopsBy } : operation;
  return operation.kind === 'insertRows' ? { ...operation, stopsBy } : operation;
}
