/** Whether the rows of columns that become unique are alike, as far as the migration itself tells. */
import type { Expression } from '../../src/operations/column.ts';
import { uniquesOf } from '../../src/operations/dropped-uniques.ts';
import { rollsBackSchema } from '../../src/operations/facts/locks.ts';
import { volatilityOf } from '../../src/operations/facts/volatility.ts';
import type { Database } from '../../src/operations/migration.ts';
import type { Operation, OperationOf } from '../../src/operations/operation.ts';
import type { Context } from '../../src/rule.ts';

/** The column of an earlier operation of this migration that gave every row one and the same value, and that nothing has filled since. */
export function columnWithOneValue(
  columns: readonly string[],
  table: string,
  { migration, before }: Context,
): OperationOf<'addColumn'> | undefined {
  const [name, ...rest] = columns;
  if (name === undefined || rest.length > 0 || isFilled(name, table, before)) return undefined;
  return addedAs(name, table, before).find(
    ({ column }) => column.default !== undefined && isOneValue(column.default, migration.database),
  );
}

/** Nothing to say of duplicates: the column was added here, nullable, and not filled. Only SQL Server lets NULLs collide. */
export function areNullHere(columns: readonly string[], table: string, { migration, before }: Context): boolean {
  if (migration.database === 'sqlserver') return false;
  return columns.some(
    (name) =>
      addedAs(name, table, before).some(({ column }) => column.nullable && !column.default) &&
      !isFilled(name, table, before),
  );
}

/** Nothing to say of duplicates: a key or unique index over some of the columns keeps the rows apart already, or did until this transaction dropped it. */
export function areKeptApart(columns: readonly string[], table: string, context: Context): boolean {
  const known = context.schema.tables.get(table);
  // What the transaction has locked to drop a key, nobody else writes until it ends.
  const isHeld = rollsBackSchema(context.migration.database) && context.inTransaction === true;
  const keys = known ? [...uniquesOf(known), ...(isHeld ? (known.droppedUniques ?? []) : [])] : [];
  // NULLs are apart by themselves, but for SQL Server, where a key has none.
  return keys.some((key) => key.length > 0 && key.every((column) => columns.includes(column)));
}

/** `backfill-raced-by-writers` speaks: this migration adds the column, gives every row one value, and then fills it. */
export function isFilledHere(columns: readonly string[], table: string, { before }: Context): boolean {
  return columns.some(
    (name) => addedAs(name, table, before).some(({ column }) => column.default) && isFilled(name, table, before),
  );
}

/** A value that is known to be the same for every row. */
export function isOneValue(value: Expression, database: Database): boolean {
  const volatility = volatilityOf(value, database);
  return volatility === 'constant' || volatility === 'stable';
}

function addedAs(name: string, table: string, before: readonly Operation[]): OperationOf<'addColumn'>[] {
  return before
    .filter((each) => each.kind === 'addColumn')
    .filter((each) => each.table === table && each.column.name === name);
}

function isFilled(name: string, table: string, before: readonly Operation[]): boolean {
  return before.some((each) => each.kind === 'updateRows' && each.table === table && each.columns.includes(name));
}
