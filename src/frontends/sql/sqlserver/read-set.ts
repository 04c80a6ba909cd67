/** SET: settings of the session, and variables. */
import {
  accept,
  fail,
  isDone,
  isNext,
  peek,
  splitAtCommas,
  takeName,
  takeUntil,
  textOf,
  type Cursor,
} from '../cursor.ts';
import { takeObjectName } from './names.ts';
import type { Step } from './step.ts';

/** Reads what stands after SET; several settings may share a value. */
export function readSet(cursor: Cursor): Step[] {
  if (peek(cursor)?.kind === 'variable') return [{ kind: 'noEffect', what: 'SET variable' }];
  if (accept(cursor, 'TRANSACTION', 'ISOLATION', 'LEVEL'))
    return [{ kind: 'setSession', setting: 'transaction isolation level', value: lowerText(cursor) }];
  if (accept(cursor, 'LOCK_TIMEOUT')) return [{ kind: 'setTimeout', timeout: 'lock', ...readMilliseconds(cursor) }];
  if (accept(cursor, 'IDENTITY_INSERT'))
    return [
      { kind: 'setSession', setting: 'identity_insert', value: `${takeObjectName(cursor)} ${lowerText(cursor)}` },
    ];
  if (accept(cursor, 'STATISTICS')) return [{ kind: 'noEffect', what: 'SET STATISTICS' }];
  return readSwitches(cursor);
}

function readSwitches(cursor: Cursor): Step[] {
  const names = splitAtCommas(takeUntil(cursor, 'ON|OFF')).map((part) => ({
    setting: takeName(part).toLowerCase(),
    rest: part,
  }));
  const isSwitch = isNext(cursor, 'ON|OFF');
  return names.map(({ setting, rest }): Step => {
    if (setting === 'nocount') return { kind: 'noEffect', what: 'SET NOCOUNT' };
    return { kind: 'setSession', setting, value: isSwitch ? lowerText(cursor) : lowerText(rest) };
  });
}

/** SQL Server says -1 for waiting without end, for which the vocabulary has 0; its own 0, not to wait at all, is nearest to 1 ms. */
function readMilliseconds(cursor: Cursor): { milliseconds?: number } {
  if (accept(cursor, '-')) return { milliseconds: 0 };
  const token = peek(cursor);
  return token?.kind === 'number' ? { milliseconds: Math.max(1, Number(token.text)) } : {};
}

/** The value that is left; a setting without one is not understood. */
function lowerText(cursor: Cursor): string {
  if (isDone(cursor)) fail(cursor, 'a value');
  return textOf(cursor).toLowerCase();
}
