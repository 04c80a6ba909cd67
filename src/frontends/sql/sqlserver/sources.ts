/** The tables that a statement of SQL Server takes its rows from. */
import {
  accept,
  isDone,
  isName,
  isNext,
  peek,
  take,
  takeName,
  takeParentheses,
  takeUntil,
  type Cursor,
} from '../cursor.ts';
import { takeAlias, takeObjectName } from './names.ts';
import { isConstantlyTrue } from './read-expression.ts';

/** A table and what it is called in the statement. */
export type Source = { table: string; alias?: string };

/** Moves past what stands after FROM. `picks` is true when a join leaves out rows of the others. */
export function takeSources(cursor: Cursor): { sources: Source[]; picks: boolean } {
  const clause = takeUntil(cursor, 'WHERE|OPTION|GROUP|ORDER');
  const sources: Source[] = [];
  let picks = false;
  let isTable = true;
  while (!isDone(clause)) {
    if (isTable && isName(peek(clause))) sources.push(takeSource(clause));
    else if (isNext(clause, '(')) takeParentheses(clause);
    if (isNext(clause, 'JOIN') && isInner(clause)) picks = true;
    isTable = isNext(clause, ',|JOIN|APPLY') || isNext(clause, ',');
    take(clause);
  }
  return { sources, picks };
}

/** What a common table of this name reads from, and how many of its rows. */
export function findCommonTable(
  whole: Cursor,
  name: string,
): { table?: string; filtered: boolean; limited: boolean } | undefined {
  const cursor = { ...whole };
  if (!accept(cursor, 'WITH')) return undefined;
  do {
    const isWanted = takeName(cursor).toLowerCase() === name.toLowerCase();
    if (isNext(cursor, '(')) takeParentheses(cursor);
    if (!accept(cursor, 'AS')) return undefined;
    const query = takeParentheses(cursor);
    if (isWanted) return readQuery(query);
  } while (accept(cursor, ','));
  return undefined;
}

function readQuery(query: Cursor): { table?: string; filtered: boolean; limited: boolean } {
  const limited = accept(query, 'SELECT', 'TOP');
  takeUntil(query, 'FROM');
  const { sources, picks } = accept(query, 'FROM') ? takeSources(query) : { sources: [], picks: false };
  const hasFilter = accept(query, 'WHERE') && !isConstantlyTrue(takeUntil(query, 'GROUP|ORDER|OPTION'));
  const [first] = sources;
  return { ...(first ? { table: first.table } : {}), filtered: picks || hasFilter, limited };
}

function takeSource(cursor: Cursor): Source {
  const table = takeObjectName(cursor);
  if (isNext(cursor, '(')) takeParentheses(cursor);
  const alias = takeAlias(cursor) ?? table;
  return { table, alias };
}

/** An outer join or a cross join keeps every row. */
function isInner(cursor: Cursor): boolean {
  const before = cursor.tokens.slice(Math.max(0, cursor.at - 3), cursor.at);
  return !before.some((token) => /^(LEFT|RIGHT|FULL|CROSS)$/.test(token.upper));
}
