/** One statement of PostgreSQL on its way from text to operations. */
import type { Node } from 'libpg-query';
import type { Operation } from '../../../operations/operation.ts';
import type { Token } from '../tokens.ts';

/** A stretch of the text, in UTF-16 offsets. */
export type Place = { start: number; end: number };

type Unlocated<Kind> = Kind extends Operation ? Omit<Kind, 'span' | 'statement'> : never;

/** An operation before it has its span and number. It stands at `place`, or where its statement stands. */
export type Effect = Unlocated<Operation> & { place?: Place };

/** A statement that was parsed, with its source. */
export type Statement = Place & {
  /** The text that offsets count in. */
  text: string;
  tokens: Token[];
  /** Turns a location of the syntax tree into an offset. */
  offsetOf: (location: number | undefined) => number;
  /** Reads SQL that this statement runs: a stretch of the same text. */
  readInside: (place: Place) => Effect[];
  /** Reads SQL that this statement runs and that does not stand in the text as it is; its effects have no places. */
  readApart: (sql: string) => Effect[];
};

/** The kinds of nodes in the grammar. */
type NodeKind = Node extends infer Each ? (Each extends unknown ? keyof Each : never) : never;

/** The body of a node of one kind. */
type NodeBody<Kind extends NodeKind> =
  Extract<Node, Record<Kind, unknown>> extends Record<Kind, infer Body> ? Body : never;

/** Readers of statements by the kind of their node. */
export type StatementReaders = {
  [Kind in NodeKind]?: (body: NodeBody<Kind>, statement: Statement) => Effect[];
};

/** The source of a stretch. */
export function sourceOf(statement: Statement, place: Place): string {
  return statement.text.slice(place.start, place.end);
}

/** Index of the token that stands at a location of the syntax tree, or the number of tokens. */
export function tokenIndexAt(statement: Statement, location: number | undefined): number {
  return tokenIndexFrom(statement.tokens, statement.offsetOf(location));
}

/** Index of the first token that starts at or after an offset, or the number of tokens. */
export function tokenIndexFrom(tokens: Token[], offset: number): number {
  let low = 0;
  let high = tokens.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((tokens[middle]?.start ?? 0) < offset) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** Index of the next token outside brackets, from `from` on, that fits; undefined where none does before the bracket around it closes. */
export function findOutsideBrackets(
  tokens: Token[],
  from: number,
  fits: (token: Token) => boolean,
): number | undefined {
  let depth = 0;
  for (let index = from; index < tokens.length; index++) {
    const token = tokens[index];
    if (!token) return undefined;
    if (depth === 0 && fits(token)) return index;
    depth += bracketStep(token);
    if (depth < 0) return undefined;
  }
  return undefined;
}

/** The place between a bracket and its close, given the index of the opening one; undefined where none opens there. */
export function insideBrackets(tokens: Token[], open: number): Place | undefined {
  const first = tokens[open];
  if (!first || bracketStep(first) !== 1) return undefined;
  const close = closeOf(tokens, open);
  const last = tokens[close];
  return last && { start: first.end, end: last.start };
}

/** Index of the token that closes the bracket that opens at `open`, or the number of tokens. */
export function closeOf(tokens: Token[], open: number): number {
  let depth = 0;
  for (let index = open; index < tokens.length; index++) {
    const token = tokens[index];
    if (!token) break;
    depth += bracketStep(token);
    if (depth === 0) return index;
  }
  return tokens.length;
}

/** The tokens from one index to the comma or closing bracket that ends their item, as a place. */
export function itemPlace(tokens: Token[], from: number): Place | undefined {
  const first = tokens[from];
  if (!first) return undefined;
  let depth = 0;
  let end = first.end;
  for (let index = from; index < tokens.length; index++) {
    const token = tokens[index];
    if (!token || (depth === 0 && (isSymbol(token, ',') || bracketStep(token) < 0))) break;
    depth += bracketStep(token);
    end = token.end;
  }
  return { start: first.start, end };
}

/** True for a symbol of that text. */
export function isSymbol(token: Token | undefined, text: string): boolean {
  return token?.kind === 'symbol' && token.text === text;
}

/** True for an unquoted word, given in upper case. */
export function isWord(token: Token | undefined, upper: string): boolean {
  return token?.kind === 'word' && token.upper === upper;
}

/** 1 for an opening bracket, -1 for a closing one, else 0. */
export function bracketStep(token: Token): number {
  if (token.kind !== 'symbol') return 0;
  if (token.text === '(' || token.text === '[') return 1;
  return token.text === ')' || token.text === ']' ? -1 : 0;
}
