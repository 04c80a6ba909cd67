/** The server's own parser, and the guards around it. */
import { loadModule, parsePlPgSQLSync, parseSync, SqlError, type Node } from 'libpg-query';
import type { Token } from '../tokens.ts';
import { bracketStep, isSymbol, type Place } from './statement.ts';

await loadModule();

/** What parsing gives: the statements with a way from the tree's locations to offsets, or what the server says and where. */
export type Parsed =
  | { kind: 'parsed'; nodes: Node[]; offsetOf: (location: number | undefined) => number }
  | { kind: 'failed'; reason: string; place?: Place };

/** Longer statements are not parsed: a megabyte of SQL takes some 200 MB while it is. */
const longestStatement = 1_000_000;

/**
 * Chains of operators, casts, joins and brackets deeper than this are not parsed. The parser's own stack holds about four times as much;
 * each time it overflows, the module loses some of that stack for good, and after some hundred times it is dead.
 */
const deepestChain = 2000;

/** Parses one statement, whose text and tokens stand at `start` of the whole. Never throws. */
export function parse(text: string, start: number, tokens: Token[]): Parsed {
  const problem = refusal(text, tokens);
  if (problem) return { kind: 'failed', reason: problem };
  const sql = text.toWellFormed();
  try {
    return { kind: 'parsed', nodes: nodesOf(sql), offsetOf: offsets(sql, start) };
  } catch (error) {
    return failure(error, sql, start, tokens);
  }
}

/** A migration is read again with each correction that is tried in it, where all but one of its statements are as they were. */
const latest = new Map<string, Node[]>();
const mostKept = 200;
const longestKept = 5000;

function nodesOf(sql: string): Node[] {
  const known = latest.get(sql);
  if (known) return known;
  const nodes = (parseSync(sql).stmts ?? []).flatMap(({ stmt }) => stmt ?? []);
  if (sql.length > longestKept) return nodes;
  const [oldest] = latest.keys();
  if (oldest !== undefined && latest.size >= mostKept) latest.delete(oldest);
  latest.set(sql, nodes);
  return nodes;
}

/** Why a statement is not given to the parser, or undefined when it may be. */
function refusal(sql: string, tokens: Token[]): string | undefined {
  if (sql.length > longestStatement) return 'the statement is longer than a million characters';
  if (sql.includes('\0')) return 'it holds a NUL character, which PostgreSQL does not take';
  return chainDepth(tokens) > deepestChain ? 'it is nested too deeply' : undefined;
}

/** Tokens since an item of a list began, set operations and joins since the bracket opened, and the depth around it. */
type Level = { run: number; joined: number; outer: number; isCase: boolean; between: boolean };

/**
 * An upper bound for the depth of the tree: the tokens of one item of a list count, and so do those of the items around it.
 * AND and OR make flat lists, but for the AND of BETWEEN.
 */
function chainDepth(tokens: Token[]): number {
  if (tokens.length <= deepestChain) return 0;
  const around: Level[] = [];
  let level: Level = { run: 0, joined: 0, outer: 0, isCase: false, between: false };
  let deepest = 0;
  for (const token of tokens) {
    const word = token.kind === 'word' ? token.upper : '';
    if (bracketStep(token) > 0 || word === 'CASE') {
      around.push(level);
      const outer = level.outer + level.run + level.joined + 1;
      level = { run: 0, joined: 0, outer, isCase: word === 'CASE', between: false };
    } else if (bracketStep(token) < 0 || (word === 'END' && level.isCase)) {
      level = around.pop() ?? level;
      level.run++;
    } else if (isSymbol(token, ',') || beginsItem(word, level)) level.run = 0;
    else if (/^(UNION|EXCEPT|INTERSECT|JOIN)$/.test(word)) level.joined++;
    else level.run++;
    level.between = word === 'BETWEEN' || (level.between && word !== 'AND');
    deepest = Math.max(deepest, level.outer + level.run + level.joined);
  }
  return deepest;
}

function beginsItem(word: string, level: Level): boolean {
  if (word === 'WHEN' || word === 'THEN' || word === 'ELSE') return level.isCase;
  return word === 'OR' || (word === 'AND' && !level.between);
}

/** Locations in the tree count bytes of UTF-8. */
function offsets(sql: string, start: number): (location: number | undefined) => number {
  let table: Uint32Array | undefined;
  let ascii: boolean | undefined;
  return (location = 0) => {
    ascii ??= Buffer.byteLength(sql) === sql.length;
    if (ascii) return start + location;
    table ??= byteTable(sql);
    return start + (table[location] ?? sql.length);
  };
}

/** The UTF-16 offset of each byte. */
function byteTable(sql: string): Uint32Array {
  const table = new Uint32Array(Buffer.byteLength(sql) + 1);
  let byte = 0;
  for (let offset = 0; offset < sql.length;) {
    const character = sql.codePointAt(offset) ?? 0;
    const bytes = character < 0x80 ? 1 : character < 0x800 ? 2 : character < 0x10000 ? 3 : 4;
    table.fill(offset, byte, byte + bytes);
    byte += bytes;
    offset += character > 0xffff ? 2 : 1;
  }
  table[byte] = sql.length;
  return table;
}

function failure(error: unknown, sql: string, start: number, tokens: Token[]): Parsed {
  if (!(error instanceof SqlError)) return { kind: 'failed', reason: 'it is nested too deeply' };
  const reason = `PostgreSQL's parser says: ${error.message.replace(/\s+/g, ' ').slice(0, 200)}`;
  const offset = start + offsetOfCharacter(sql, error.sqlDetails?.cursorPosition ?? 0);
  const token = tokens.find((each) => each.end > offset) ?? tokens.at(-1);
  return token ? { kind: 'failed', reason, place: { start: token.start, end: token.end } } : { kind: 'failed', reason };
}

/** Positions of errors count characters, not bytes or UTF-16 units. */
function offsetOfCharacter(sql: string, character: number): number {
  let offset = 0;
  for (let count = 0; count < character && offset < sql.length; count++)
    offset += (sql.codePointAt(offset) ?? 0) > 0xffff ? 2 : 1;
  return offset;
}

/** Parses a DO block's PL/pgSQL; gives the parser's JSON, or undefined and what the server says. */
export function parseCodeBlock(sql: string): { kind: 'parsed'; block: unknown } | { kind: 'failed'; reason: string } {
  try {
    const block: unknown = parsePlPgSQLSync(sql.toWellFormed());
    return { kind: 'parsed', block };
  } catch (error) {
    const message =
      error instanceof Error && !(error instanceof RangeError) ? error.message : 'it is nested too deeply';
    return {
      kind: 'failed',
      reason: `its PL/pgSQL could not be parsed: ${message.replace(/\s+/g, ' ').slice(0, 200)}`,
    };
  }
}
