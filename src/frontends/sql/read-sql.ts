/** SQL to operations: one reader per database behind one function. */
import type { Comment, Database } from '../../operations/migration.ts';
import type { Operation } from '../../operations/operation.ts';
import { findForeignDatabase } from './foreign-database.ts';
import { sayable, withoutAssigned } from './said-again.ts';
import { split } from './split.ts';
import { createLocator, type SqlText } from './text.ts';

/** What a stretch of SQL does. `statements` counts those that are sent to the server. */
export type SqlReading = { operations: Operation[]; comments: Comment[]; statements: number };

/** Reads one stretch of SQL. Never throws: what it cannot read is opaque. Statement numbers begin at 1. */
export type SqlReader = (source: SqlText) => SqlReading;

const readers = new Map<Database, SqlReader>();

/** Loads the reader of a database on first need: parsers are heavy, and most repositories need one. */
export async function loadReader(database: Database): Promise<void> {
  const needed = readerOfWords(database);
  if (!readers.has(needed)) readers.set(needed, await importReaders[needed]());
}

/** The database in whose words a framework's own calls are read: what it says for all of them PostgreSQL reads. */
export function readerOfWords(database: Database): Exclude<Database, 'unknown'> {
  return database === 'unknown' ? 'postgres' : database;
}

/** Reads SQL for a database whose reader is loaded; for an unknown one every statement is opaque, and says what to configure. */
export function readSql(source: SqlText, database: Database): SqlReading {
  if (database === 'unknown') return readUnknown(source);
  const reader = readers.get(database);
  if (!reader) throw new Error(`the reader of ${database} is not loaded`);
  const reading = reader(source);
  const isAltered = source.isAltered === true;
  const operations = reading.operations.map((each) => (isAltered ? withoutAssigned(each) : sayable(each, database)));
  return { ...reading, operations };
}

const importReaders: Record<Exclude<Database, 'unknown'>, () => Promise<SqlReader>> = {
  postgres: async () => (await import('./postgres/read-postgres.ts')).readPostgres,
  mysql: async () => (await import('./mysql/read-mysql.ts')).readMysql,
  mariadb: async () => (await import('./mysql/read-mysql.ts')).readMariadb,
  sqlite: async () => (await import('./sqlite/read-sqlite.ts')).readSqlite,
  sqlserver: async () => (await import('./sqlserver/read-sqlserver.ts')).readSqlserver,
};

/** The reason of what cannot be read without a database. */
export const databaseUnknown =
  'which database it is for could not be told; `database:` in `.github/plimsoll.yml` settles it';

function readUnknown(source: SqlText): SqlReading {
  const foreign = findForeignDatabase(source.path, source.text);
  const reason = foreign ? `${foreign} SQL is not read` : databaseUnknown;
  const { pieces, comments } = split(
    source,
    source.text.slice(source.start, source.end).includes('`') ? 'mysql' : 'postgres',
  );
  const locate = createLocator(source.path, source.text);
  const statements = pieces.filter((piece) => piece.kind === 'statement');
  const operations = statements.map(({ start, end }, index): Operation => {
    return { kind: 'opaque', reason, span: locate(start, end), statement: index + 1 };
  });
  return { operations, comments, statements: statements.length };
}
