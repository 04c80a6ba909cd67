/** The statement of a file of SQL that stands at a place. */
import { split, type Piece } from '../frontends/sql/split.ts';
import { wholeFile } from '../frontends/sql/text.ts';
import type { Database } from '../operations/migration.ts';
import type { Span } from '../operations/operation.ts';

/** The statement in which the span begins, which may be a part of it; undefined where none stands there, or statements need not be told apart. */
export function statementAt(text: string, span: Span, database: Database): Piece | undefined {
  if (database === 'sqlserver' || database === 'unknown') return undefined;
  const before = text.split('\n').slice(0, span.startLine - 1);
  const offset = before.reduce((sum, line) => sum + line.length + 1, 0) + span.startColumn - 1;
  return piecesOf(text, database).find(
    (piece) => piece.kind === 'statement' && piece.start <= offset && offset < piece.end,
  );
}

/** The one made last: one file is often asked for several statements. */
let latest: { text: string; database: Database; pieces: Piece[] } | undefined;

function piecesOf(text: string, database: Exclude<Database, 'unknown'>): Piece[] {
  if (latest?.text !== text || latest.database !== database)
    latest = { text, database, pieces: split(wholeFile('', text), database).pieces };
  return latest.pieces;
}

/** The same as its author wrote it, with its end; undefined where the text is not known. */
export function statementText(text: string | undefined, span: Span, database: Database): string | undefined {
  const piece = text === undefined ? undefined : statementAt(text, span, database);
  return piece && `${text?.slice(piece.start, piece.end).trimEnd()};`;
}
