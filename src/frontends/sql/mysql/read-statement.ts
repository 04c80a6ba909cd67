/** One statement: finds the reader for its verb. */
import {
  accept,
  expect,
  fail,
  isDone,
  isNext,
  peek,
  take,
  takeName,
  takeParentheses,
  takeUntil,
  textOf,
  type Cursor,
} from '../cursor.ts';
import { readAlterTable } from './alter-table.ts';
import { readCreateTable } from './create-table.ts';
import { readDelete, readInsert, readLoad, readTruncate, readUpdate } from './data.ts';
import { placed, takeObjectName, underCondition, when, type Effect } from './effect.ts';
import {
  isIndexNext,
  readAlterObject,
  readCreateIndex,
  readCreateObject,
  readDropIndex,
  readDropObject,
  readPrivileges,
  readRenameUsers,
  skipModifiers,
  takeEach,
} from './object.ts';
import { acceptWait } from './online.ts';
import { readCall, readCreateRoutine, readExecute, readPrepare } from './routine.ts';
import type { Script } from './script.ts';
import { assignVariable, readSelect } from './select.ts';
import { readSet, readStatementSettings } from './session.ts';
import { readTransaction } from './transaction.ts';

/** Reads one plain statement; fails where it is not understood. */
export function readStatement(cursor: Cursor, script: Script): Effect[] {
  const verb = peek(cursor)?.upper ?? '';
  const read = readers[verb];
  if (read) return read(cursor, script);
  if (isNext(cursor, '(')) return readQuery(cursor, script);
  if (isNext(cursor, withoutEffect)) return [{ kind: 'noEffect', what: verb }];
  const transaction = readTransaction(cursor);
  if (transaction) return transaction;
  throw new SyntaxError(`statements that begin with “${verb.slice(0, 40)}” are not known here`);
}

const withoutEffect =
  'SHOW|DESCRIBE|DESC|EXPLAIN|USE|HELP|CHECK|CHECKSUM|CACHE|HANDLER|DEALLOCATE|VALUES|TABLE|GET|SIGNAL|RESIGNAL';

const readers: Partial<Record<string, (cursor: Cursor, script: Script) => Effect[]>> = {
  ALTER: readAlter,
  ANALYZE: readAnalyze,
  CALL: (cursor, script) => readCall(cursor, script, readStatement),
  CREATE: readCreate,
  DELETE: readDelete,
  DO: readSelect,
  DROP: readDrop,
  EXECUTE: (cursor, script) => readExecute(cursor, script, readStatement),
  FLUSH: readFlush,
  GRANT: readPrivileges,
  INSERT: readInsert,
  LOAD: readLoad,
  LOCK: readLock,
  OPTIMIZE: readMaintenance,
  PREPARE: readPrepare,
  RENAME: readRename,
  REPAIR: readMaintenance,
  REPLACE: readInsert,
  REVOKE: readPrivileges,
  SELECT: readSelect,
  SET: readSetting,
  TRUNCATE: (cursor) => whole(cursor, readTruncate(cursor)),
  UNLOCK: () => [{ kind: 'noEffect', what: 'UNLOCK TABLES' }],
  UPDATE: readUpdate,
  WITH: readWith,
};

function readAlter(cursor: Cursor, script: Script): Effect[] {
  if (isNext(cursor, 'ALTER', 'TABLE') || isNext(cursor, 'ALTER', 'ONLINE|OFFLINE|IGNORE'))
    return readAlterTable(cursor, script.dialect);
  take(cursor);
  skipModifiers(cursor);
  return readAlterObject(cursor);
}

/** A query in parentheses, as UNION has them. */
function readQuery(cursor: Cursor, script: Script): Effect[] {
  while (accept(cursor, '('));
  return isNext(cursor, 'SELECT') ? readSelect(cursor, script) : fail(cursor, 'SELECT');
}

/** ANALYZE TABLE counts; ANALYZE before a statement of MariaDB runs it. */
function readAnalyze(cursor: Cursor, script: Script): Effect[] {
  take(cursor);
  if (isNext(cursor, 'UPDATE|DELETE|INSERT|REPLACE|SELECT|WITH')) return readStatement(cursor, script);
  return [{ kind: 'noEffect', what: 'ANALYZE TABLE' }];
}

function readCreate(cursor: Cursor, script: Script): Effect[] {
  take(cursor);
  const replaces = accept(cursor, 'OR', 'REPLACE');
  const flags = when(replaces, { replaces: true });
  if (accept(cursor, 'TABLE')) return readCreateTable(cursor, script.dialect, flags);
  if (accept(cursor, 'TEMPORARY', 'TABLE'))
    return readCreateTable(cursor, script.dialect, { ...flags, temporary: true });
  accept(cursor, 'TEMPORARY');
  if (isIndexNext(cursor)) return readCreateIndex(cursor, replaces);
  skipModifiers(cursor);
  if (isNext(cursor, 'PROCEDURE|FUNCTION|TRIGGER|EVENT')) return readCreateRoutine(cursor, script, replaces);
  return readCreateObject(cursor, replaces);
}

