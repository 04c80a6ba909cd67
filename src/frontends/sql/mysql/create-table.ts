/** CREATE TABLE. */
import type { Column, Constraint, Index } from '../../../operations/column.ts';
import { accept, fail, isDone, isNext, splitAtCommas, take, takeParentheses, type Cursor } from '../cursor.ts';
import { takeColumn } from './column.ts';
import { takeCollation } from './data-type.ts';
import { isKeyNext, takeKey } from './constraint.ts';
import { findWholeTable } from './data.ts';
import { takePartitioning, type Partitioning } from './partitioning.ts';
import { takeObjectName, when, type Effect, type MysqlDialect } from './effect.ts';

type Parts = { columns: Column[]; constraints: Constraint[]; indexes: Index[] };

/** Reads CREATE TABLE from behind the word TABLE. */
export function readCreateTable(
  cursor: Cursor,
  dialect: MysqlDialect,
  flags: { replaces?: true; temporary?: true },
): Effect[] {
  const ifNotExists = accept(cursor, 'IF', 'NOT', 'EXISTS');
  const table = takeObjectName(cursor);
  const common = { kind: 'createTable', table, ...when(ifNotExists, { ifNotExists: true }), ...flags } as const;
  const nothing: Parts = { columns: [], constraints: [], indexes: [] };
  const like = takeLike(cursor);
  if (like !== undefined) return [{ ...common, ...nothing, from: 'like', like }];
  const parts = isNext(cursor, '(') && !isNext(cursor, '(', 'SELECT|WITH|(') ? takeParts(cursor, dialect) : nothing;
  const tail = readTail(cursor);
  if (parts === nothing && !tail.from) fail(cursor, 'a list of columns');
  return [{ ...common, ...withKeysNotNull(parts), ...tail }];
}

/** The table behind LIKE, which may stand in parentheses. */
function takeLike(cursor: Cursor): string | undefined {
  const inside = isNext(cursor, '(', 'LIKE') ? takeParentheses(cursor) : cursor;
  return accept(inside, 'LIKE') ? takeObjectName(inside) : undefined;
}

/** Moves past columns and keys in parentheses. */
export function takeParts(cursor: Cursor, dialect: MysqlDialect): Parts {
  const parts: Parts = { columns: [], constraints: [], indexes: [] };
  for (const part of splitAtCommas(takeParentheses(cursor))) {
    readPart(part, parts, dialect);
    if (!isDone(part)) fail(part, 'a comma');
  }
  return parts;
}

function readPart(part: Cursor, parts: Parts, dialect: MysqlDialect): void {
  if (accept(part, 'PERIOD', 'FOR')) {
    takeObjectName(part);
    takeParentheses(part);
    return;
  }
  if (!isKeyNext(part)) {
    parts.columns.push(takeColumn(part, dialect));
    return;
  }
  const key = takeKey(part);
  if ('index' in key) parts.indexes.push(key.index);
  else parts.constraints.push(key.constraint);
}

type Tail = Partitioning & {
  partitioned?: true;
  from?: 'query';
  collation?: string;
  compressed?: true;
  compact?: true;
  readsAll?: string;
};

/** Options, partitions and a query may follow the columns; of the options those count that later changes of the table depend on. */
function readTail(cursor: Cursor): Tail {
  const tail: Tail = {};
  while (!isDone(cursor)) {
    const collation = tail.partitioned ? undefined : takeTableCollation(cursor);
    if (collation !== undefined) tail.collation = collation;
    else if (accept(cursor, 'PARTITION', 'BY')) Object.assign(tail, { partitioned: true }, takePartitioning(cursor));
    else if (acceptRowFormat(cursor, 'COMPRESSED')) tail.compressed = true;
    else if (acceptRowFormat(cursor, 'COMPACT|REDUNDANT')) tail.compact = true;
    else if (isQueryNext(cursor)) return { ...tail, ...takeQuery(cursor) };
    else if (isNext(cursor, '(')) takeParentheses(cursor);
    else take(cursor);
  }
  return tail;
}

function takeQuery(cursor: Cursor): Tail {
  accept(cursor, 'AS');
  const readsAll = isNext(cursor, 'SELECT') ? findWholeTable(cursor) : undefined;
  return { from: 'query', ...(readsAll === undefined ? {} : { readsAll }) };
}

function takeTableCollation(cursor: Cursor): string | undefined {
  if (isNext(cursor, 'DEFAULT', 'CHARACTER|CHARSET|COLLATE')) take(cursor);
  return isNext(cursor, 'CHARACTER|CHARSET|COLLATE') ? takeCollation(cursor) : undefined;
}

function acceptRowFormat(cursor: Cursor, formats: string): boolean {
  return accept(cursor, 'ROW_FORMAT', '=', formats) || accept(cursor, 'ROW_FORMAT', formats);
}

function isQueryNext(cursor: Cursor): boolean {
  if (isNext(cursor, 'WITH', 'SYSTEM')) return false;
  return isNext(cursor, 'AS|SELECT|WITH') || isNext(cursor, '(', 'SELECT|WITH|(');
}

/** Columns of a primary key are NOT NULL, said or not. */
function withKeysNotNull(parts: Parts): Parts {
  const keys = parts.constraints.flatMap((constraint) => (constraint.kind === 'primaryKey' ? constraint.columns : []));
  const names = new Set(keys.map((name) => name.toLowerCase()));
  const columns = parts.columns.map((column) =>
    names.has(column.name.toLowerCase()) ? { ...column, nullable: false } : column,
  );
  return { ...parts, columns };
}
