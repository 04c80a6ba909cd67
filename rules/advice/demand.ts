/** What a statement requires of rows that exist. */
import type { Database } from '../../src/operations/migration.ts';
import type { Column } from '../../src/operations/column.ts';
import type { Name } from '../../src/operations/name.ts';
import type { Operation, OperationOf } from '../../src/operations/operation.ts';
import { codes } from '../../src/rule.ts';
import { isSameStatement } from './statement.ts';

/** `points`: a foreign key. */
export type Demand = { kind: 'required' | 'unique' | 'points'; table: Name; columns: readonly string[] };

/** What the operation requires of every row at once; undefined for what holds for new rows only. */
export function demandOf(operation: Operation): Demand | undefined {
  if (operation.kind === 'alterColumn')
    return operation.nullable === false
      ? { kind: 'required', table: operation.table, columns: [operation.column] }
      : undefined;
  if (operation.kind === 'createIndex')
    return operation.index.unique
      ? { kind: 'unique', table: operation.table, columns: operation.index.columns }
      : undefined;
  if (operation.kind !== 'addConstraint') return undefined;
  const { table, constraint } = operation;
  switch (constraint.kind) {
    case 'unique':
    case 'primaryKey':
      return constraint.usingIndex === undefined ? { kind: 'unique', table, columns: constraint.columns } : undefined;
    case 'notNull':
      return constraint.validated ? { kind: 'required', table, columns: constraint.columns } : undefined;
    case 'check':
      if (!constraint.validated || constraint.notNull === undefined) return undefined;
      return { kind: 'required', table, columns: [constraint.notNull] };
    case 'foreignKey':
      return constraint.validated ? { kind: 'points', table, columns: constraint.columns } : undefined;
    default:
      return undefined;
  }
}

/** The statement in words. */
export function describeDemand({ kind, columns }: Demand): string {
  const list = codes(columns);
  return {
    required: `the NOT NULL of ${list}`,
    unique: `the uniqueness of ${list}`,
    points: `the foreign key of ${list}`,
  }[kind];
}

/** What the database says where a row does not obey. */
export function errorOf({ kind }: Demand, database: Database | undefined): string | undefined {
  if (database === 'postgres') return { required: '23502', unique: '23505', points: '23503' }[kind];
  if (database === 'mysql' || database === 'mariadb') return { required: '1138', unique: '1062', points: '1452' }[kind];
  return undefined;
}

/** Writes that make existing rows fit for what is required of them. */
export function putsRight(operation: Operation, { table, columns, kind }: Demand): boolean {
  if (operation.kind === 'deleteRows') return operation.table === table && operation.filtered && kind !== 'required';
  if (operation.kind !== 'updateRows' || operation.table !== table) return false;
  return operation.columns.length === 0 || operation.columns.some((column) => columns.includes(column));
}

/** The column that the change adds, with the default that the database keeps. */
export function addedColumn({ table, columns }: Demand, operations: readonly Operation[]): Column | undefined {
  const added = operations.find(
    (each): each is Operation & OperationOf<'addColumn'> =>
      each.kind === 'addColumn' && each.table === table && columns.includes(each.column.name),
  );
  const isDropped = operations.some(
    (each) =>
      each.kind === 'alterColumn' &&
      each.table === table &&
      each.column === added?.column.name &&
      each.default === 'none',
  );
  if (!added || !isDropped) return added?.column;
  const { default: _, ...column } = added.column;
  return column;
}

/** One AlterField may require and make unique: the second, for the first. */
export function findUnique(
  { kind }: Demand,
  operation: Operation,
  operations: readonly Operation[],
): Operation | undefined {
  if (kind !== 'required') return undefined;
  return operations.find((each) => isSameStatement(each, operation) && demandOf(each)?.kind === 'unique');
}
