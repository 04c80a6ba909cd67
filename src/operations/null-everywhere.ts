/** Columns that hold nothing yet: what is asked of their values, no row can break. */
import type { Column } from './column.ts';
import type { Name } from './name.ts';
import type { Operation } from './operation.ts';

/** True where one of these columns is added without a value by the operations, and none of them is known to write it: NULL points nowhere wrong. */
export function isNullEverywhere(table: Name, columns: readonly string[], operations: readonly Operation[]): boolean {
  const added = emptyIn(operations).get(table);
  return columns.some((name) => added?.has(name) && !operations.some((each) => mayWrite(each, table, name)));
}

/** By table, those that come without a value; asked again and again of all that a change does. */
function emptyIn(operations: readonly Operation[]): ReadonlyMap<Name, ReadonlySet<string>> {
  const before = known.get(operations);
  if (before) return before;
  const empty = new Map<Name, Set<string>>();
  for (const each of operations)
    if (each.kind === 'addColumn' && isEmpty(each))
      empty.set(each.table, new Set(empty.get(each.table)).add(each.column.name));
  known.set(operations, empty);
  return empty;
}

const known = new WeakMap<readonly Operation[], ReadonlyMap<Name, ReadonlySet<string>>>();

/** The column as the operations add it for certain, where no row can have another value in it than it came with. */
export function untouchedColumn(table: Name, name: string, operations: readonly Operation[]): Column | undefined {
  const isAdded = (each: Operation) => each.kind === 'addColumn' && each.table === table && each.column.name === name;
  const index = operations.findLastIndex(isAdded);
  const added = operations[index];
  if (added?.kind !== 'addColumn' || added.ifNotExists || added.conditional) return undefined;
  const after = operations.slice(index + 1);
  return after.some((each) => mayWrite(each, table, name) || mayTouch(each, table, name)) ? undefined : added.column;
}

/** A trigger may write the column when another one is written, rows go, or their values get another type. */
function mayTouch(operation: Operation, table: Name, column: string): boolean {
  if (!('table' in operation) || operation.table !== table) return false;
  const { kind } = operation;
  if (kind === 'alterColumn') return operation.column === column && operation.type !== undefined;
  return kind === 'updateRows' || kind === 'deleteRows' || kind === 'truncateTable';
}

function isEmpty({ column }: Extract<Operation, { kind: 'addColumn' }>): boolean {
  return column.nullable && column.default === undefined && column.generated === undefined;
}

/** What a program writes, and what could not be read, may be any row. */
function mayWrite(operation: Operation, table: Name, column: string): boolean {
  switch (operation.kind) {
    case 'opaque':
      return true;
    case 'runCode':
      return operation.rowsTold !== true;
    case 'insertRows':
      return operation.table === table;
    case 'updateRows':
      return operation.table === table && (operation.columns.length === 0 || operation.columns.includes(column));
    case 'alterColumn':
      return operation.table === table && operation.column === column && operation.using !== undefined;
    case 'renameColumn':
      return operation.table === table && operation.to === column;
    default:
      return false;
  }
}