function readDrop(cursor: Cursor, script: Script): Effect[] {
  take(cursor);
  if (accept(cursor, 'PREPARE')) return [{ kind: 'noEffect', what: 'DROP PREPARE' }];
  if (accept(cursor, 'INDEX')) return readDropIndex(cursor);
  const temporary = accept(cursor, 'TEMPORARY');
  if (accept(cursor, 'TABLE|TABLES')) return readDropTable(cursor, temporary);
  if (isNext(cursor, 'PROCEDURE')) script.procedures.delete(droppedName(cursor));
  return readDropObject(cursor);
}

function droppedName(cursor: Cursor): string {
  const rest = { ...cursor, at: cursor.at + 1 };
  accept(rest, 'IF', 'EXISTS');
  return takeObjectName(rest).toLowerCase();
}

function readDropTable(cursor: Cursor, temporary: boolean): Effect[] {
  const ifExists = accept(cursor, 'IF', 'EXISTS');
  const drops = takeEach(cursor, (part) => ({
    kind: 'dropTable',
    table: takeObjectName(part),
    ...when(ifExists, { ifExists: true }),
    ...when(temporary, { temporary: true }),
  }));
  // RESTRICT and CASCADE do nothing in either database.
  accept(cursor, 'RESTRICT|CASCADE');
  return whole(cursor, [...acceptWait(cursor), ...drops]);
}

/** FLUSH TABLES WITH READ LOCK stops all writes, of these tables or of all. */
function readFlush(cursor: Cursor): Effect[] {
  take(cursor);
  accept(cursor, 'NO_WRITE_TO_BINLOG|LOCAL');
  if (!accept(cursor, 'TABLES|TABLE')) return [{ kind: 'noEffect', what: 'FLUSH' }];
  const names = takeUntil(cursor, 'WITH', 'FOR');
  if (isDone(cursor)) return [{ kind: 'noEffect', what: 'FLUSH TABLES' }];
  const change = `FLUSH TABLES ${textOf(cursor)}`;
  if (isDone(names)) return [{ kind: 'alterObject', object: 'system setting', name: 'global read lock', change }];
  return takeEach(names, (part) => ({ kind: 'lockTable', table: takeObjectName(part), mode: 'READ' }));
}

function readLock(cursor: Cursor): Effect[] {
  expect(cursor, 'LOCK', 'TABLES|TABLE');
  const locks = takeEach(cursor, takeLock);
  return whole(cursor, [...acceptWait(cursor), ...locks]);
}

function takeLock(cursor: Cursor): Effect {
  const table = takeObjectName(cursor);
  if (accept(cursor, 'AS') || !isNext(cursor, 'READ|WRITE|LOW_PRIORITY|CONCURRENT')) takeName(cursor);
  accept(cursor, 'LOW_PRIORITY|CONCURRENT');
  const mode = take(cursor)?.upper;
  if (mode !== 'READ' && mode !== 'WRITE') fail(cursor, 'READ or WRITE');
  accept(cursor, 'LOCAL|CONCURRENT');
  return { kind: 'lockTable', table, mode };
}

/** OPTIMIZE and REPAIR write the whole table anew. */
function readMaintenance(cursor: Cursor): Effect[] {
  const verb = take(cursor)?.upper ?? '';
  accept(cursor, 'NO_WRITE_TO_BINLOG|LOCAL');
  expect(cursor, 'TABLE|TABLES');
  return takeEach(cursor, (part) => ({
    kind: 'rebuildTable',
    table: takeObjectName(part),
    how: `${verb} TABLE`,
  }));
}

function readRename(cursor: Cursor): Effect[] {
  take(cursor);
  if (accept(cursor, 'USER')) return readRenameUsers(cursor);
  expect(cursor, 'TABLE|TABLES');
  const guarded = accept(cursor, 'IF', 'EXISTS');
  const renames = takeEach(cursor, (part) => {
    const table = takeObjectName(part);
    const wait = acceptWait(part);
    if (wait.length > 0) fail(part, 'TO');
    expect(part, 'TO');
    return { kind: 'renameTable', table, to: takeObjectName(part) };
  });
  return whole(cursor, underCondition(renames, guarded));
}

/** SET STATEMENT … FOR of MariaDB holds a whole statement. */
function readSetting(cursor: Cursor, script: Script): Effect[] {
  take(cursor);
  if (!accept(cursor, 'STATEMENT')) return readSet(cursor, (assignment) => assignVariable(assignment, script));
  const settings = takeUntil(cursor, 'FOR');
  expect(cursor, 'FOR');
  if (isNext(cursor, 'SET', 'STATEMENT')) fail(cursor, 'another statement');
  const place = { ...settings };
  return [...placed(readStatementSettings(settings), place), ...readStatement(cursor, script)];
}

/** Common table expressions stand before the statement that changes rows, or before a SELECT. */
function readWith(cursor: Cursor, script: Script): Effect[] {
  take(cursor);
  accept(cursor, 'RECURSIVE');
  do {
    takeName(cursor);
    if (isNext(cursor, '(')) takeParentheses(cursor);
    expect(cursor, 'AS');
    takeParentheses(cursor);
  } while (accept(cursor, ','));
  if (isNext(cursor, 'WITH')) fail(cursor, 'SELECT');
  return readStatement(cursor, script);
}

/** What is left over was not understood. */
function whole(cursor: Cursor, effects: Effect[]): Effect[] {
  return isDone(cursor) ? effects : fail(cursor, 'the end of the statement');
}
