/** Where transactions begin and end. */
import { accept, isNext, type Cursor } from '../cursor.ts';
import type { Effect } from './effect.ts';

/** Reads a statement that begins or ends a transaction, or undefined for any other. */
export function readTransaction(cursor: Cursor): Effect[] | undefined {
  if (accept(cursor, 'START', 'TRANSACTION') || accept(cursor, 'XA', 'START|BEGIN')) return [{ kind: 'begin' }];
  if (accept(cursor, 'COMMIT') || accept(cursor, 'XA', 'COMMIT')) return chained(cursor, { kind: 'commit' });
  if (isNext(cursor, 'SAVEPOINT|RELEASE')) return [{ kind: 'noEffect', what: 'SAVEPOINT' }];
  if (accept(cursor, 'XA', 'ROLLBACK')) return [{ kind: 'rollback' }];
  if (accept(cursor, 'XA')) return [{ kind: 'noEffect', what: 'XA' }];
  if (accept(cursor, 'ROLLBACK')) return readRollback(cursor);
  return isBegin(cursor) ? [{ kind: 'begin' }] : undefined;
}

function isBegin(cursor: Cursor): boolean {
  return accept(cursor, 'BEGIN') && (accept(cursor, 'WORK') || cursor.at >= cursor.end);
}

/** AND CHAIN begins the next one at once. */
function chained(cursor: Cursor, end: Effect): Effect[] {
  accept(cursor, 'WORK');
  return accept(cursor, 'AND', 'CHAIN') ? [end, { kind: 'begin' }] : [end];
}

/** Back to a savepoint is not the end of the transaction. */
function readRollback(cursor: Cursor): Effect[] {
  accept(cursor, 'WORK');
  if (isNext(cursor, 'TO')) return [{ kind: 'noEffect', what: 'ROLLBACK TO SAVEPOINT' }];
  return chained(cursor, { kind: 'rollback' });
}
