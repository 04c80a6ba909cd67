/** Tables that a file states in words of its own, read as the database would read the SQL that makes them. */
import type { Database } from '../../operations/migration.ts';
import type { Operation, OperationOf } from '../../operations/operation.ts';
import type { Reading } from '../frontend.ts';
import { readSql } from './read-sql.ts';

/** `name` is quoted, with its schema; the rest is SQL as CREATE TABLE has it between commas. */
export type StatedTable = {
  name: string;
  /** The quoted name, its type, and what follows that. */
  columns: { name: string; type: string; rest: string }[];
  /** Primary key, uniques, foreign keys, checks. */
  constraints: string[];
  /** Whole statements that build its indexes. */
  indexes: string[];
};

/** More than these are no schema that somebody works with. */
const mostTables = 3_000;
const mostColumns = 20_000;

/** A file that states tables is no migration, and has nothing else. */
export function statedReading(up: Operation[]): Reading {
  return { transaction: 'none', up, down: { kind: 'unsupported' }, statements: up.length, comments: [] };
}

/** What makes the tables. What cannot be read of one is left out. */
export function readStatedTables(tables: readonly StatedTable[], path: string, database: Database): Operation[] {
  if (database === 'unknown') return [];
  const operations: Operation[] = [];
  let columns = 0;
  for (const table of tables.slice(0, mostTables)) {
    columns += table.columns.length;
    if (columns > mostColumns) break;
    operations.push(...readTable(table));
  }
  return operations;

  function readTable(table: StatedTable): Operation[] {
    const whole = readCreate(table.name, [...table.columns.map(lineOf), ...table.constraints]);
    const created = whole ?? readPieces(table);
    return created ? [created, ...table.indexes.flatMap((sql) => read(sql, 'createIndex') ?? [])] : [];
  }

  /** Each by itself, where one of them cannot be read. */
  function readPieces({
    name,
    columns: all,
    constraints,
  }: StatedTable): (OperationOf<'createTable'> & Operation) | undefined {
    const readable = all.flatMap((column) => {
      const lines = [lineOf(column), `${column.name} ${column.type}`, column.name];
      return lines.find((line) => readCreate(name, [line])) ?? [];
    });
    const [first] = readable;
    if (first === undefined) return undefined;
    return readCreate(name, [...readable, ...constraints.filter((each) => readCreate(name, [first, each]))]);
  }

  function readCreate(name: string, lines: readonly string[]): (OperationOf<'createTable'> & Operation) | undefined {
    return read(`CREATE TABLE ${name} (\n${lines.join(',\n')}\n)`, 'createTable');
  }

  /** One operation or nothing: a piece that ends the statement it stands in is not followed. */
  function read<Kind extends Operation['kind']>(sql: string, kind: Kind): (Operation & OperationOf<Kind>) | undefined {
    const [only, ...more] = readSql({ path, text: sql, start: 0, end: sql.length }, database).operations;
    return only?.kind === kind && more.length === 0 ? (only as Operation & OperationOf<Kind>) : undefined; // the kind was asked for
  }
}

function lineOf({ name, type, rest }: StatedTable['columns'][number]): string {
  return `${name} ${type} ${rest}`.trimEnd();
}
