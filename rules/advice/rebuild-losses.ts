/** What a table of SQLite had before it was made anew, and no longer has when the migration ends. */
import type { Constraint, Index } from '../../src/operations/column.ts';
import type { Operation, OperationOf } from '../../src/operations/operation.ts';
import { isCopied, isNamedIn, isSameName, type Remade } from '../../src/operations/remade-table.ts';
import { applyOperation, forkSchema } from '../../src/operations/schema.ts';
import type { Table } from '../../src/operations/table.ts';
import type { Context } from '../../src/rule.ts';
import { nameBefore } from './rebuilt-table.ts';

/** Undefined for what is only dropped, and where either side is not known. */
export function findRebuilt(operation: Operation & OperationOf<'dropTable'>, context: Context): Remade | undefined {
  const { migration, schema, after } = context;
  if (migration.database !== 'sqlite' || operation.conditional || !isCopied(operation, context)) return undefined;
  const was = schema.tables.get(operation.table);
  const left = forkSchema(schema);
  for (const each of [operation, ...after]) applyOperation(left, each, true);
  const now = left.tables.get(nameBefore(operation.table, context));
  return was && !was.isNew && now?.whole && now.columns.size > 0 ? { was, now } : undefined;
}

/** Columns that the old table did not have: what is gone may live on in one of them. */
export function columnsCome({ was, now }: Remade): string[] {
  return [...now.columns.keys()].filter((name) => !isNamedIn(name, was.columns.keys()));
}

/** Columns are left out that went with their column. `default` is that of a column that has to have a value. */
export type Losses = {
  indexes: Index[];
  triggers: string[];
  keys: string[][];
  defaults: string[];
  foreignKeys: string[][];
  checks: string[];
  /** Columns whose numbers may come a second time from here on. */
  counts: string[];
};

/** What is no longer there. NOT NULL is not told of: rows without a value break nothing that was written before. */
export function lossesOf({ was, now }: Remade): Losses {
  const stays = (columns: readonly string[]) => columns.every((name) => isNamedIn(name, now.columns.keys()));
  const isLost = (columns: readonly string[]) => columns.length > 0 && stays(columns);
  return {
    indexes: was.indexes.filter(
      (index) => !index.unique && isLost(index.columns) && !indexesOf(now).some((each) => serves(each, index.columns)),
    ),
    triggers: (now.triggers ?? []).length > 0 ? [] : (was.triggers ?? []),
    keys: keysOf(was).filter(
      (key) => isLost(key) && !keysOf(now).some((each) => each.every((name) => isNamedIn(name, key))),
    ),
    defaults: [...was.columns.values()].flatMap((column) =>
      losesDefault(column.name, { was, now }) ? [column.name] : [],
    ),
    foreignKeys: foreignKeysOf(was).filter(
      (key) => isLost(key) && !foreignKeysOf(now).some((each) => isSame(each, key)),
    ),
    counts: [...was.columns.values()].flatMap(({ name, autoincrement }) => {
      const column = [...now.columns.values()].find((each) => isSameName(each.name, name));
      return autoincrement && column && !column.autoincrement ? [name] : [];
    }),
    checks: was.constraints.flatMap((each) =>
      each.kind === 'check' && isLost(each.expression.columns) && !isChecked(each.expression.columns, now)
        ? [each.expression.sql]
        : [],
    ),
  };
}

function losesDefault(name: string, { was, now }: Remade): boolean {
  const column = [...now.columns.values()].find((each) => isSameName(each.name, name));
  if (!column || column.nullable || column.default || column.generated) return false;
  const isPrimary = column.constraints.some(({ kind }) => kind === 'primaryKey');
  return was.columns.get(name)?.default !== undefined && !isPrimary;
}

function keysOf({ constraints, indexes }: Table): string[][] {
  const isKey = (each: Constraint) => each.kind === 'primaryKey' || each.kind === 'unique';
  return [
    ...constraints.flatMap((each) => (isKey(each) && 'columns' in each ? [each.columns] : [])),
    ...indexes.flatMap((each) => (each.unique && !each.where ? [each.columns] : [])),
  ];
}

/** All that finds rows by columns, in their order. */
function indexesOf(table: Table): (readonly string[])[] {
  return [...table.indexes.map(({ columns }) => columns), ...keysOf(table)];
}

function serves(index: readonly string[], columns: readonly string[]): boolean {
  return columns.every((name, at) => isSameName(name, index[at]));
}

function foreignKeysOf({ constraints }: Table): string[][] {
  return constraints.flatMap((each) => (each.kind === 'foreignKey' ? [each.columns] : []));
}

function isSame(one: readonly string[], other: readonly string[]): boolean {
  return one.length === other.length && one.every((name) => isNamedIn(name, other));
}

function isChecked(columns: readonly string[], { constraints }: Table): boolean {
  return constraints.some(
    (each) => each.kind === 'check' && each.expression.columns.some((name) => isNamedIn(name, columns)),
  );
}
