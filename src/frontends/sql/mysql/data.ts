/** Statements that change rows: INSERT, REPLACE, LOAD DATA, UPDATE, DELETE, TRUNCATE. */
import {
  accept,
  expect,
  fail,
  isDone,
  isName,
  isNext,
  peek,
  take,
  takeName,
  takeNameParts,
  takeParentheses,
  takeUntil,
  textOf,
  splitAtCommas,
  type Cursor,
} from '../cursor.ts';
import type { Expression } from '../../../operations/column.ts';
import { assigned } from '../said-again.ts';
import { takeObjectName, when, type Effect } from './effect.ts';
import { plainText, readWithoutParser } from './expression.ts';
import { readJoinedDelete, readJoinedUpdate } from './joined.ts';
import { acceptWait } from './online.ts';

/** Reads INSERT and REPLACE. */
export function readInsert(cursor: Cursor): Effect[] {
  const replaces = take(cursor)?.upper === 'REPLACE';
  const ignores = takeModifiers(cursor);
  const table = takeObjectName(cursor);
  if (accept(cursor, 'PARTITION')) takeParentheses(cursor);
  const isListed = isNext(cursor, '(') && !isNext(cursor, '(', 'SELECT|WITH|(');
  const listed = isListed ? splitAtCommas(takeParentheses(cursor)) : [];
  const source = isNext(cursor, 'VALUES|VALUE|SET') ? 'values' : 'query';
  if (source === 'query' && !isNext(cursor, 'SELECT|WITH|TABLE|(')) fail(cursor, 'VALUES, SET or SELECT');
  const read = source === 'query' ? findRead(cursor) : {};
  return [
    {
      kind: 'insertRows',
      table,
      source,
      ...when(replaces, { replaces: true }),
      ...when(replaces && isListed, { columns: listed.map(takeName) }),
      ...when(ignores, { ignores: true }),
      ...read,
    },
  ];
}

/** The words between the verb and the table; true where IGNORE is among them. */
function takeModifiers(cursor: Cursor): boolean {
  const at = cursor.at;
  while (accept(cursor, 'LOW_PRIORITY|DELAYED|HIGH_PRIORITY|QUICK|IGNORE|INTO'));
  return hasWord({ ...cursor, at, end: cursor.at }, 'IGNORE');
}

/** The one table that a plain SELECT reads without a condition, a join or a limit. */
export function findWholeTable(query: Cursor): string | undefined {
  return findRead(query).readsAll;
}

/** The same, and the one of which a condition picks rows. */
function findRead(query: Cursor): { readsAll?: string; picks?: string } {
  const rest = { ...query };
  if (isNext(rest, '(')) return {};
  takeUntil(rest, 'FROM');
  if (!accept(rest, 'FROM') || !isName(peek(rest))) return {};
  const table = takeObjectName(rest);
  const tail = takeUntil(rest, 'GROUP', 'ORDER', 'ON');
  accept(tail, 'AS');
  if (isName(peek(tail))) take(tail);
  if (hasWord(rest, 'LIMIT|UNION|HAVING') || table.toUpperCase() === 'DUAL') return {};
  if (isDone(tail)) return { readsAll: table };
  return isNext(tail, 'WHERE') && !hasWord(tail, 'LIMIT|UNION|HAVING') && !isNext(rest, 'GROUP')
    ? { picks: table }
    : {};
}

/** Reads LOAD DATA and LOAD XML; LOAD INDEX INTO CACHE touches no rows. LOCAL ignores errors as IGNORE does: https://dev.mysql.com/doc/refman/8.4/en/load-data.html */
export function readLoad(cursor: Cursor): Effect[] {
  expect(cursor, 'LOAD');
  if (isNext(cursor, 'INDEX')) return [{ kind: 'noEffect', what: 'LOAD INDEX INTO CACHE' }];
  expect(cursor, 'DATA|XML');
  const head = takeUntil(cursor, 'TABLE');
  const flags = hasWord(head, 'REPLACE')
    ? { replaces: true as const }
    : when(hasWord(head, 'IGNORE|LOCAL'), { ignores: true });
  expect(cursor, 'TABLE');
  return [{ kind: 'insertRows', table: takeObjectName(cursor), source: 'file', ...flags }];
}

