/** PostgreSQL: reads SQL with the server's own grammar. */
import type { Comment } from '../../../operations/migration.ts';
import type { Operation } from '../../../operations/operation.ts';
import type { SqlReader } from '../read-sql.ts';
import { split, type Piece } from '../split.ts';
import { createLocator, type SqlText } from '../text.ts';
import { tokenize, type Token } from '../tokens.ts';
import { readClientLine } from './client-line.ts';
import { withGivenValues } from './given-values.ts';
import { asBlock, bodyInSql, insideQuotes, withCalled, type OwnRoutines } from './own-routines.ts';
import { parse, type Parsed } from './parse.ts';
import { maskVariables, withoutFurtherRows } from './rewrite.ts';
import type { Effect, Place } from './statement.ts';
import { readStatement } from './read-statement.ts';

/** Reads SQL as PostgreSQL and psql take it. */
export const readPostgres: SqlReader = (source, routines = new Map()) => {
  const locate = createLocator(source.path, source.text);
  const { pieces, comments } = split(source, 'postgres');
  const operations: Operation[] = [];
  let statements = 0;
  let branches = 0;
  for (const piece of pieces) {
    if (piece.kind === 'statement' || isOwnStatement(source.text, piece)) statements++;
    branches = Math.max(0, branches + branchStep(source.text, piece));
    const effects = withCalled(readPiece(source.text, piece), routines);
    if (piece.kind === 'statement') rememberRoutine(source.text, piece.tokens, effects, routines);
    for (const { place, ...effect } of effects) {
      const { start, end } = place ?? piece;
      const conditional: { conditional?: true } = branches > 0 ? { conditional: true } : {};
      operations.push({ ...effect, ...conditional, span: locate(start, end), statement: Math.max(1, statements) });
    }
  }
  const open = comments.at(-1);
  if (open && isUnfinished(open.text)) {
    statements++;
    operations.push({ kind: 'opaque', reason: unfinished, span: open.span, statement: statements });
  }
  const inside = pieces.flatMap((piece) => commentsInBlock(source, piece));
  return {
    operations: withGivenValues(operations),
    comments: [...comments, ...inside].toSorted(byLine),
    statements,
    routines,
  };
};

/** Comments in the body of a DO stand in a string, and are meant as those around it. */
function commentsInBlock({ path, text }: SqlText, { tokens }: Piece): Comment[] {
  const body = tokens[0]?.upper === 'DO' ? tokens.find(({ kind }) => kind === 'string') : undefined;
  const inside = body && insideQuotes(body);
  return inside ? split({ path, text, ...inside }, 'postgres').comments : [];
}

function byLine(one: Comment, other: Comment): number {
  return one.span.startLine - other.span.startLine || one.span.startColumn - other.span.startColumn;
}

const unfinished = 'a comment begins and never ends, so that PostgreSQL refuses what stands in it';

/** Block comments nest. */
function isUnfinished(comment: string): boolean {
  if (!comment.startsWith('/*')) return false;
  let depth = 0;
  for (const [mark] of comment.matchAll(/\/\*|\*\//g)) depth += mark === '/*' ? 1 : -1;
  return depth > 0;
}

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
    : readText(text, piece, piece.tokens, 0);
}

/** Of functions of one name the last counts. */
function rememberRoutine(text: string, tokens: Token[], [effect]: readonly Effect[], routines: OwnRoutines): void {
  if (effect?.kind !== 'createObject' || (effect.object !== 'function' && effect.object !== 'procedure')) return;
  const block = asBlock(text, tokens);
  const body = block ? undefined : bodyInSql(tokens);
  const name = effect.name.slice(effect.name.lastIndexOf('.') + 1);
  let read: Effect[] | undefined;
  if (block) routines.set(name, () => (read ??= readInside(block.text, block.place, 1)));
  else if (body) routines.set(name, () => (read ??= readInside(text, body, 1)));
  else routines.delete(name);
}

/** Blocks that run blocks are read this deep: each level is parsed again by all that are around it. */
const deepestBlock = 5;

/** Reads one statement. A reader that runs out of stack leaves it opaque. */
function readText(text: string, place: Place, tokens: Token[], depth: number): Effect[] {
  if (depth > deepestBlock) return [{ kind: 'opaque', reason: 'it is nested too deeply' }];
  const short = withoutFurtherRows(text, place, tokens);
  const parsed = parseWithVariables(short.text.slice(place.start, short.end), place.start, short.tokens);
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
    readInside: (inside: Place) => readInside(text, inside, depth + 1),
    readApart: (sql: string) =>
      readInside(sql, { start: 0, end: sql.length }, depth + 1).map(({ place: _place, ...effect }) => effect),
  };
  try {
    return parsed.nodes.flatMap((node) => readStatement(node, statement));
  } catch (error) {
    if (error instanceof RangeError) return [{ kind: 'opaque', reason: 'it is nested too deeply' }];
    throw error;
  }
}

/** SQL inside a statement has places of its own. */
function readInside(text: string, inside: Place, depth: number): Effect[] {
  const tokens = tokenize({ path: '', text, ...inside }, 'postgres');
  const end = tokens.at(-1)?.end ?? inside.end;
  const place = { start: tokens[0]?.start ?? inside.start, end };
  return readText(text, place, tokens, depth).map((effect) => ({ place, ...effect }));
}

/** Variables of psql are no part of the grammar: a statement that fails is parsed once more with names and strings in their place. */
function parseWithVariables(sql: string, start: number, tokens: Token[]): Parsed {
  const parsed = parse(sql, start, tokens);
  if (parsed.kind === 'parsed') return parsed;
  const masked = maskVariables(sql, start, tokens);
  if (masked === undefined) return parsed;
  const again = parse(masked, start, tokens);
  if (again.kind === 'parsed') return again;
  return { ...parsed, reason: `a variable of psql stands in it. ${parsed.reason}` };
}
