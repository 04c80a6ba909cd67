/** What the options of a table of SQL Server make of it. */
import type { Name } from '../../../operations/name.ts';
import type { OperationOf } from '../../../operations/operation.ts';
import type { TableKind } from '../../../operations/schema-operation.ts';
import { isDone, isNext, take, type Cursor } from '../cursor.ts';
import { takeObjectName } from './names.ts';

/** Looks through the options, wherever they stand, for those that set the table apart. */
export function kindsIn(options: Cursor): { kinds?: TableKind[]; history?: Name } {
  const kinds: TableKind[] = [];
  const cursor = { ...options };
  for (; !isDone(cursor); take(cursor)) {
    if (isNext(cursor, 'SYSTEM_VERSIONING', '=', 'ON')) kinds.push('versioned');
    if (isNext(cursor, 'MEMORY_OPTIMIZED', '=', 'ON')) kinds.push('in memory');
  }
  return { ...(kinds.length > 0 ? { kinds } : {}), ...historyIn(options) };
}

/** What ALTER TABLE … SET switches. */
export function switchedBy(options: Cursor): Pick<OperationOf<'alterTable'>, 'sets'> {
  const cursor = { ...options };
  for (; !isDone(cursor); take(cursor)) {
    if (!isNext(cursor, 'SYSTEM_VERSIONING', '=', 'ON|OFF')) continue;
    const on = isNext(cursor, 'SYSTEM_VERSIONING', '=', 'ON');
    return { sets: { kind: 'versioned', on, ...historyIn(cursor) } };
  }
  return {};
}

function historyIn(options: Cursor): { history?: Name } {
  const cursor = { ...options };
  for (; !isDone(cursor); take(cursor)) {
    if (!isNext(cursor, 'HISTORY_TABLE', '=')) continue;
    cursor.at += 2;
    return { history: takeObjectName(cursor) };
  }
  return {};
}
