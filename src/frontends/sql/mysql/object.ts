/** Everything of a schema that is no table: views, routines, triggers, events, sequences, users, privileges, databases. */
import type { ObjectKind } from '../../../operations/object-operation.ts';
import {
  accept,
  expect,
  fail,
  isDone,
  isName,
  isNext,
  peek,
  stretchOf,
  take,
  takeName,
  takeUntil,
  textOf,
  type Cursor,
} from '../cursor.ts';
import { takeIndexOptions, takeIndexColumns, takeMethod } from './constraint.ts';
import { takeObjectName, when, type Effect } from './effect.ts';
import { literalText } from './literal.ts';
import { acceptOnline, acceptWait, type Online } from './online.ts';

const kinds: Record<string, ObjectKind> = {
  DATABASE: 'database',
  EVENT: 'event',
  FUNCTION: 'function',
  PROCEDURE: 'procedure',
  ROLE: 'role',
  SCHEMA: 'database',
  SEQUENCE: 'sequence',
  SERVER: 'server',
  TRIGGER: 'trigger',
  USER: 'role',
  VIEW: 'view',
};
const kindWords = Object.keys(kinds).join('|');

/** Moves past what may stand between CREATE or ALTER and the kind of object. */
export function skipModifiers(cursor: Cursor): void {
  for (;;) {
    if (accept(cursor, 'ALGORITHM')) takeValue(cursor);
    else if (accept(cursor, 'DEFINER')) takeDefiner(cursor);
    else if (accept(cursor, 'SQL', 'SECURITY')) take(cursor);
    else if (!accept(cursor, 'AGGREGATE')) return;
  }
}

/** True when CREATE [UNIQUE …] INDEX goes on here. */
export function isIndexNext(cursor: Cursor): boolean {
  return isNext(cursor, 'INDEX') || isNext(cursor, 'UNIQUE|FULLTEXT|SPATIAL|VECTOR', 'INDEX');
}

/** Reads CREATE INDEX from behind CREATE [OR REPLACE]. */
export function readCreateIndex(cursor: Cursor, replaces: boolean): Effect[] {
  const special = isNext(cursor, 'INDEX') ? undefined : take(cursor)?.text.toLowerCase();
  expect(cursor, 'INDEX');
  const ifNotExists = accept(cursor, 'IF', 'NOT', 'EXISTS');
  const name = takeName(cursor);
  const early = takeMethod(cursor);
  expect(cursor, 'ON');
  const table = takeObjectName(cursor);
  const columns = takeIndexColumns(cursor);
  const { online, method: late, wait } = takeIndexTail(cursor);
  const unique = special === 'unique';
  const method = (unique ? undefined : special) ?? late ?? early;
  const index = { name, ...columns, unique, ...(method && { method }) };
  const create: Effect = { kind: 'createIndex', table, index, ...when(ifNotExists, { ifNotExists: true }), ...online };
  const drop: Effect = { kind: 'dropIndex', table, name, ifExists: true, ...online };
  return replaces ? [...wait, drop, create] : [...wait, create];
}

/** Reads DROP INDEX from behind the word INDEX. */
export function readDropIndex(cursor: Cursor): Effect[] {
  const ifExists = accept(cursor, 'IF', 'EXISTS');
  const name = takeName(cursor);
  expect(cursor, 'ON');
  const table = takeObjectName(cursor);
  const { online, wait } = takeIndexTail(cursor);
  const flags = { ...when(ifExists, { ifExists: true }), ...online };
  if (name.toUpperCase() === 'PRIMARY')
    return [...wait, { kind: 'dropConstraint', table, constraint: 'primaryKey', ...flags }];
  return [...wait, { kind: 'dropIndex', table, name, ...flags }];
}

/** Reads CREATE of any other object, from the word for its kind on. */
export function readCreateObject(cursor: Cursor, replaces: boolean): Effect[] {
  const object = takeKind(cursor);
  const flags = {
    ...when(replaces, { replaces: true }),
    ...when(accept(cursor, 'IF', 'NOT', 'EXISTS'), { ifNotExists: true }),
  };
  if (object === 'role')
    return takeAccounts(cursor).map((name): Effect => ({ kind: 'createObject', object, name, ...flags }));
  const name = takeObjectName(cursor);
  if (object !== 'trigger') return [{ kind: 'createObject', object, name, ...flags }];
  takeUntil(cursor, 'ON');
  expect(cursor, 'ON');
  return [{ kind: 'createObject', object, name, table: takeObjectName(cursor), ...flags }];
}

/** Reads ALTER of anything but a table, from the word for its kind on. */
export function readAlterObject(cursor: Cursor): Effect[] {
  const object = takeKind(cursor);
  accept(cursor, 'IF', 'EXISTS');
  const rest = { ...cursor };
  const name = object === 'role' ? takeAccount(cursor) : takeDatabaseName(cursor, object);
  if (object === 'event' && accept(cursor, 'RENAME', 'TO'))
    return [{ kind: 'renameObject', object, name, to: takeObjectName(cursor) }];
  // The change of an account holds its password.
  const change = object === 'role' ? 'ALTER USER' : textOf(isDone(cursor) ? rest : cursor);
  return [{ kind: 'alterObject', object, name, change }];
}

