/** The tables of a schema: changed here alone, and found by what they hold. */
import { lookupBy } from './lookup.ts';
import type { Name } from './name.ts';
import { nameOfConstraint } from './named-keys.ts';
import type { Table } from './table.ts';

export type Tables = ReadonlyMap<Name, Table>;

const lookup = lookupBy<Table>(wordsOf);

/** Puts a table in the place of the one of its name. */
export function setTable(tables: Tables, table: Table): void {
  lookup.set(tables, table.name, table);
}

/** Takes a table away. */
export function deleteTable(tables: Tables, name: Name): void {
  lookup.remove(tables, name);
}

/** Tables that go their own way from here; one is never changed in place, so that each is shared. */
export function forkTables(tables: Tables): Tables {
  return lookup.fork(tables);
}

/** The tables with an index of this name, in the order in which they were made. */
export function withIndex(tables: Tables, name: string): Table[] {
  return find(tables, held.index(name));
}

/** The tables with a constraint of this name, also one that PostgreSQL has picked, in the order in which they were made. */
export function withConstraint(tables: Tables, name: string): Table[] {
  return find(tables, held.constraint(name));
}

/** The tables with a foreign key that points to this one, itself among them, in the order in which they were made. With a column: to that, or without naming any. */
export function pointingTo(tables: Tables, table: Name, column?: string): Table[] {
  return column === undefined
    ? find(tables, held.pointer(table))
    : find(tables, held.pointer(table, column), held.pointer(table, ''));
}

/** Whether any foreign key is checked only when the transaction ends. */
export function anyDeferred(tables: Tables): boolean {
  return lookup.find(tables, held.deferred).length > 0;
}

function find(tables: Tables, ...words: string[]): Table[] {
  return lookup.find(tables, ...words).flatMap((name) => tables.get(name) ?? []);
}

/** What a table is found by. Names hold no control characters. */
const held = {
  index: (name: string) => `index\0${name}`,
  constraint: (name: string) => `constraint\0${name}`,
  /** Of a foreign key: the table alone, with each column, and with an empty one where it names none. */
  pointer: (table: Name, column?: string) => (column === undefined ? `to\0${table}` : `to\0${table}\0${column}`),
  deferred: 'deferred',
};

/** Lists of tables are never changed in place, and mostly get longer. */
function wordsOf({ name: table, indexes, constraints }: Table, before?: Table): string[] | undefined {
  if (before && !(begins(indexes, before.indexes) && begins(constraints, before.constraints))) return undefined;
  const words: string[] = [];
  for (const { name } of indexes.slice(before?.indexes.length)) if (name !== undefined) words.push(held.index(name));
  for (const each of constraints.slice(before?.constraints.length)) {
    const name = nameOfConstraint(each, table);
    if (name !== undefined) words.push(held.constraint(name));
    if (each.kind !== 'foreignKey') continue;
    const { table: target, columns } = each.references;
    words.push(held.pointer(target));
    for (const column of columns.length > 0 ? columns : ['']) words.push(held.pointer(target, column));
    if (each.initiallyDeferred) words.push(held.deferred);
  }
  return words;
}

function begins<Held>(list: readonly Held[], other: readonly Held[]): boolean {
  return list === other || other.every((each, at) => each === list[at]);
}
