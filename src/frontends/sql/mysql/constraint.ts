/** Keys and constraints of a table, at the table and at the column. */
import type { Constraint, Index, Prefixes, Reference, ReferenceAction } from '../../../operations/column.ts';
import {
  accept,
  expect,
  fail,
  isDone,
  isName,
  isNext,
  peek,
  splitAtCommas,
  take,
  takeName,
  takeNameList,
  takeParentheses,
  textOf,
  type Cursor,
} from '../cursor.ts';
import { takeObjectName, when } from './effect.ts';
import { readExpression, readWithoutParser } from './expression.ts';

/** A key: an index, or a constraint, which a unique key is as well as an index. */
export type Key = { ifNotExists?: true } & ({ constraint: Constraint } | { index: Index });

/** True when a key or a constraint comes next, and not a column. */
export function isKeyNext(cursor: Cursor): boolean {
  return (
    isNext(cursor, 'CONSTRAINT|PRIMARY|UNIQUE|FOREIGN|CHECK|INDEX|KEY|FULLTEXT|SPATIAL') ||
    isNext(cursor, 'VECTOR', 'INDEX|KEY') ||
    isNext(cursor, 'VECTOR', '(')
  );
}

/** Moves past the definition of a key or constraint with its options. */
export function takeKey(cursor: Cursor): Key {
  const symbol = accept(cursor, 'CONSTRAINT') ? takeSymbol(cursor) : {};
  if (accept(cursor, 'PRIMARY', 'KEY')) return takePrimaryKey(cursor);
  if (accept(cursor, 'UNIQUE')) return takeUnique(cursor, symbol.name);
  if (accept(cursor, 'FOREIGN', 'KEY')) return takeForeignKey(cursor, symbol.name);
  if (isNext(cursor, 'CHECK')) {
    const check = takeCheck(cursor);
    return { ...symbol.flags, constraint: { ...named(symbol.name), ...check } };
  }
  return takeIndex(cursor);
}

/** Moves past CHECK with its expression. One that is not enforced checks no rows, also not those that are there. */
export function takeCheck(cursor: Cursor): Extract<Constraint, { kind: 'check' }> {
  expect(cursor, 'CHECK');
  const expression = readExpression(takeParentheses(cursor));
  const unenforced = accept(cursor, 'NOT', 'ENFORCED');
  if (!unenforced) accept(cursor, 'ENFORCED');
  return { kind: 'check', expression, validated: !unenforced, ...when(unenforced, { enforced: false }) };
}

/** Moves past REFERENCES with its table, columns and actions. */
export function takeReference(cursor: Cursor): Reference {
  expect(cursor, 'REFERENCES');
  const table = takeObjectName(cursor);
  const columns = isNext(cursor, '(') ? takeNameList(cursor) : [];
  const reference: Reference = { table, columns };
  for (;;) {
    if (accept(cursor, 'MATCH')) take(cursor);
    else if (accept(cursor, 'ON', 'DELETE')) reference.onDelete = takeAction(cursor);
    else if (accept(cursor, 'ON', 'UPDATE')) reference.onUpdate = takeAction(cursor);
    else return reference;
  }
}

/** Moves past the columns of a key: names without direction, the lengths of prefixes apart, expressions as SQL in parentheses. */
function takeKeyColumns(cursor: Cursor): Pick<Index, 'columns' | 'prefixes'> {
  const prefixes: Prefixes = {};
  const columns = splitAtCommas(takeParentheses(cursor)).map((part) => {
    if (isNext(part, '(')) return `(${textOf(takeParentheses(part))})`;
    const name = takeName(part);
    if (isNext(part, '(')) prefixes[name] = Number(take(takeParentheses(part))?.text) || 0;
    return name;
  });
  return { columns, ...when(Object.keys(prefixes).length > 0, { prefixes }) };
}

/** The same of an index that is no constraint, with the columns that its expressions read. */
export function takeIndexColumns(cursor: Cursor): Pick<Index, 'columns' | 'prefixes' | 'reads'> {
  const from = { ...cursor };
  const taken = takeKeyColumns(cursor);
  const expressions = splitAtCommas(takeParentheses(from)).filter((part) => isNext(part, '('));
  const reads = expressions.flatMap((part) => readWithoutParser(takeParentheses(part)).columns);
  return { ...taken, ...when(reads.length > 0, { reads }) };
}

/** Moves past USING BTREE and gives the method. */
export function takeMethod(cursor: Cursor): string | undefined {
  return accept(cursor, 'USING|TYPE') ? takeName(cursor).toLowerCase() : undefined;
}

