/** What keeps a key or a column of MySQL, or a key of SQL Server, from being dropped: foreign keys. */
import { areSameColumns, type ForeignKey } from '../../src/operations/foreign-keys.ts';
import { isNameOf } from '../../src/operations/named-keys.ts';
import type { Index, Prefixes } from '../../src/operations/column.ts';
import type { Name } from '../../src/operations/name.ts';
import type { Operation } from '../../src/operations/operation.ts';
import type { Table } from '../../src/operations/table.ts';
import type { Context } from '../../src/rule.ts';

/** A foreign key in need of something, and the table that has it. */
export type InNeed = { table: Name; key: ForeignKey };

/** A key of a table, by its name; the primary one of MySQL is `primary key`. */
export type KeyName = { table: Name; name: string };

/**
 * The foreign key that no other key serves once this one is gone, with its columns first and in their order:
 * https://dev.mysql.com/doc/refman/8.4/en/create-table-foreign-keys.html#foreign-key-restrictions
 */
export function findKeyInNeed(dropped: KeyName, operation: Operation, context: Context): InNeed | undefined {
  const { schema, after } = context;
  const known = schema.tables.get(dropped.table);
  const columns = known && columnsOf(dropped, known);
  if (!known || !columns) return undefined;
  const beside = after.filter(({ statement }) => statement === operation.statement);
  const others = [
    ...keysOf(known).filter((each) => !isNamed(each, dropped)),
    ...beside.flatMap((each) => made(each, known)),
  ];
  return foreignKeysTo(known, [...schema.tables.values()]).find(({ table, key, needs }) => {
    const isServed = others.some((each) => serves(each, needs));
    return begins(columns, needs) && !isServed && !beside.some((each) => drops(each, table, key));
  });
}

/** The AUTO_INCREMENT column that no other key begins with: https://dev.mysql.com/doc/refman/8.4/en/innodb-auto-increment-handling.html */
export function findCountedInNeed(
  dropped: KeyName,
  operation: Operation,
  { schema, after }: Context,
): string | undefined {
  const known = schema.tables.get(dropped.table);
  const first = known && columnsOf(dropped, known)?.[0];
  if (!known || first === undefined || known.columns.get(first)?.generated !== 'identity') return undefined;
  const beside = after.filter(({ statement }) => statement === operation.statement);
  const others = [
    ...keysOf(known).filter((each) => !isNamed(each, dropped)),
    ...beside.flatMap((each) => made(each, known)),
  ];
  const changes = beside.some((each) => 'column' in each && each.column === first && each.kind !== 'renameColumn');
  return changes || others.some((each) => serves(each, [first])) ? undefined : first;
}

/** The foreign key that names the column, of this table or of another one, and that does not go in the same statement. */
export function findKeyOver(table: Name, column: string, operation: Operation, context: Context): InNeed | undefined {
  const known = context.schema.tables.get(table);
  const beside = context.after.filter(({ statement }) => statement === operation.statement);
  if (!known) return undefined;
  return foreignKeysTo(known, [...context.schema.tables.values()]).find(
    ({ table: owner, key, needs }) => needs.includes(column) && !beside.some((each) => drops(each, owner, key)),
  );
}

/** The foreign key of another table that this key of SQL Server serves, which knows no other way than the key that it was made with. */
export function findReference(dropped: KeyName, { schema }: Context): InNeed | undefined {
  const known = schema.tables.get(dropped.table);
  const columns = known && columnsOf(dropped, known);
  if (!known || !columns) return undefined;
  const isTwice = keysOf(known).filter((each) => areSameColumns(each.columns, columns)).length > 1;
  return isTwice
    ? undefined
    : foreignKeysTo(known, [...schema.tables.values()]).find(
        ({ needs, isOwn }) => !isOwn && areSameColumns(needs, columns),
      );
}

/** Foreign keys that need a key of this table: its own, by their columns, and those that point to it, by what they point to. */
function foreignKeysTo(
  known: Table,
  tables: readonly Table[],
): (InNeed & { needs: readonly string[]; isOwn: boolean })[] {
  const own = foreignKeysOf(known).map((key) => ({ table: known.name, key, needs: key.columns, isOwn: true }));
  const primary = known.constraints.find(({ kind }) => kind === 'primaryKey');
  const primaryColumns = primary?.kind === 'primaryKey' ? primary.columns : [];
  const children = tables.flatMap((child) =>
    foreignKeysOf(child)
      .filter(({ references }) => references.table === known.name)
      .map((key) => {
        const needs = key.references.columns.length > 0 ? key.references.columns : primaryColumns;
        return { table: child.name, key, needs, isOwn: false };
      }),
  );
  return [...own, ...children].filter(({ needs }) => needs.length > 0);
}

/** Where a constraint was dropped under a name that is not known here, it may have been any of them. */
function foreignKeysOf({ constraints, defaultsDropped }: Table): ForeignKey[] {
  return defaultsDropped ? [] : constraints.filter((each): each is ForeignKey => each.kind === 'foreignKey');
}

/** `other`: it finds no rows for a foreign key, being of another method. */
type Key = { kind: 'primary' | 'key' | 'other'; name?: string; columns: readonly string[]; prefixes?: Prefixes };

function keysOf({ constraints, indexes }: Pick<Table, 'constraints' | 'indexes'>): Key[] {
  return [
    ...constraints.flatMap((each): Key[] => {
      if (each.kind === 'primaryKey') return [{ ...keyOf(each), kind: 'primary' }];
      return each.kind === 'unique' ? [keyOf(each)] : [];
    }),
    ...indexes.map(keyOf),
  ];
}

/** One that is given no name has that of its first column. */
function keyOf(index: Pick<Index, 'name' | 'columns' | 'prefixes' | 'method'>): Key {
  const name = index.name ?? index.columns[0];
  const { columns, prefixes } = index;
  const kind = /fulltext|spatial/.test(index.method ?? '') ? 'other' : 'key';
  return { kind, ...(name === undefined ? {} : { name }), columns, ...(prefixes && { prefixes }) };
}

/** A foreign key that found no index has made one of its own name. */
function columnsOf(dropped: KeyName, known: Table): readonly string[] | undefined {
  const key = keysOf(known).find((each) => isNamed(each, dropped));
  if (key) return key.kind === 'other' ? undefined : key.columns;
  return foreignKeysOf(known).find(({ name }) => name === dropped.name)?.columns;
}

function isNamed({ kind, name }: Key, dropped: KeyName): boolean {
  if (dropped.name === 'primary key') return kind === 'primary';
  return name?.toLowerCase() === dropped.name.toLowerCase();
}

function serves({ kind, columns, prefixes }: Key, needs: readonly string[]): boolean {
  return kind !== 'other' && begins(columns, needs) && !needs.some((column) => prefixes?.[column] !== undefined);
}

function begins(key: readonly string[], columns: readonly string[]): boolean {
  return columns.every((column, at) => key[at] === column);
}

/** Keys that the same statement makes. */
function made(each: Operation, { name }: Table): Key[] {
  if (each.kind === 'createIndex' && each.table === name) return keysOf({ constraints: [], indexes: [each.index] });
  if (each.kind === 'addConstraint' && each.table === name)
    return keysOf({ constraints: [each.constraint], indexes: [] });
  return [];
}

function drops(each: Operation, table: Name, key: ForeignKey): boolean {
  return each.kind === 'dropConstraint' && each.table === table && isNameOf(each.name, key, table);
}
