/** A schema that a history has made, completed by what a file states of the same database. */
import type { Column, Constraint, Index } from './column.ts';
import type { Schema } from './schema.ts';
import type { Table } from './table.ts';
import { setTable } from './tables.ts';

/**
 * Takes from `stated` what `schema` does not know: tables, columns, types of columns, and of tables that were not seen whole also keys
 * and indexes. Where both speak the history is kept. No table counts as whole for what a file says of it, and one that has more columns
 * there than the history knows does not either: what neither of them names may be there all the same.
 */
export function completeSchema({ tables, unread }: Schema, stated: Schema): void {
  for (const [name, said] of stated.tables) {
    const known = tables.get(name);
    setTable(tables, known ? completedTable(known, said, unread === true) : inPart(said));
  }
}

function inPart({ whole: _whole, ...table }: Table): Table {
  return table;
}

function completedTable(known: Table, said: Table, isUnread: boolean): Table {
  const added = [...said.columns.values()].filter(({ name }) => !known.columns.has(name));
  const typed = [...known.columns.values()].flatMap((column) => typedColumn(column, said) ?? []);
  const columns = new Map([...known.columns, ...[...typed, ...added].map((each) => [each.name, each] as const)]);
  // Of a table that was seen from its first statement on, the history names every key.
  if (known.whole && added.length === 0 && !isUnread) return typed.length === 0 ? known : { ...known, columns };
  return {
    ...(added.length === 0 ? known : inPart(known)),
    columns,
    constraints: [...known.constraints, ...said.constraints.filter((each) => !hasConstraint(known, each))],
    indexes: [...known.indexes, ...said.indexes.filter((each) => !hasIndex(known, each))],
  };
}

function typedColumn(column: Column, said: Table): Column | undefined {
  const type = column.type ? undefined : said.columns.get(column.name)?.type;
  return type && { ...column, type };
}

function hasConstraint(table: Table, constraint: Constraint): boolean {
  const { kind, name } = constraint;
  return (
    table.constraints.some(
      (each) =>
        (name !== undefined && each.name === name) ||
        (each.kind === kind && (kind === 'primaryKey' || isSame(columnsOf(each), columnsOf(constraint)))),
    ) ||
    (kind === 'unique' && table.indexes.some((each) => isIndexOver(each, name, columnsOf(constraint), true)))
  );
}

function hasIndex(table: Table, { name, columns, unique }: Index): boolean {
  return (
    table.indexes.some((each) => isIndexOver(each, name, columns, unique)) ||
    table.constraints.some(
      (each) =>
        (name !== undefined && each.name === name) ||
        (unique && each.kind === 'unique' && isSame(each.columns, columns)),
    )
  );
}

function isIndexOver(index: Index, name: string | undefined, columns: readonly string[], unique: boolean): boolean {
  return (
    (name !== undefined && index.name === name) ||
    (index.unique === unique && !index.where && isSame(index.columns, columns))
  );
}

function columnsOf(constraint: Constraint): readonly string[] {
  return constraint.kind === 'check' ? [constraint.expression.sql] : constraint.columns;
}

function isSame(one: readonly string[], other: readonly string[]): boolean {
  return one.length === other.length && one.every((name, index) => name === other[index]);
}