/** Moves past the options of an index and gives the method if one is named there. */
export function takeIndexOptions(cursor: Cursor): string | undefined {
  let method: string | undefined;
  for (;;) {
    if (isNext(cursor, 'USING|TYPE')) method = takeMethod(cursor);
    else if (accept(cursor, 'WITH', 'PARSER')) takeName(cursor);
    else if (accept(cursor, 'VISIBLE|INVISIBLE|IGNORED') || accept(cursor, 'NOT', 'IGNORED')) continue;
    else if (accept(cursor, 'COMMENT') || accept(cursor, valued)) takeOptionValue(cursor);
    else return method;
  }
}

const valued = 'KEY_BLOCK_SIZE|ENGINE_ATTRIBUTE|SECONDARY_ENGINE_ATTRIBUTE|CLUSTERING|M|DISTANCE';

function takeOptionValue(cursor: Cursor): void {
  accept(cursor, '=');
  take(cursor);
}

type Symbol = { name?: string; flags?: { ifNotExists?: true } };

/** CONSTRAINT [IF NOT EXISTS] [name]; the name may be missing. */
function takeSymbol(cursor: Cursor): Symbol {
  const flags = when(accept(cursor, 'IF', 'NOT', 'EXISTS'), { ifNotExists: true });
  const unnamed = isNext(cursor, 'PRIMARY|UNIQUE|FOREIGN|CHECK');
  return unnamed ? { flags } : { flags, name: takeName(cursor) };
}

function takePrimaryKey(cursor: Cursor): Key {
  const flags = takeGuard(cursor);
  takeMethod(cursor);
  // A primary key is called PRIMARY whatever name it is given.
  if (isName(peek(cursor))) takeName(cursor);
  takeMethod(cursor);
  const columns = takeKeyColumns(cursor);
  takeIndexOptions(cursor);
  return { ...flags, constraint: { kind: 'primaryKey', ...columns } };
}

function takeUnique(cursor: Cursor, symbol: string | undefined): Key {
  accept(cursor, 'KEY|INDEX');
  const flags = takeGuard(cursor);
  const name = takeIndexName(cursor) ?? symbol;
  takeMethod(cursor);
  const columns = takeKeyColumns(cursor);
  takeIndexOptions(cursor);
  return { ...flags, constraint: { ...named(name), kind: 'unique', ...columns } };
}

function takeForeignKey(cursor: Cursor, symbol: string | undefined): Key {
  const flags = takeGuard(cursor);
  const name = symbol ?? takeIndexName(cursor);
  if (isName(peek(cursor))) takeName(cursor);
  const columns = takeNameList(cursor);
  const references = takeReference(cursor);
  return { ...flags, constraint: { ...named(name), kind: 'foreignKey', columns, references, validated: true } };
}

function takeIndex(cursor: Cursor): Key {
  const special = isNext(cursor, 'FULLTEXT|SPATIAL|VECTOR') ? take(cursor)?.text.toLowerCase() : undefined;
  if (!accept(cursor, 'INDEX|KEY') && special === undefined) fail(cursor, 'a key');
  const flags = takeGuard(cursor);
  const name = takeIndexName(cursor);
  const early = takeMethod(cursor);
  const columns = takeIndexColumns(cursor);
  const late = takeIndexOptions(cursor);
  const method = special ?? late ?? early;
  return { ...flags, index: { ...named(name), ...columns, unique: false, ...(method && { method }) } };
}

function takeGuard(cursor: Cursor): { ifNotExists?: true } {
  return when(accept(cursor, 'IF', 'NOT', 'EXISTS'), { ifNotExists: true });
}

function takeIndexName(cursor: Cursor): string | undefined {
  const isAbsent = isDone(cursor) || isNext(cursor, '(') || isNext(cursor, 'USING|TYPE', 'BTREE|HASH|RTREE');
  return isAbsent ? undefined : takeName(cursor);
}

function named(name: string | undefined): { name?: string } {
  return name === undefined ? {} : { name };
}

function takeAction(cursor: Cursor): ReferenceAction {
  if (accept(cursor, 'CASCADE')) return 'cascade';
  if (accept(cursor, 'SET', 'NULL')) return 'set null';
  if (accept(cursor, 'SET', 'DEFAULT')) return 'set default';
  if (accept(cursor, 'RESTRICT')) return 'restrict';
  expect(cursor, 'NO', 'ACTION');
  return 'no action';
}
