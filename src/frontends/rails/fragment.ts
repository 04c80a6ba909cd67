/** Pieces of SQL that Rails puts into statements of its own: types, expressions, assignments. */
import type { Database } from '../../operations/migration.ts';
import type { Column, Constraint, DataType, Expression, Index } from '../../operations/column.ts';
import type { Assigned, Operation, OperationOf } from '../../operations/operation.ts';
import { readSql } from '../sql/read-sql.ts';
import { statedAssigned } from '../syntax/stated-assigned.ts';

/** The type that a piece of SQL names, or undefined. */
export function typeOfSql(sql: string, database: Database): DataType | undefined {
  return columnOf(`c ${sql}`, database)?.type;
}

/** A default as SQL has it: the expression of `DEFAULT …`. */
export function defaultOfSql(sql: string, database: Database): Expression {
  const written = columnOf(`c text DEFAULT ${sql}`, database) ?? columnOf(`c text DEFAULT (${sql})`, database);
  const read = written?.default;
  return read ? { ...read, sql } : { sql, functions: [], columns: [], known: false };
}

/** What a generated column is worked out from, where the reader of the database tells. */
export function generationOfSql(sql: string | undefined, database: Database): Pick<Column, 'reads' | 'calls'> {
  if (sql === undefined) return {};
  const { reads, calls } = columnOf(`c text GENERATED ALWAYS AS (${sql}) STORED`, database) ?? {};
  return { ...(reads ? { reads } : {}), ...(calls ? { calls } : {}) };
}

/** An expression over the columns of a table, as a predicate has it. */
export function expressionOfSql(sql: string, database: Database): Expression {
  const check = checkOfSql(sql, database);
  return check.kind === 'check' ? check.expression : { sql, functions: [], columns: [], known: false };
}

/** The check constraint that a piece of SQL makes; of an expression that cannot be read nothing is known. */
export function checkOfSql(sql: string, database: Database): Constraint {
  for (const operation of read(`CREATE TABLE t (c integer, CHECK (${sql}))`, database)) {
    const check =
      operation.kind === 'createTable' ? operation.constraints.find(({ kind }) => kind === 'check') : undefined;
    if (check?.kind === 'check') return { ...check, expression: { ...check.expression, sql } };
  }
  return { kind: 'check', expression: { sql, functions: [], columns: [], known: false }, validated: true };
}

/** What SQL after the columns of a table says of it. */
export function tableOptionsOfSql(
  sql: string,
  database: Database,
): Partial<Pick<OperationOf<'createTable'>, 'partitioned' | 'partitionKey' | 'collation' | 'compressed' | 'compact'>> {
  const [created] = read(`CREATE TABLE t (c integer) ${sql}`, database);
  if (created?.kind !== 'createTable') return {};
  const { partitioned, partitionKey, collation, compressed, compact } = created;
  return {
    ...(partitioned ? { partitioned } : {}),
    ...(partitionKey ? { partitionKey } : {}),
    ...(collation === undefined ? {} : { collation }),
    ...(compressed ? { compressed } : {}),
    ...(compact ? { compact } : {}),
  };
}

/** The columns that `a = 1, b = c + 1` sets; empty where that cannot be read. */
export function columnsSetBy(sql: string, database: Database): string[] {
  const [operation] = read(`UPDATE t SET ${sql}`, database);
  return operation?.kind === 'updateRows' ? operation.columns : [];
}

/** What `a = 1, b = c + 1` assigns to rows that all of the conditions pick; undefined where a value is put in later. */
export function assignedIn(
  sql: string,
  conditions: readonly (string | undefined)[],
  database: Database,
): { assigned: Assigned } | undefined {
  const [operation] = read(`UPDATE t SET ${sql}`, database);
  if (operation?.kind !== 'updateRows' || !operation.assigned || operation.filtered) return undefined;
  const values = Object.entries(operation.assigned.values).map(([column, value]) => [column, value.sql] as const);
  return statedAssigned(database, values, conditions);
}

/** The columns of an index that is given as SQL, and those that its expressions read; what cannot be read stands in parentheses as it is. */
export function indexColumnsOfSql(sql: string, database: Database): Pick<Index, 'columns' | 'reads' | 'definition'> {
  const [operation] = read(`CREATE INDEX i ON t (${sql})`, database);
  if (operation?.kind !== 'createIndex') return { columns: [`(${sql})`] };
  const { columns, reads, definition } = operation.index;
  return { columns, ...(reads && { reads }), ...(definition !== undefined && { definition }) };
}

function columnOf(definition: string, database: Database): Column | undefined {
  for (const operation of read(`CREATE TABLE t (${definition})`, database))
    if (operation.kind === 'createTable') return operation.columns[0];
  return undefined;
}

/** One statement or nothing: a piece that ends the statement it stands in is not followed. */
function read(sql: string, database: Database): Operation[] {
  if (database === 'unknown') return [];
  const { operations } = readSql({ path: '', text: sql, start: 0, end: sql.length }, database);
  return operations.length === 1 ? operations : [];
}
