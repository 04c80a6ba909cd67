/** Types and expressions given as SQL, read by the reader of the database inside a table that exists nowhere. */
import type { Database } from '../../operations/migration.ts';
import type { Column, Constraint, DataType, Expression } from '../../operations/column.ts';
import { readerOfWords, readSql } from '../sql/read-sql.ts';

/** The type as the database would name it; undefined where its reader takes it for none. */
export function readType(sql: string, database: Database): DataType | undefined {
  return readTable(`c ${sql}`, database)?.columns[0]?.type;
}

/** The expression of a DEFAULT; undefined for NULL, which is no default. */
export function readDefault(sql: string, database: Database): Expression | undefined {
  if (sql.trim().toUpperCase() === 'NULL') return undefined;
  const column = (text: string): Column | undefined => readTable(`c TEXT DEFAULT ${text}`, database)?.columns[0];
  return column(sql)?.default ?? column(`(${sql})`)?.default ?? unreadable(sql);
}

/** What a generated column is worked out from, where the database's reader tells. */
export function readGeneration(sql: string, database: Database): Pick<Column, 'reads' | 'calls'> {
  const column = readTable(`c TEXT GENERATED ALWAYS AS (${sql}) STORED`, database)?.columns[0];
  const { reads, calls } = column ?? {};
  return { ...(reads ? { reads } : {}), ...(calls ? { calls } : {}) };
}

/** The columns by which PARTITION BY parts the rows; undefined where it cannot be read. */
export function readPartitionKey(sql: string): string[] | undefined {
  const text = `CREATE TABLE t (c TEXT) PARTITION BY ${sql}`;
  const [only, ...more] = readSql({ path: '', text, start: 0, end: text.length }, 'postgres').operations;
  return only?.kind === 'createTable' && more.length === 0 ? only.partitionKey : undefined;
}

/** What a CHECK tries, and the column that it proves not to be NULL. */
export type Condition = { expression: Expression; notNull?: string };

/** A condition, as in CHECK and in the WHERE of an index. */
export function readCondition(sql: string, database: Database): Condition {
  const constraints: Constraint[] = readTable(`c TEXT, CHECK (${sql})`, database)?.constraints ?? [];
  const [only, ...more] = constraints;
  if (only?.kind !== 'check' || more.length > 0) return { expression: unreadable(sql) };
  const proven = only.notNull === undefined ? {} : { notNull: only.notNull };
  return { expression: { ...only.expression, sql }, ...proven };
}

/** The columns that the expressions of an index read; empty where the database's reader does not tell. */
export function readColumnsOf(expressions: readonly string[], database: Database): string[] {
  const text = `CREATE INDEX i ON t (${expressions.join(', ')})`;
  const [only, ...more] = readSql({ path: '', text, start: 0, end: text.length }, readerOfWords(database)).operations;
  return only?.kind === 'createIndex' && more.length === 0 ? (only.index.reads ?? []) : [];
}

/** An expression of which nothing but its text is known. */
export function unreadable(sql: string): Expression {
  return { sql, functions: [], columns: [], known: false };
}

function readTable(inside: string, database: Database): { columns: Column[]; constraints: Constraint[] } | undefined {
  const text = `CREATE TABLE t (${inside})`;
  const { operations } = readSql({ path: '', text, start: 0, end: text.length }, readerOfWords(database));
  const [only, ...more] = operations;
  return only?.kind === 'createTable' && more.length === 0 ? only : undefined;
}
