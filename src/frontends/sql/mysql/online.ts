/** The online clauses: ALGORITHM, LOCK, and how long MariaDB's WAIT lets a statement wait. */
import type { Located } from '../../../operations/operation.ts';
import { accept, isNext, take, type Cursor } from '../cursor.ts';
import type { Effect } from './effect.ts';

/** The clauses as far as they were seen. */
export type Online = NonNullable<Located['online']>;

/** Moves past ALGORITHM or LOCK when one comes next and adds it to what was seen. */
export function acceptOnline(cursor: Cursor, online: Online): boolean {
  const isAlgorithm = isNext(cursor, 'ALGORITHM', '=') || isNext(cursor, 'ALGORITHM', algorithms);
  const isLock = isNext(cursor, 'LOCK', '=') || isNext(cursor, 'LOCK', locks);
  if (!isAlgorithm && !isLock) return false;
  take(cursor);
  accept(cursor, '=');
  const value = take(cursor)?.text ?? '';
  if (isAlgorithm) online.algorithm = value;
  else online.lock = value;
  return true;
}

const algorithms = 'DEFAULT|INSTANT|INPLACE|COPY|NOCOPY';
const locks = 'DEFAULT|NONE|SHARED|EXCLUSIVE';

/** Moves past WAIT n or NOWAIT: a lock timeout in seconds for this statement alone. */
export function acceptWait(cursor: Cursor): Effect[] {
  if (accept(cursor, 'NOWAIT')) return [lockTimeout(0)];
  if (!accept(cursor, 'WAIT')) return [];
  const seconds = Number(take(cursor)?.text);
  return [Number.isNaN(seconds) ? { kind: 'setTimeout', timeout: 'lock', local: true } : lockTimeout(seconds)];
}

/** Not waiting at all is said as the shortest wait, because 0 stands for waiting for ever. */
function lockTimeout(seconds: number): Effect {
  return { kind: 'setTimeout', timeout: 'lock', milliseconds: Math.max(1, Math.round(seconds * 1000)), local: true };
}