/** Reads DROP of anything but a table or an index, from the word for its kind on. */
export function readDropObject(cursor: Cursor): Effect[] {
  const isDatabase = isNext(cursor, 'DATABASE|SCHEMA');
  const object = takeKind(cursor);
  const flags = when(accept(cursor, 'IF', 'EXISTS'), { ifExists: true });
  if (isDatabase) return [{ kind: 'dropDatabase', database: takeName(cursor), ...flags }];
  const names = object === 'role' ? takeAccounts(cursor) : takeObjectNames(cursor);
  const cascade = when(accept(cursor, 'CASCADE'), { cascade: true });
  return names.map((name) => ({ kind: 'dropObject', object, name, ...flags, ...cascade }));
}

/** Reads GRANT and REVOKE. The name is what they are granted on, or the role that is granted. */
export function readPrivileges(cursor: Cursor): Effect[] {
  const verb = take(cursor)?.upper ?? '';
  const granted = takeUntil(cursor, 'ON', 'TO', 'FROM');
  if (!accept(cursor, 'ON'))
    return [{ kind: 'alterObject', object: 'privileges', name: textOf(granted), change: verb }];
  accept(cursor, 'TABLE|FUNCTION|PROCEDURE');
  const target = takeUntil(cursor, 'TO', 'FROM');
  return [
    {
      kind: 'alterObject',
      object: 'privileges',
      name: textOf(target).replaceAll('`', ''),
      change: `${verb} ${textOf(granted)}`,
    },
  ];
}

/** Reads RENAME USER from behind the words. */
export function readRenameUsers(cursor: Cursor): Effect[] {
  const effects: Effect[] = [];
  do {
    const name = takeAccount(cursor);
    expect(cursor, 'TO');
    effects.push({ kind: 'renameObject', object: 'role', name, to: takeAccount(cursor) });
  } while (accept(cursor, ','));
  return effects;
}

/** Moves past names between commas, each with its place when there are several. */
export function takeEach(cursor: Cursor, read: (part: Cursor) => Effect): Effect[] {
  const parts: Effect[] = [];
  do {
    const from = { ...cursor };
    const effect = read(cursor);
    parts.push({ ...effect, at: stretchOf({ ...from, end: cursor.at }) });
  } while (accept(cursor, ','));
  return parts.length > 1 ? parts : parts.map(({ at: _, ...effect }) => effect);
}

function takeKind(cursor: Cursor): ObjectKind {
  const kind = isNext(cursor, kindWords) ? kinds[take(cursor)?.upper ?? ''] : undefined;
  return kind ?? fail(cursor, 'a kind of object that is known here');
}

function takeIndexTail(cursor: Cursor): { online: { online?: Online }; method: string | undefined; wait: Effect[] } {
  const online: Online = {};
  const wait: Effect[] = [];
  let method: string | undefined;
  while (!isDone(cursor)) {
    const at = cursor.at;
    method = takeIndexOptions(cursor) ?? method;
    acceptOnline(cursor, online);
    wait.push(...acceptWait(cursor));
    if (cursor.at === at) fail(cursor, 'an option of an index');
  }
  return { online: Object.keys(online).length > 0 ? { online } : {}, method, wait };
}

function takeValue(cursor: Cursor): void {
  accept(cursor, '=');
  take(cursor);
}

function takeDefiner(cursor: Cursor): void {
  accept(cursor, '=');
  takeAccount(cursor);
}

/** An account such as 'app'@'%', as `app@%`; CURRENT_USER(). */
function takeAccount(cursor: Cursor): string {
  const user = takeAccountPart(cursor);
  accept(cursor, '(', ')');
  const host = peek(cursor);
  if (host?.kind === 'variable' && host.text.startsWith('@')) {
    cursor.at++;
    let rest = '';
    while (accept(cursor, '.')) rest += `.${take(cursor)?.text ?? ''}`;
    return user + host.text + rest;
  }
  return accept(cursor, '@') ? `${user}@${takeAccountPart(cursor)}` : user;
}

function takeAccountPart(cursor: Cursor): string {
  const token = take(cursor);
  if (token?.kind === 'string') return literalText(token);
  return token && isName(token) ? token.text : fail(cursor, 'the name of an account');
}

/** Accounts between commas; behind each may stand how it identifies itself. */
function takeAccounts(cursor: Cursor): string[] {
  const names: string[] = [];
  do {
    names.push(takeAccount(cursor));
    takeUntil(cursor, ',');
  } while (accept(cursor, ',') && isAccountNext(cursor));
  return names;
}

function isAccountNext(cursor: Cursor): boolean {
  return peek(cursor)?.kind === 'string' || isName(peek(cursor));
}

function takeObjectNames(cursor: Cursor): string[] {
  const names = [takeObjectName(cursor)];
  while (accept(cursor, ',')) names.push(takeObjectName(cursor));
  return names;
}

/** ALTER DATABASE may leave the name out: it is then the current one. */
function takeDatabaseName(cursor: Cursor, object: ObjectKind): string {
  if (object === 'database' && isNext(cursor, 'DEFAULT|CHARACTER|CHARSET|COLLATE|ENCRYPTION|READ|COMMENT')) return '';
  return takeObjectName(cursor);
}
