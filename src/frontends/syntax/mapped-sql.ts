/** SQL that a program puts together: read as one text, and every place told in the file that it comes from. */
import type { Database } from '../../operations/migration.ts';
import type { Span } from '../../operations/operation.ts';
import { readSql, type SqlReading } from '../sql/read-sql.ts';
import { withoutAssigned } from '../sql/said-again.ts';
import { createLocator } from '../sql/text.ts';
import type { Piece } from './script-value.ts';

type Locate = (start: number, end: number) => Span;

/** Reads the pieces as one SQL text. A statement that cannot be read because the program computes a part of it says so. */
export function readMappedSql(
  file: { path: string; text: string },
  pieces: readonly Piece[],
  database: Database,
  locate: Locate,
): SqlReading {
  const [only, ...others] = pieces;
  if (!only) return { operations: [], comments: [], statements: 0 };
  if (others.length === 0 && only.exact && file.text.startsWith(only.text, only.start))
    return readSql({ ...file, start: only.start, end: only.end }, database);
  const text = pieces.map((piece) => piece.text).join('');
  const reading = readSql({ path: file.path, text, start: 0, end: text.length }, database);
  const toFile = createMap(pieces, text, locate);
  const isGuessed = pieces.some((piece) => piece.isGuess);
  const isComputed = pieces.some((piece) => piece.hole);
  return {
    statements: reading.statements,
    comments: reading.comments.map((comment) => ({ ...comment, span: toFile(comment.span) })),
    operations: reading.operations.map((read) => {
      const operation = isGuessed ? withoutAssigned(read) : read;
      const span = toFile(operation.span);
      if (operation.kind !== 'opaque' || !isComputed || database === 'unknown') return { ...operation, span };
      return { ...operation, span, reason: 'a part of its SQL is put together when it runs' };
    }),
  };
}

function createMap(pieces: readonly Piece[], text: string, locate: Locate): (span: Span) => Span {
  const starts: number[] = [];
  let length = 0;
  for (const piece of pieces) {
    starts.push(length);
    length += piece.text.length;
  }
  const lines = lineStarts(text);
  return ({ startLine, startColumn, endLine, endColumn }) => {
    const start = sourceOf((lines[startLine - 1] ?? 0) + startColumn - 1, 'start');
    const end = sourceOf((lines[endLine - 1] ?? 0) + endColumn - 1, 'end');
    return locate(start, Math.max(start + 1, end));
  };

  function sourceOf(offset: number, edge: 'start' | 'end'): number {
    let index = starts.findLastIndex((start) => start <= offset);
    while (index > 0 && pieces[index]?.text === '') index--;
    const piece = pieces[index];
    if (!piece) return 0;
    if (!piece.exact) return edge === 'start' ? piece.start : piece.end;
    const within = piece.start + offset - (starts[index] ?? 0);
    return edge === 'start' ? within : within + 1;
  }
}

/** As `createLocator` counts them; a span in the text points to where the SQL readers see it. */
function lineStarts(text: string): number[] {
  const starts = [0];
  for (let index = 0; index < text.length; index++) {
    const unit = text.charCodeAt(index);
    if (unit === 10 || (unit === 13 && text.charCodeAt(index + 1) !== 10)) starts.push(index + 1);
  }
  return starts;
}

/** The places of one file; made once, because SQL that is read in between would evict the one kept by `createLocator`. */
export function locatorOf(file: { path: string; text: string }): Locate {
  return createLocator(file.path, file.text);
}
