/** Reads several stretches of one file as one direction: statement numbers run on, one broken stretch never loses its neighbours. */
import type { Database } from '../../operations/migration.ts';
import type { Operation } from '../../operations/operation.ts';
import { readSql, type SqlReading } from './read-sql.ts';
import { split } from './split.ts';
import { createLocator, type SqlText } from './text.ts';
import type { Dialect } from './tokens.ts';

export type Stretch = SqlText & {
  /** The framework sends it as one statement, whatever stands in it. */
  single?: true;
  /** What the framework fills in before it sends a statement; one that holds such a place is not known here. */
  placeholder?: Placeholder;
  /** The framework does not run it at all; completes "could not be read: …" for what stands there nevertheless. */
  unreadable?: string;
};

export type Placeholder = { pattern: RegExp; reason: string };

/** Reads stretches in their order for a database. */
export function readStretches(stretches: readonly Stretch[], database: Database): SqlReading {
  const whole: SqlReading = { operations: [], comments: [], statements: 0 };
  let routines: SqlReading['routines'];
  for (const stretch of stretches) {
    const reading = readStretch(stretch, database, routines);
    routines = reading.routines ?? routines;
    const before = whole.statements;
    for (const operation of reading.operations)
      whole.operations.push({ ...operation, statement: before + (stretch.single ? 1 : operation.statement) });
    whole.comments.push(...reading.comments);
    whole.statements += stretch.single ? Math.min(1, reading.statements) : reading.statements;
  }
  return whole;
}

function readStretch(stretch: Stretch, database: Database, routines: SqlReading['routines']): SqlReading {
  const { unreadable, placeholder } = stretch;
  if (unreadable !== undefined) return readPieces(stretch, database, () => unreadable);
  const text = stretch.text.slice(stretch.start, stretch.end);
  if (!placeholder || !placeholder.pattern.test(text)) return readSql(stretch, database, routines);
  return readPieces(stretch, database, (piece) => (placeholder.pattern.test(piece) ? placeholder.reason : undefined));
}

/** Statement by statement; those for which there is a reason are opaque. */
function readPieces(stretch: Stretch, database: Database, reasonOf: (text: string) => string | undefined): SqlReading {
  const locate = createLocator(stretch.path, stretch.text);
  const { pieces, comments } = split(stretch, dialectOf(database));
  const operations: Operation[] = [];
  let statements = 0;
  for (const piece of pieces) {
    if (piece.kind === 'client') continue;
    const reason = reasonOf(stretch.text.slice(piece.start, piece.end));
    if (reason !== undefined) {
      statements++;
      operations.push({ kind: 'opaque', reason, span: locate(piece.start, piece.end), statement: statements });
      continue;
    }
    const reading = readSql({ path: stretch.path, text: stretch.text, start: piece.start, end: piece.end }, database);
    for (const operation of reading.operations)
      operations.push({ ...operation, statement: statements + operation.statement });
    statements += reading.statements;
  }
  return { operations, comments, statements };
}

function dialectOf(database: Database): Dialect {
  return database === 'unknown' ? 'postgres' : database;
}
