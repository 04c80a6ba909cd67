/** A place in the tokens of one statement, for readers that walk a statement word by word. It moves only forward. */
import type { Token } from './tokens.ts';

/** `at` is the next token, `end` the first one that is out of bounds; `text` is the whole file, so that offsets hold. */
export type Cursor = { text: string; tokens: readonly Token[]; at: number; end: number };

/** Offsets of the whole text: the end is not part of it. */
export type Stretch = { start: number; end: number };

/** A cursor at the first of some tokens. */
export function createCursor(text: string, tokens: readonly Token[]): Cursor {
  return { text, tokens, at: 0, end: tokens.length };
}

/** The token that comes next, or the one `ahead` of it, without moving. */
export function peek(cursor: Cursor, ahead = 0): Token | undefined {
  const at = cursor.at + ahead;
  return at < cursor.end ? cursor.tokens[at] : undefined;
}

/** True when nothing is left. */
export function isDone(cursor: Cursor): boolean {
  return cursor.at >= cursor.end;
}

/** Moves past the next token, whatever it is. */
export function take(cursor: Cursor): Token | undefined {
  const token = peek(cursor);
  if (token) cursor.at++;
  return token;
}

/** True when these keywords or symbols come next, in this order; each may be one of several, as in `'DATABASE|SCHEMA'`. */
export function isNext(cursor: Cursor, ...sequence: string[]): boolean {
  return sequence.every((expected, ahead) => isOneOf(peek(cursor, ahead), expected));
}

/** Moves past these keywords or symbols when they come next in this order, else stays. */
export function accept(cursor: Cursor, ...sequence: string[]): boolean {
  if (!isNext(cursor, ...sequence)) return false;
  cursor.at += sequence.length;
  return true;
}

/** Moves past these keywords or symbols; fails when they do not come next. */
export function expect(cursor: Cursor, ...sequence: string[]): void {
  if (!accept(cursor, ...sequence)) fail(cursor, sequence.join(' ').replaceAll('|', ' or '));
}

/** Gives up on the statement: its reader turns the message into the reason of an opaque operation. */
export function fail(cursor: Cursor, expected: string): never {
  throw new SyntaxError(`${describe(peek(cursor))} stands where ${expected} is expected`);
}

/** The reason that a failed reader gives for an opaque operation; anything but `fail` is a mistake of our own. */
export function reasonOf(error: unknown): string {
  return error instanceof SyntaxError ? error.message : 'the reader does not cope with this statement';
}

/** True for a name, quoted or bare. MySQL allows bare ones that begin with digits, as in `2fa`. */
export function isName(token: Token | undefined): boolean {
  if (token?.kind === 'number') return /^\d+[A-Za-z_]\w*$/.test(token.text) && Number.isNaN(Number(token.text));
  return token?.kind === 'word' || token?.kind === 'name';
}

/** Moves past one name without its quotes. */
export function takeName(cursor: Cursor): string {
  const token = peek(cursor);
  if (!token || !isName(token)) fail(cursor, 'a name');
  cursor.at++;
  return token.text;
}

/** Moves past a name that may be qualified: `schema.table` gives both parts. */
export function takeNameParts(cursor: Cursor): string[] {
  const parts = [takeName(cursor)];
  while (isNext(cursor, '.') && isName(peek(cursor, 1))) {
    cursor.at++;
    parts.push(takeName(cursor));
  }
  return parts;
}

/** Moves past a list of names in parentheses. */
export function takeNameList(cursor: Cursor): string[] {
  return splitAtCommas(takeParentheses(cursor)).map(takeName);
}

/** Moves past balanced parentheses and gives a cursor over what stands in them; fails where none open or they never close. */
export function takeParentheses(cursor: Cursor): Cursor {
  if (!isNext(cursor, '(')) fail(cursor, 'an opening parenthesis');
  const close = closingParenthesis(cursor);
  if (close === undefined) throw new SyntaxError('a parenthesis is never closed');
  const inside: Cursor = { ...cursor, at: cursor.at + 1, end: close };
  cursor.at = close + 1;
  return inside;
}

/** Moves to the next of these symbols or keywords outside parentheses, or to the end, and gives a cursor over what was passed. */
export function takeUntil(cursor: Cursor, ...stops: string[]): Cursor {
  const from = cursor.at;
  let depth = 0;
  for (; cursor.at < cursor.end; cursor.at++) {
    const token = cursor.tokens[cursor.at];
    if (depth === 0 && stops.some((stop) => isOneOf(token, stop))) break;
    depth += depthChange(token);
  }
  return { ...cursor, at: from, end: cursor.at };
}

/** The parts between commas outside parentheses; none for an empty cursor. */
export function splitAtCommas(cursor: Cursor): Cursor[] {
  const rest = { ...cursor };
  const parts: Cursor[] = [];
  while (!isDone(rest)) {
    parts.push(takeUntil(rest, ','));
    take(rest);
  }
  return parts;
}

/** The text from the first to the last token that is left, as written. */
export function textOf(cursor: Cursor): string {
  const { start, end } = stretchOf(cursor);
  return cursor.text.slice(start, end);
}

/** The offsets from the first to the last token that is left. */
export function stretchOf(cursor: Cursor): Stretch {
  const start = cursor.tokens[cursor.at]?.start ?? 0;
  return { start, end: cursor.at < cursor.end ? (cursor.tokens[cursor.end - 1]?.end ?? start) : start };
}

function isOneOf(token: Token | undefined, expected: string): boolean {
  if (!token || (token.kind !== 'word' && token.kind !== 'symbol')) return false;
  return token.upper === expected || (expected.length > 2 && expected.split('|').includes(token.upper));
}

function closingParenthesis(cursor: Cursor): number | undefined {
  let depth = 0;
  for (let at = cursor.at; at < cursor.end; at++) {
    depth += depthChange(cursor.tokens[at]);
    if (depth === 0) return at;
  }
  return undefined;
}

function depthChange(token: Token | undefined): number {
  if (token?.kind !== 'symbol') return 0;
  if (token.text === '(') return 1;
  return token.text === ')' ? -1 : 0;
}

function describe(token: Token | undefined): string {
  if (!token) return 'the end of the statement';
  return `“${token.text.length > 40 ? `${token.text.slice(0, 40)}…` : token.text}”`;
}
