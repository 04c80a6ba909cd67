/** Columns of PostgreSQL whose numbers come from a sequence. */
import type { Name } from '../../src/operations/name.ts';
import type { Operation } from '../../src/operations/operation.ts';
import type { Context } from '../../src/rule.ts';

/** A column that a sequence numbers. */
export type Counted = { table: Name; column: string };

/** The column whose numbers come from the sequence, by the name that PostgreSQL gives it; undefined where none is known. */
export function countedBy(sequence: Name, { schema, migration }: Context): Counted | undefined {
  if (migration.database !== 'postgres') return undefined;
  for (const { name: table, columns } of schema.tables.values()) {
    const column = [...columns.keys()].find((each) => sequenceOf({ table, column: each }) === sequence);
    if (column !== undefined) return { table, column };
  }
  return undefined;
}

/** The name that PostgreSQL gives to the sequence of a column. */
export function sequenceOf({ table, column }: Counted): Name {
  return `${table}_${column}_seq`;
}

/** It may set a sequence behind the highest number; of which one, is not told apart. */
export function mayBeSet(each: Operation): boolean {
  if (each.kind === 'alterTable') return /\bRESTART\b/i.test(each.change);
  if (each.kind === 'alterObject') return each.object === 'sequence';
  return (
    each.kind === 'opaque' || each.kind === 'runCode' || (each.kind === 'noEffect' && each.what.startsWith('setval'))
  );
}
