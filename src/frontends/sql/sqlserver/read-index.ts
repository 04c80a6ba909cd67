/** Indexes of SQL Server. */
import type { Index } from '../../../operations/column.ts';
import type { Located } from '../../../operations/operation.ts';
import {
  accept,
  expect,
  isDone,
  isNext,
  splitAtCommas,
  take,
  takeName,
  takeParentheses,
  takeUntil,
  type Cursor,
} from '../cursor.ts';
import { joinName, takeObjectName, takeParts } from './names.ts';
import { readExpression } from './read-expression.ts';
import type { Step } from './step.ts';

/** True when CREATE goes on with an index. */
export function isIndexNext(cursor: Cursor): boolean {
  const rest = { ...cursor };
  while (accept(rest, kinds));
  return isNext(rest, 'INDEX');
}

/** CREATE … INDEX, after CREATE. */
export function readCreateIndex(cursor: Cursor): Step[] {
  const { unique, method } = takeKind(cursor);
  const name = isNext(cursor, 'ON') ? {} : { name: takeName(cursor) };
  expect(cursor, 'ON');
  const table = takeObjectName(cursor);
  const index: Index = { ...name, columns: takeColumns(cursor), ...takeIncluded(cursor), unique, ...method };
  takeUntil(cursor, 'WHERE|WITH');
  if (accept(cursor, 'WHERE')) index.where = readExpression(takeUntil(cursor, 'WITH|ON'));
  const replaces = isReplacing({ ...cursor }) ? { replaces: true as const } : {};
  return [{ kind: 'createIndex', table, index, ...replaces, ...takeOnline(cursor) }];
}

function isReplacing(cursor: Cursor): boolean {
  for (; !isDone(cursor); take(cursor)) if (isNext(cursor, 'DROP_EXISTING', '=', 'ON')) return true;
  return false;
}

/** INDEX among the columns of a table, after INDEX. */
export function readInlineIndex(cursor: Cursor): Index {
  const name = takeName(cursor);
  const { unique, method } = takeKind(cursor);
  const index: Index = { name, columns: takeColumns(cursor), ...takeIncluded(cursor), unique, ...method };
  takeUntil(cursor, 'WHERE');
  if (accept(cursor, 'WHERE')) index.where = readExpression(takeUntil(cursor, 'WITH|ON'));
  return index;
}

/** ALTER INDEX, after INDEX. */
export function readAlterIndex(cursor: Cursor): Step[] {
  const name = accept(cursor, 'ALL') ? undefined : takeName(cursor);
  expect(cursor, 'ON');
  const table = takeObjectName(cursor);
  const named = name === undefined ? {} : { name };
  if (accept(cursor, 'REBUILD')) return [{ kind: 'rebuildIndex', table, ...named, ...takeOnline(cursor) }];
  const change = takeName(cursor).toUpperCase();
  return [{ kind: 'alterObject', object: 'index', name: name ?? 'all', table, change }];
}

/** DROP INDEX, after INDEX: `name ON table`, or the older `table.name`. */
export function readDropIndex(cursor: Cursor): Step[] {
  const ifExists = accept(cursor, 'IF', 'EXISTS') ? { ifExists: true as const } : {};
  return splitAtCommas(cursor).map((part): Step => {
    const parts = takeParts(part);
    const name = parts.pop() ?? '';
    if (accept(part, 'ON'))
      return { kind: 'dropIndex', table: takeObjectName(part), name, ...ifExists, ...takeOnline(part) };
    return { kind: 'dropIndex', ...(parts.length > 0 ? { table: joinName(parts) } : {}), name, ...ifExists };
  });
}

/** Moves to the end and tells ONLINE = ON or OFF from the options in WITH (…). */
export function takeOnline(cursor: Cursor): Pick<Located, 'online'> {
  for (; !isDone(cursor); take(cursor)) {
    if (isNext(cursor, 'ONLINE', '=', 'ON')) return { online: { online: true } };
    if (isNext(cursor, 'ONLINE', '=', 'OFF')) return { online: { online: false } };
  }
  return {};
}

const kinds = 'UNIQUE|CLUSTERED|NONCLUSTERED|COLUMNSTORE|PRIMARY|XML|SPATIAL|FULLTEXT|JSON|VECTOR|HASH';

/** Nonclustered is what an index is unless it is said otherwise, so it is not named. */
function takeKind(cursor: Cursor): { unique: boolean; method: { method?: string } } {
  const words: string[] = [];
  while (isNext(cursor, kinds)) words.push(takeName(cursor).toLowerCase());
  accept(cursor, 'INDEX');
  const method = words.filter((word) => !/^(unique|nonclustered|primary)$/.test(word)).join(' ');
  return { unique: words.includes('unique'), method: method ? { method } : {} };
}

function takeColumns(cursor: Cursor): string[] {
  return isNext(cursor, '(') ? splitAtCommas(takeParentheses(cursor)).map(takeName) : [];
}

function takeIncluded(cursor: Cursor): { includes?: string[] } {
  return accept(cursor, 'INCLUDE') ? { includes: takeColumns(cursor) } : {};
}
