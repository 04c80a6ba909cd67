/** Columns that may hold NULL by their definition and do not. */
import type { Name } from './name.ts';
import type { Schema } from './schema.ts';

/** A validated constraint says already that the column holds no NULL. */
export function isProven(schema: Schema, table: Name, column: string): boolean {
  const constraints = schema.tables.get(table)?.constraints ?? [];
  return constraints.some(
    (each) =>
      (each.kind === 'check' && each.validated && each.notNull === column) ||
      (each.kind === 'notNull' && each.validated && each.columns[0] === column),
  );
}
