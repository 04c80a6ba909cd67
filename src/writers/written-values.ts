/** What a change itself writes into rows, as backfills that write the same in batches. */
import { isConstant, type Expression } from '../operations/column.ts';
import type { Operation, OperationOf } from '../operations/operation.ts';
import { sameName } from './identifier.ts';
import type { FillColumn } from './step.ts';

type Update = OperationOf<'updateRows'>;

/** The backfills of a column that is empty at first, in the order in which the operations fill it; none where none of them does. What is not known stands as a comment, so that nobody runs it before it is put in. */
export function fillsOf(operations: readonly Operation[], table: string, column: string): FillColumn[] {
  return operations.flatMap((each) => (writes(each, table, column) ? (fillOf(each, column) ?? []) : []));
}

/** Which of the operations write a column; a program does not always say which. */
function writes(operation: Operation, table: string, column: string): operation is Update {
  if (operation.kind !== 'updateRows' || operation.table !== table) return false;
  return operation.columns.length === 0 || operation.columns.includes(column);
}

/** Undefined for NULL, which an empty column holds. */
function fillOf(operation: Update, column: string): FillColumn | undefined {
  const { table, assigned } = operation;
  const value = assigned?.values[column];
  if (!value) return { kind: 'fillColumn', table, column, value: workedOut(operation) };
  if (isNull(value)) return undefined;
  const where = pickedAmongEmpty(operation, column);
  return { kind: 'fillColumn', table, column, ...valueOf(value), ...(where !== undefined && { where }) };
}

/** The backfill that writes the same over what is there; undefined where nothing would tell which rows are done. */
export function rewriteOf(operation: Update): FillColumn | undefined {
  const { table, columns, assigned } = operation;
  const [column, ...others] = columns;
  const value = column === undefined ? undefined : assigned?.values[column];
  if (!assigned || column === undefined || others.length > 0 || !value) return undefined;
  const { where } = assigned;
  if (reads(value, column) || where?.sql === '') return undefined;
  return { kind: 'fillColumn', table, column, ...valueOf(value), differs: true, ...(where && { where: where.sql }) };
}

function valueOf(value: Expression): Pick<FillColumn, 'value' | 'from' | 'mayBeNull'> {
  const { sql, columns, known } = value;
  const [first, ...others] = columns;
  if (first !== undefined && others.length === 0 && sameName(sql, first)) return { value: sql, from: first };
  return { value: sql, ...((columns.length > 0 || !known) && { mayBeNull: true }) };
}

/** The author's condition, of rows that all hold NULL in the column; undefined where it holds for all of them. */
function pickedAmongEmpty(operation: Update, column: string): string | undefined {
  const { assigned, looped, limited } = operation;
  const where = assigned?.where;
  if (!where) return undefined;
  if (where.sql === '') {
    // A stretch of the key that a loop works out is the batch; anything else may be a filter.
    const isBatch = (looped || limited) && isKey(where.columns, column);
    return isBatch ? undefined : comment(`the rows that ${placeOf(operation)} picks`);
  }
  if (!where.columns.some((each) => sameName(each, column))) return where.sql;
  if (where.columns.every((each) => sameName(each, column))) return undefined;
  return /\bis\s+null\b/i.test(where.sql) ? where.sql : comment(`the rows that ${placeOf(operation)} picks`);
}

function isKey(columns: readonly string[], filled: string): boolean {
  const others = columns.filter((each) => !sameName(each, filled));
  return others.length > 0 && others.every((each) => /^(?:id|uuid|guid|rowid|ctid)$/i.test(each));
}

function reads({ columns, known }: Expression, column: string): boolean {
  return !known || columns.some((each) => sameName(each, column));
}

function isNull(value: Expression): boolean {
  return isConstant(value) && value.sql.toUpperCase() === 'NULL';
}

function workedOut(operation: Update): string {
  return comment(`the value that ${placeOf(operation)} works out for the row`);
}

/** True for a backfill that waits for what its author has to put in. */
export function isLeftOpen({ value, where }: FillColumn): boolean {
  return value.startsWith('/*') || where?.startsWith('/*') === true;
}

/** True where each row may get a value of its own: one value for all rows makes none of them unique. */
export function giveOwnValues(fills: readonly FillColumn[]): boolean {
  return fills.length > 0 && fills.every((each) => isLeftOpen(each) || each.mayBeNull || each.from !== undefined);
}

/** A statement with it is not run: every database misses a word there. */
function comment(words: string): string {
  return `/* ${words.replaceAll('*/', '')} */`;
}

function placeOf({ span: { path, startLine } }: Update): string {
  return `${path.slice(path.lastIndexOf('/') + 1)} line ${startLine}`;
}
