/** What foreign keys point to, and which point to a table. */
import type { Constraint, Reference } from './column.ts';
import type { Name } from './name.ts';
import type { Schema } from './schema.ts';
import type { Table } from './table.ts';
import { pointingTo } from './tables.ts';

export type ForeignKey = Extract<Constraint, { kind: 'foreignKey' }>;

/** The columns that a foreign key points to; those of the primary key where it names none, as far as that is known. */
export function referencedColumns({ table, columns }: Reference, schema: Schema): readonly string[] {
  if (columns.length > 0) return columns;
  return schema.tables.get(table)?.constraints.find((each) => each.kind === 'primaryKey')?.columns ?? [];
}

/** The foreign keys that point to a table, or to a column of it among others, its own among them, each with the table that has it. */
export function foreignKeysTo(schema: Schema, table: Name, column?: string): { owner: Table; key: ForeignKey }[] {
  const isAsked = (key: Constraint): key is ForeignKey =>
    key.kind === 'foreignKey' &&
    key.references.table === table &&
    (column === undefined || referencedColumns(key.references, schema).includes(column));
  return pointingTo(schema.tables, table, column).flatMap((owner) =>
    owner.constraints.filter(isAsked).map((key) => ({ owner, key })),
  );
}

/** True for the same columns, in whatever order: a key is pointed to, or stands in for another one, either way. */
export function areSameColumns(one: readonly string[], other: readonly string[]): boolean {
  return one.length === other.length && one.every((column) => other.includes(column));
}
