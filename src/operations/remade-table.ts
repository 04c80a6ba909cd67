/** Tables that are altered by making them anew, as SQLite needs it: https://www.sqlite.org/lang_altertable.html#making_other_kinds_of_table_schema_changes */
import type { Name } from './name.ts';
import type { Operation, OperationOf } from './operation.ts';
import type { Table } from './table.ts';

/** The operations of one migration around one of them, and which tables its change makes. */
export type Around = {
  before: readonly Operation[];
  after: readonly Operation[];
  isNew: (table: Name) => boolean;
};

/** The dropped table is only one side of a copy: a new one has its rows and gets, or has got, its name. */
export function isCopied({ table }: OperationOf<'dropTable'>, { before, after, isNew }: Around): boolean {
  const newTakesName = after.some((each) => each.kind === 'renameTable' && each.to === table && isNew(each.table));
  const oldWasRenamed = before.find((each) => each.kind === 'renameTable' && each.to === table);
  if (newTakesName || oldWasRenamed?.kind !== 'renameTable') return newTakesName;
  return isCreated(before, oldWasRenamed.table);
}

/** True where one of the operations makes the table. */
export function isCreated(operations: readonly Operation[], table: Name): boolean {
  return operations.some((each) => each.kind === 'createTable' && each.table === table);
}

/** The table just before its old rows go, and as the migration leaves it. */
export type Remade = { was: Table; now: Table };

/** Names of columns that the new table does not have. */
export function columnsGone({ was, now }: Remade): string[] {
  return [...was.columns.keys()].filter((name) => !isNamedIn(name, now.columns.keys()) && !was.newColumns?.has(name));
}

/** SQLite does not tell names apart by their case. */
export function isNamedIn(name: string, names: Iterable<string>): boolean {
  return [...names].some((each) => isSameName(each, name));
}

/** The same name to SQLite. */
export function isSameName(one: string, other: string | undefined): boolean {
  return one.toLowerCase() === other?.toLowerCase();
}
