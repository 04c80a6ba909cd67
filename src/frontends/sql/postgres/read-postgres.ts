/** PostgreSQL: reads SQL with the server's own grammar. */
import type { Operation } from '../../../operations/operation.ts';
import type { SqlReader } from '../read-sql.ts';
import { split, type Piece } from '../split.ts';
import { createLocator } from '../text.ts';
import { tokenize, type Token } from '../tokens.ts';
import { readClientLine } from './client-line.ts';
import { parse, type Parsed } from './parse.ts';
import { maskVariables, withoutFurtherRows } from './rewrite.ts';
import type { Effect, Place } from './statement.ts';
import { readStatement } from './read-statement.ts';

/** Reads SQL as PostgreSQL and psql take it. */
export const readPostgres: SqlReader = (source) => {
  const locate = createLocator(source.path, source.text);
  const { pieces, comments } = split(source, 'postgres');
  const operations: Operation[] = [];
  let statements = 0;
  let branches = 0;
  for (const piece of pieces) {
    if (piece.kind === 'statement' || isOwnStatement(source.text, piece)) statements++;
    branches = Math.max(0, branches + branchStep(source.text, piece));
    for (const { place, ...effect } of readPiece(source.text, piece)) {
      const { start, end } = place ?? piece;
      const conditional: { conditional?: true } = branches > 0 ? { conditional: true } : {};
      operations.push({ ...effect, ...conditional, span: locate(start, end), statement: Math.max(1, statements) });
    }
  }
  return { operations, comments, statements };
};

/** Lines for psql that send something to the server; the others belong to the statement before them. */
function isOwnStatement(text: string, piece: Piece): boolean {
  return /^\\(copy|i|ir|include|include_relative)\b/.test(text.slice(piece.start, piece.start + 20));
}

/** 1 where a branch of psql's `\if` begins, -1 where it ends. */
function branchStep(text: string, piece: Piece): number {
  if (piece.kind !== 'client') return 0;
  const command = text.slice(piece.start, piece.start + 7);
  if (/^\\if\b/.test(command)) return 1;
  return /^\\endif\b/.test(command) ? -1 : 0;
}

function readPiece(text: string, piece: Piece): Effect[] {
  return piece.kind === 'client'
    ? [readClientLine(text.slice(piece.start, piece.end))]
    : readText(text, piece, piece.tokens);
}

/** Reads one statement. A reader that runs out of stack leaves it opaque. */
function readText(text: string, place: Place, tokens: Token[]): Effect[] {
  const short = withoutFurtherRows(text, place, tokens);
  const parsed = parseWithVariables(short.text, { start: place.start, end: short.end }, short.tokens);
  if (parsed.kind === 'failed') {
    const opaque: Effect = { kind: 'opaque', reason: parsed.reason };
    return [parsed.place ? { ...opaque, place: parsed.place } : opaque];
  }
  const statement = {
    text: short.text,
    start: place.start,
    end: short.end,
    tokens: short.tokens,
    offsetOf: parsed.offsetOf,
    readInside: (inside: Place) => readInside(text, inside),
    readApart: (sql: string) =>
      readInside(sql, { start: 0, end: sql.length }).map(({ place: _place, ...effect }) => effect),
  };
  try {
    return parsed.nodes.flatMap((node) => readStatement(node, statement));
  } catch (error) {
    if (error instanceof RangeError) return [{ kind: 'opaque', reason: 'it is nested too deeply' }];
    throw error;
  }
}

/** SQL inside a statement has places of its own. */
function readInside(text: string, inside: Place): Effect[] {
  const tokens = tokenize({ path: '', text, ...inside }, 'postgres');
  const end = tokens.at(-1)?.end ?? inside.end;
  const place = { start: tokens[0]?.start ?? inside.start, end };
  return readText(text, place, tokens).map((effect) => ({ place, ...effect }));
}

/** Variables of psql are no part of the grammar: a statement that fails is parsed once more with names and strings in their place. */
function parseWithVariables(text: string, place: Place, tokens: Token[]): Parsed {
  const parsed = parse(text, place, tokens);
  if (parsed.kind === 'parsed') return parsed;
  const masked = maskVariables(text, place, tokens);
  if (masked === undefined) return parsed;
  const again = parse(masked, place, tokens);
  if (again.kind === 'parsed') return again;
  return { ...parsed, reason: `a variable of psql stands in it. ${parsed.reason}` };
}
