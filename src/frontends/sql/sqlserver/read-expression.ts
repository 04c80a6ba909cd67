/** Expressions of SQL Server as far as rules need them: which functions they call and which columns they name. */
import type { Expression } from '../../../operations/column.ts';
import { accept, isDone, isName, isNext, peek, take, textOf, type Cursor } from '../cursor.ts';
import type { Token } from '../tokens.ts';
import { takeParts } from './names.ts';

/** Reads what is left of the cursor as one expression; parentheses around the whole of it are left out. A subquery makes it unknown. */
export function readExpression(whole: Cursor): Expression {
  const cursor = withoutParentheses(whole);
  const sql = textOf(cursor);
  const functions = new Set<string>();
  const columns = new Set<string>();
  const rest = { ...cursor };
  while (!isDone(rest)) {
    if (isNext(rest, 'SELECT')) return { sql, functions: [...functions], columns: [...columns], known: false };
    readTerm(rest, functions, columns);
  }
  return { sql, functions: [...functions], columns: [...columns], known: true };
}

/** True for a condition that picks every row: two equal literals compared. */
export function isConstantlyTrue(condition: Cursor): boolean {
  const cursor = withoutParentheses(condition);
  const [left, equals, right] = [peek(cursor), peek(cursor, 1), peek(cursor, 2)];
  if (!left || cursor.end - cursor.at !== 3 || equals?.text !== '=') return false;
  return (left.kind === 'number' || left.kind === 'string') && left.text === right?.text;
}

/** Moves into the parentheses that stand around the whole cursor, however many, in one pass. */
function withoutParentheses(cursor: Cursor): Cursor {
  const opening = countWhile(cursor, cursor.at, 1, '(');
  const closing = countWhile(cursor, cursor.end - 1, -1, ')');
  let depth = opening;
  let lowest = opening;
  for (let at = cursor.at + opening; at < cursor.end - closing; at++) {
    depth += depthChange(cursor.tokens[at]);
    lowest = Math.min(lowest, depth);
  }
  const layers = Math.min(lowest, closing);
  return { ...cursor, at: cursor.at + layers, end: cursor.end - layers };
}

function countWhile(cursor: Cursor, from: number, step: number, symbol: string): number {
  let at = from;
  while (at >= cursor.at && at < cursor.end && isSymbol(cursor.tokens[at], symbol)) at += step;
  return Math.abs(at - from);
}

function depthChange(token: Token | undefined): number {
  if (isSymbol(token, '(')) return 1;
  return isSymbol(token, ')') ? -1 : 0;
}

function isSymbol(token: Token | undefined, symbol: string): boolean {
  return token?.kind === 'symbol' && token.text === symbol;
}

function readTerm(cursor: Cursor, functions: Set<string>, columns: Set<string>): void {
  const at = cursor.at;
  const token = peek(cursor);
  if (accept(cursor, 'NEXT', 'VALUE', 'FOR')) {
    functions.add('next value for');
    takeParts(cursor);
    return;
  }
  if (accept(cursor, 'COLLATE') || !token || !isName(token)) {
    take(cursor);
    return;
  }
  if (token.kind === 'word' && (keywords.has(token.upper) || keywordCalls.has(token.upper))) {
    if (keywordCalls.has(token.upper)) functions.add(token.upper.toLowerCase());
    take(cursor);
    return;
  }
  const parts = takeParts(cursor);
  if (isTypeOrPart(cursor.tokens[at - 1], cursor.tokens[at - 2])) return;
  if (isNext(cursor, '(')) functions.add(parts.join('.').toLowerCase());
  else columns.add(parts.at(-1) ?? '');
}

/** CAST(x AS int) and CONVERT(int, x) name a type, and DATEADD(day, 1, x) a part of a date, where a column could stand. */
function isTypeOrPart(before: Token | undefined, call: Token | undefined): boolean {
  if (before?.upper === 'AS') return true;
  return (
    before?.text === '(' && /^((TRY_)?CONVERT|DATE(ADD|DIFF|DIFF_BIG|PART|NAME|TRUNC|_BUCKET))$/.test(call?.upper ?? '')
  );
}

const keywordCalls = new Set([
  'CURRENT_TIMESTAMP',
  'CURRENT_DATE',
  'CURRENT_USER',
  'SESSION_USER',
  'SYSTEM_USER',
  'USER',
]);
const keywords = new Set(
  'AND OR NOT IN EXISTS LIKE BETWEEN CASE WHEN THEN ELSE END AS IS NULL ANY ALL SOME ESCAPE OVER PARTITION ORDER BY AT TIME ZONE ASC DESC DISTINCT FROM'.split(
    ' ',
  ),
);
