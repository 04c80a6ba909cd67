/** What a file states, without what a change is about to make. */
import type { Column, Constraint } from './column.ts';
import type { Name } from './name.ts';
import type { Operation, OperationOf } from './operation.ts';
import type { Schema } from './schema.ts';
import type { Table } from './table.ts';

/**
 * A file may be ahead of the migrations: what the change makes is not there before it, whatever the file says, and a column that is stated
 * as the change will leave it is not known. `left` names what was left out. What the change has named before it makes it, as one that it
 * drops and makes anew, stood there.
 */
export function withoutMade(stated: Schema, change: readonly Operation[]): { schema: Schema; left: string[] } {
  const made = namesMade(change);
  for (const operation of change) {
    const column =
      operation.kind === 'alterColumn' && stated.tables.get(operation.table)?.columns.get(operation.column);
    if (column && isAhead(column, operation)) made.add(partOf(operation.table, column.name));
  }
  const left: string[] = [];
  const tables = new Map<Name, Table>();
  for (const [name, table] of stated.tables) {
    if (made.has(name)) left.push(name);
    else tables.set(name, remaining(table, made, left));
  }
  return { schema: { ...stated, tables }, left };
}

/** What the change says of the column is what is stated already. */
function isAhead(column: Column, { type, nullable, default: value }: OperationOf<'alterColumn'>): boolean {
  if (type && JSON.stringify(type) !== JSON.stringify(column.type)) return false;
  if (nullable !== undefined && nullable !== column.nullable) return false;
  if (value !== undefined && (value === 'none' ? undefined : value.sql) !== column.default?.sql) return false;
  return type !== undefined || nullable !== undefined || value !== undefined;
}

function namesMade(change: readonly Operation[]): Set<string> {
  const made = new Set<string>();
  const named = new Set<string>();
  const make = (name: string) => named.has(name) || made.add(name);
  for (const operation of change) {
    if (operation.kind === 'createTable' || operation.kind === 'createObject') {
      make(operation.kind === 'createTable' ? operation.table : operation.name);
      continue;
    }
    if (operation.kind === 'renameTable') make(operation.to);
    if (operation.kind === 'addColumn') make(partOf(operation.table, operation.column.name));
    if (operation.kind === 'renameColumn') make(partOf(operation.table, operation.to));
    if (operation.kind === 'addConstraint') make(keyOf(operation.constraint.name));
    if (operation.kind === 'createIndex') make(keyOf(operation.index.name));
    if (!('table' in operation) || operation.table === undefined) continue;
    if (!made.has(operation.table)) named.add(operation.table);
    if ('column' in operation && typeof operation.column === 'string')
      named.add(partOf(operation.table, operation.column));
    if (operation.kind === 'dropIndex' || operation.kind === 'dropConstraint') named.add(keyOf(operation.name));
  }
  return made;
}

/** Names of tables hold no control characters. */
function partOf(table: Name, column: string): string {
  return `${table}\0${column}`;
}

function keyOf(name: string | undefined): string {
  return `\0${name ?? ''}`;
}

function remaining(table: Table, made: ReadonlySet<string>, left: string[]): Table {
  const isMade = (column: string) => made.has(partOf(table.name, column));
  const columns = [...table.columns].filter(([name]) => !isMade(name));
  const constraints = table.constraints.filter(
    (each) => !made.has(keyOf(each.name)) && !columnsOf(each).some(isMade) && !pointsTo(each, made),
  );
  const indexes = table.indexes.filter((each) => !made.has(keyOf(each.name)) && !each.columns.some(isMade));
  const isAll =
    columns.length === table.columns.size &&
    constraints.length === table.constraints.length &&
    indexes.length === table.indexes.length;
  if (isAll) return table;
  left.push(
    ...[...table.columns.keys()].filter(isMade).map((name) => partOf(table.name, name)),
    ...[...table.constraints, ...table.indexes].flatMap(({ name }) => (made.has(keyOf(name)) ? [keyOf(name)] : [])),
  );
  return { ...table, columns: new Map(columns), constraints, indexes };
}

function columnsOf(constraint: Constraint): readonly string[] {
  return constraint.kind === 'check' ? constraint.expression.columns : constraint.columns;
}

function pointsTo(constraint: Constraint, made: ReadonlySet<string>): boolean {
  if (constraint.kind !== 'foreignKey') return false;
  const { table, columns } = constraint.references;
  return made.has(table) || columns.some((column) => made.has(partOf(table, column)));
}
