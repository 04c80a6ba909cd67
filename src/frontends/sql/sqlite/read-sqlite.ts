/** Reads SQLite: every statement goes through SQLite's own grammar, and one that it refuses is opaque without harm to its neighbours. */
import { parseStmt, type ParseStmtResult } from 'sqlite3-parser';
import type { Operation } from '../../../operations/operation.ts';
import type { Effect } from '../effect.ts';
import type { SqlReader } from '../read-sql.ts';
import { split, type Piece } from '../split.ts';
import { createLocator, type SqlText } from '../text.ts';
import { readStatement } from './read-statement.ts';

/** Reads SQL as SQLite 3.53 understands it. */
export const readSqlite: SqlReader = (source) => {
  const { pieces, comments } = split(source, 'sqlite');
  const locate = createLocator(source.path, source.text);
  const operations: Operation[] = [];
  for (const [index, piece] of pieces.entries()) {
    const place = { span: locate(piece.start, piece.end), statement: index + 1 };
    operations.push({ ...readPiece(source, piece), ...place });
  }
  return { operations, comments, statements: pieces.length };
};

function readPiece(source: SqlText, piece: Piece): Effect {
  const text = source.text.slice(piece.start, piece.end);
  const parsed = parse(text);
  if (parsed?.status === 'ok') return readStatement(parsed.root, text);
  const problem = parsed?.errors[0]?.message.split('\n')[0] ?? 'it is nested too deeply';
  return { kind: 'opaque', reason: problem.slice(0, 160) };
}

/** The grammar is driven by tables and does not recurse; the guard is for what a later version may do. */
function parse(text: string): ParseStmtResult | undefined {
  try {
    return parseStmt(text);
  } catch {
    return undefined;
  }
}
