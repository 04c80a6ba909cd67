/** SET: settings of the session and of the server, timeouts, variables. */
import {
  accept,
  expect,
  fail,
  isDone,
  isNext,
  peek,
  splitAtCommas,
  take,
  takeName,
  takeUntil,
  textOf,
  type Cursor,
} from '../cursor.ts';
import { placed, type Effect } from './effect.ts';
import { literalText } from './literal.ts';

/** What became of a user variable: `value` is a cursor over the expression. */
export type Assignment = { variable: string; value: Cursor };

/** Reads SET from behind the word; user variables are told to `assign`. */
export function readSet(cursor: Cursor, assign: (assignment: Assignment) => void): Effect[] {
  if (isNext(cursor, 'NAMES|CHARSET') || isNext(cursor, 'CHARACTER', 'SET'))
    return [{ kind: 'noEffect', what: 'SET NAMES' }];
  if (isNext(cursor, 'PASSWORD')) return [changeOf('role', 'SET PASSWORD', cursor)];
  if (isNext(cursor, 'ROLE')) return [{ kind: 'noEffect', what: 'SET ROLE' }];
  if (isNext(cursor, 'DEFAULT', 'ROLE')) return [changeOf('role', 'SET DEFAULT ROLE', cursor)];
  if (isNext(cursor, 'TRANSACTION') || isNext(cursor, 'SESSION|LOCAL|GLOBAL', 'TRANSACTION'))
    return [readIsolation(cursor)];
  const parts = splitAtCommas(cursor);
  const scope = { global: false };
  return parts.flatMap((part) => {
    const place = { ...part };
    const effect = readAssignment(part, scope, assign);
    return parts.length > 1 ? placed([effect], place) : [effect];
  });
}

/** Reads the settings between SET STATEMENT and FOR: they hold for that statement alone. */
export function readStatementSettings(cursor: Cursor): Effect[] {
  return splitAtCommas(cursor).map((part): Effect => {
    const effect = readAssignment(part, { global: false }, () => {});
    return effect.kind === 'setSession' || effect.kind === 'setTimeout' ? { ...effect, local: true } : effect;
  });
}

/** The name of a user variable as it is compared: without quotes, lower case. */
function variableName(text: string): string {
  return text.replaceAll(/[@`'"]/g, '').toLowerCase();
}

/** The key of a local variable or parameter among the user variables, which have other names. */
export function localName(name: string): string {
  return `local ${name.toLowerCase()}`;
}

/** Moves past a user variable, also one whose name is quoted, and gives its name. */
export function acceptUserVariable(cursor: Cursor): string | undefined {
  const token = peek(cursor);
  if (token?.kind === 'variable' && token.text.startsWith('@') && !token.text.startsWith('@@')) {
    cursor.at++;
    return variableName(token.text);
  }
  const next = peek(cursor, 1);
  if (token?.text !== '@' || (next?.kind !== 'name' && next?.kind !== 'string')) return undefined;
  cursor.at += 2;
  return variableName(next.text);
}

/** A scope counts for the assignments behind it too, until the next one. */
function readAssignment(cursor: Cursor, scope: { global: boolean }, assign: (assignment: Assignment) => void): Effect {
  const variable = acceptUserVariable(cursor);
  if (variable !== undefined) {
    acceptEquals(cursor);
    assign({ variable, value: cursor });
    return { kind: 'noEffect', what: 'a user variable' };
  }
  const { name, global } = takeSetting(cursor, scope);
  acceptEquals(cursor);
  if (isDone(cursor)) fail(cursor, 'a value');
  const value = valueOf(cursor);
  if (global) return { kind: 'alterObject', object: 'system setting', name, change: value };
  return timeoutOf(name, value) ?? { kind: 'setSession', setting: name, value };
}

function takeSetting(cursor: Cursor, scope: { global: boolean }): { name: string; global: boolean } {
  const first = peek(cursor);
  if (first?.kind === 'variable' && first.text.startsWith('@@')) {
    cursor.at++;
    const word = first.text.slice(2);
    if (!accept(cursor, '.')) return { name: word.toLowerCase(), global: false };
    return { name: takeSettingName(cursor), global: isGlobalScope(word.toUpperCase()) };
  }
  if (isNext(cursor, 'GLOBAL|PERSIST|PERSIST_ONLY|SESSION|LOCAL') && !isNext({ ...cursor, at: cursor.at + 1 }, '='))
    scope.global = isGlobalScope(take(cursor)?.upper ?? '');
  return { name: takeSettingName(cursor), global: scope.global };
}

/** Some settings belong to a component: `component.setting`. */
function takeSettingName(cursor: Cursor): string {
  const name = takeName(cursor).toLowerCase();
  return accept(cursor, '.') ? `${name}.${takeName(cursor).toLowerCase()}` : name;
}

function isGlobalScope(scope: string): boolean {
  return scope === 'GLOBAL' || scope === 'PERSIST' || scope === 'PERSIST_ONLY';
}

function acceptEquals(cursor: Cursor): void {
  if (!accept(cursor, ':=')) expect(cursor, '=');
}

function valueOf(cursor: Cursor): string {
  const token = peek(cursor);
  return token?.kind === 'string' && cursor.end - cursor.at === 1 ? literalText(token) : textOf(cursor);
}

/** Seconds per unit of the settings that are timeouts; a metadata lock and a row lock are both waited for. */
const timeouts: Record<string, { timeout: 'lock' | 'statement' | 'idle'; unit: number }> = {
  lock_wait_timeout: { timeout: 'lock', unit: 1000 },
  innodb_lock_wait_timeout: { timeout: 'lock', unit: 1000 },
  max_execution_time: { timeout: 'statement', unit: 1 },
  max_statement_time: { timeout: 'statement', unit: 1000 },
  idle_transaction_timeout: { timeout: 'idle', unit: 1000 },
};

/** A lock timeout of 0 does not wait at all, which is said as the shortest wait: 0 stands for waiting for ever. */
function timeoutOf(setting: string, value: string): Effect | undefined {
  const known = timeouts[setting];
  if (!known) return undefined;
  if (!/^\d+(\.\d+)?$/.test(value)) return { kind: 'setTimeout', timeout: known.timeout };
  const milliseconds = Math.round(Number(value) * known.unit);
  return {
    kind: 'setTimeout',
    timeout: known.timeout,
    milliseconds: known.timeout === 'lock' ? Math.max(1, milliseconds) : milliseconds,
  };
}

function readIsolation(cursor: Cursor): Effect {
  const global = accept(cursor, 'GLOBAL');
  accept(cursor, 'SESSION|LOCAL');
  expect(cursor, 'TRANSACTION');
  const value = textOf(cursor).toLowerCase();
  if (global) return { kind: 'alterObject', object: 'system setting', name: 'transaction', change: value };
  return { kind: 'setSession', setting: 'transaction', value };
}

/** The account stands behind FOR or TO; without one it is the one that is logged in. */
function changeOf(object: 'role', change: string, cursor: Cursor): Effect {
  takeUntil(cursor, 'FOR', 'TO');
  take(cursor);
  const name = textOf(takeUntil(cursor, '=', 'TO')).replaceAll(/['"`]/g, '');
  return { kind: 'alterObject', object, name, change };
}
