/** SQL that a program puts together from pieces of its own text: read as a whole, with every span where the pieces stand. */
import type { Database } from '../../operations/migration.ts';
import { readSql, type SqlReading } from '../sql/read-sql.ts';
import { createLocator } from '../sql/text.ts';

/** A piece of the SQL and the stretch of the file that it comes from; their lengths differ where something known is put in. */
export type SqlPiece = { text: string; start: number; end: number };

/** Reads the pieces put together, in their order. Spans are those of the pieces in the file. */
export function readComposedSql(
  file: { path: string; text: string },
  pieces: readonly SqlPiece[],
  database: Database,
): SqlReading {
  const sql = pieces.map((piece) => piece.text).join('');
  const reading = readSql({ path: file.path, text: sql, start: 0, end: sql.length }, database);
  const starts = [0, ...[...sql.matchAll(/\r\n|\r|\n/g)].map((match) => match.index + match[0].length)];
  const locate = createLocator(file.path, file.text);
  const place = <Placed extends { span: ReturnType<typeof locate> }>(each: Placed): Placed => {
    const { span } = each;
    const start = (starts[span.startLine - 1] ?? 0) + span.startColumn - 1;
    const last = (starts[span.endLine - 1] ?? 0) + span.endColumn - 1;
    return { ...each, span: locate(offsetOf(start, pieces, 'start'), offsetOf(last, pieces, 'last') + 1) };
  };
  return {
    operations: reading.operations.map(place),
    comments: reading.comments.map(place),
    statements: reading.statements,
  };
}

/** Where a character of the SQL stands in the file; inside a piece of another length it is the piece's edge. */
function offsetOf(at: number, pieces: readonly SqlPiece[], edge: 'start' | 'last'): number {
  let before = 0;
  for (const { text, start, end } of pieces) {
    if (at < before + text.length) {
      if (text.length === end - start) return start + at - before;
      return edge === 'start' ? start : Math.max(start, end - 1);
    }
    before += text.length;
  }
  return Math.max(0, (pieces.at(-1)?.end ?? 1) - 1);
}