/** Reads UPDATE; of several tables, one operation per table that is written. */
export function readUpdate(cursor: Cursor): Effect[] {
  const whole = { ...cursor };
  expect(cursor, 'UPDATE');
  const flags = when(takeModifiers(cursor), { ignores: true });
  const tables = takeUntil(cursor, 'SET');
  expect(cursor, 'SET');
  const assignments = takeUntil(cursor, 'WHERE', 'ORDER', 'LIMIT', 'RETURNING');
  const parts = splitAtCommas(assignments);
  const columns = parts.map((each) => takeNameParts({ ...each }).at(-1) ?? '');
  const where = readWhere({ ...cursor });
  const tail = { ...readTail(cursor), ...flags };
  if (isJoined(tables)) {
    const joined = readJoinedUpdate(plainText(whole), tail);
    if (joined) return joined;
  }
  const table = takeObjectName(tables);
  const said = isDone(tables) ? assigned(parts.map(readAssignment), where) : undefined;
  return [{ kind: 'updateRows', table, columns, ...tail, ...said }];
}

function readAssignment(part: Cursor): readonly [string, Expression] | undefined {
  const column = takeNameParts(part).at(-1);
  if (column === undefined || !accept(part, '=') || isDone(part) || isNext(part, 'DEFAULT')) return undefined;
  return [column, readWithoutParser(part)];
}

function readWhere(cursor: Cursor): Expression | undefined {
  if (!accept(cursor, 'WHERE')) return undefined;
  const condition = takeUntil(cursor, 'ORDER', 'LIMIT', 'RETURNING');
  return isDone(condition) || isAlwaysTrue(condition) ? undefined : readWithoutParser(condition);
}

/** Reads DELETE; of several tables, one operation per table that loses rows. */
export function readDelete(cursor: Cursor): Effect[] {
  expect(cursor, 'DELETE');
  takeModifiers(cursor);
  const isListed = !accept(cursor, 'FROM');
  const targets = takeUntil(cursor, 'FROM', 'USING', 'WHERE', 'ORDER', 'LIMIT', 'RETURNING');
  if (!isListed && !isNext(cursor, 'USING')) {
    const table = takeObjectName(targets);
    return [{ kind: 'deleteRows', table, ...readTail(cursor) }];
  }
  expect(cursor, 'FROM|USING');
  const names = splitAtCommas(targets).map(takeTarget);
  const joined = textOf(cursor) && readJoinedDelete(names, plainText(cursor), readTail(skipTables(cursor)));
  return joined || names.map((table) => ({ kind: 'deleteRows', table, filtered: true }));
}

/** Reads TRUNCATE TABLE. */
export function readTruncate(cursor: Cursor): Effect[] {
  expect(cursor, 'TRUNCATE');
  accept(cursor, 'TABLE');
  const table = takeObjectName(cursor);
  return [...acceptWait(cursor), { kind: 'truncateTable', table }];
}

/** What stands behind the tables and assignments. A condition that holds for every row filters nothing. */
export type Tail = { filtered: boolean; limited?: true };

function readTail(cursor: Cursor): Tail {
  const condition = accept(cursor, 'WHERE') ? takeUntil(cursor, 'ORDER', 'LIMIT', 'RETURNING') : undefined;
  takeUntil(cursor, 'LIMIT');
  return {
    filtered: condition !== undefined && !isAlwaysTrue(condition),
    ...when(isNext(cursor, 'LIMIT'), { limited: true }),
  };
}

function isAlwaysTrue(condition: Cursor): boolean {
  const [first, second, third] = [peek(condition), peek(condition, 1), peek(condition, 2)];
  const length = condition.end - condition.at;
  if (length === 1) return first?.upper === 'TRUE' || (first?.kind === 'number' && Number(first.text) !== 0);
  return length === 3 && second?.text === '=' && first?.kind !== 'word' && first?.text === third?.text;
}

function isJoined(tables: Cursor): boolean {
  return isNext(tables, '(') || hasWord(tables, ',') || hasWord(tables, 'JOIN|STRAIGHT_JOIN');
}

function hasWord(cursor: Cursor, word: string): boolean {
  const rest = { ...cursor };
  takeUntil(rest, word);
  return !isDone(rest);
}

/** The name of a table to delete from: `t`, `t.*`, `db.t.*`. */
function takeTarget(cursor: Cursor): string {
  const parts = [takeName(cursor)];
  while (accept(cursor, '.') && !isNext(cursor, '*')) parts.push(takeName(cursor));
  return parts.join('.');
}

function skipTables(cursor: Cursor): Cursor {
  const rest = { ...cursor };
  takeUntil(rest, 'WHERE', 'ORDER', 'LIMIT');
  return rest;
}
