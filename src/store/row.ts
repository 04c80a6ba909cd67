import type { SQLOutputValue } from 'node:sqlite';

/** A row as the driver gives it. */
export type Row = Record<string, SQLOutputValue>;

/** The text in a column. Throws where the schema is not ours. */
export function textIn(row: Row, column: string): string {
  const value = row[column];
  if (typeof value !== 'string') throw new Error(`Expected text in column ${column}`);
  return value;
}

/** The number in a column. Throws where the schema is not ours. */
export function numberIn(row: Row, column: string): number {
  const value = row[column];
  if (typeof value !== 'number') throw new Error(`Expected a number in column ${column}`);
  return value;
}

/** The text in a column that may be null. */
export function optionalTextIn(row: Row, column: string): string | undefined {
  return row[column] === null ? undefined : textIn(row, column);
}
