/** Keys that MySQL and MariaDB refuse for what the columns are, whatever the rows hold. */
import type { Column, Constraint, Index } from '../../src/operations/column.ts';
import type { Name } from '../../src/operations/name.ts';
import type { Operation, OperationOf } from '../../src/operations/operation.ts';
import { isComputedName } from '../../src/operations/name.ts';
import { findColumn } from '../../src/operations/schema.ts';
import type { Context } from '../../src/rule.ts';
import { isMysql, statementAt } from './online-change.ts';

/** What is refused: https://dev.mysql.com/doc/mysql-errors/8.4/en/server-error-reference.html */
export type ImpossibleKey = { table: Name } & (
  | { why: 'second primary key' }
  | { why: 'spatial over NULL' | 'counted without key'; column: string }
  | { why: 'SET NULL of required'; column: string; key: ForeignKey }
);

type ForeignKey = Extract<Constraint, { kind: 'foreignKey' }>;

/** The first thing of the operation that is refused, as far as that is known. */
export function findImpossibleKey(operation: Operation, context: Context): ImpossibleKey | undefined {
  if (!isMysql(context.migration.database) || operation.conditional) return undefined;
  if ('table' in operation && operation.table !== undefined && isComputedName(operation.table)) return undefined;
  switch (operation.kind) {
    case 'createTable':
      return operation.from === undefined ? inNewTable(operation) : undefined;
    case 'createIndex':
      return spatialOver(operation.table, [operation.index], (name) =>
        columnAt(operation.table, name, operation, context),
      );
    case 'addColumn':
      return inNewColumn(operation, context);
    case 'addConstraint':
      return inConstraint(operation, context);
    case 'alterColumn':
      return inChangedColumn(operation, context);
  }
  return undefined;
}

function inNewTable({ table, columns, constraints, indexes }: OperationOf<'createTable'>): ImpossibleKey | undefined {
  const all = [...constraints, ...columns.flatMap((column) => column.constraints)];
  if (all.filter(({ kind }) => kind === 'primaryKey').length > 1) return { table, why: 'second primary key' };
  const columnOf = (name: string) => columns.find((each) => isSame(each.name, name));
  const counted = columns.find(({ generated }) => generated === 'identity');
  if (counted && !isFirstOfKey(counted.name, all, indexes))
    return { table, why: 'counted without key', column: counted.name };
  return spatialOver(table, indexes, columnOf) ?? nulled(table, all, columnOf);
}

function inNewColumn(operation: Operation & OperationOf<'addColumn'>, context: Context): ImpossibleKey | undefined {
  const { table, column } = operation;
  const isKey = column.constraints.some(({ kind }) => kind === 'primaryKey');
  if (isKey && hasPrimaryKey(operation, context)) return { table, why: 'second primary key' };
  const { constraints, indexes } = keysBeside(operation, context);
  const isCounted = column.generated === 'identity';
  if (isCounted && !isFirstOfKey(column.name, [...column.constraints, ...constraints], indexes))
    return { table, why: 'counted without key', column: column.name };
  return nulled(table, column.constraints, () => column);
}

function inConstraint(
  operation: Operation & OperationOf<'addConstraint'>,
  context: Context,
): ImpossibleKey | undefined {
  const { table, constraint } = operation;
  if (constraint.kind === 'primaryKey' && hasPrimaryKey(operation, context))
    return { table, why: 'second primary key' };
  return nulled(table, [constraint], (name) => columnAt(table, name, operation, context));
}

/** The column begins to count, or no longer takes the NULL that a foreign key would put into it. */
function inChangedColumn(
  operation: Operation & OperationOf<'alterColumn'>,
  context: Context,
): ImpossibleKey | undefined {
  const { table, column, generated, nullable } = operation;
  const known = context.schema.tables.get(table);
  if (!known) return undefined;
  const isCounted = generated === 'identity' && known.columns.get(column)?.generated !== 'identity';
  if (isCounted && known.whole && !context.schema.unread) {
    const { constraints, indexes } = keysBeside(operation, context);
    if (!isFirstOfKey(column, [...known.constraints, ...constraints], [...known.indexes, ...indexes]))
      return { table, why: 'counted without key', column };
  }
  const goes = statementAt(operation, context).some((each) => each.kind === 'dropConstraint');
  if (nullable !== false || goes || known.defaultsDropped) return undefined;
  return nulled(table, known.constraints, (name) => (isSame(name, column) ? { nullable: false } : undefined));
}

/** One that another clause of the statement drops makes room, wherever it stands. */
function hasPrimaryKey(operation: OperationOf<'addColumn' | 'addConstraint'>, context: Context): boolean {
  const known = context.schema.tables.get(operation.table);
  const isDropped = statementAt(operation, context).some(
    (each) => each.kind === 'dropConstraint' && each.constraint === 'primaryKey',
  );
  const isUnsure = context.schema.unread === true || known?.defaultsDropped === true;
  return !isDropped && !isUnsure && known?.constraints.some(({ kind }) => kind === 'primaryKey') === true;
}

type Known = Pick<Column, 'nullable'> & Partial<Column>;

function spatialOver(
  table: Name,
  indexes: readonly Index[],
  columnOf: (name: string) => Known | undefined,
): ImpossibleKey | undefined {
  const columns = indexes.flatMap((index) => (index.method?.toLowerCase() === 'spatial' ? index.columns : []));
  const column = columns.find((name) => columnOf(name)?.nullable === true);
  return column === undefined ? undefined : { table, why: 'spatial over NULL', column };
}

function nulled(
  table: Name,
  constraints: readonly Constraint[],
  columnOf: (name: string) => Known | undefined,
): ImpossibleKey | undefined {
  for (const key of constraints) {
    if (key.kind !== 'foreignKey' || key.references.onDelete !== 'set null') continue;
    const column = key.columns.find((name) => columnOf(name)?.nullable === false);
    if (column !== undefined) return { table, why: 'SET NULL of required', column, key };
  }
  return undefined;
}

/** As the statement leaves it: all its clauses are done at once. */
function columnAt(table: Name, name: string, operation: Operation, context: Context): Known | undefined {
  const known = findColumn(context.schema, table, name);
  const said = statementAt(operation, context).findLast(
    (each) =>
      (each.kind === 'alterColumn' && isSame(each.column, name)) ||
      (each.kind === 'addColumn' && isSame(each.column.name, name)),
  );
  if (said?.kind === 'addColumn') return said.column;
  if (said?.kind === 'alterColumn' && said.nullable !== undefined) return { nullable: said.nullable };
  return known;
}

function keysBeside(operation: Operation, context: Context): { constraints: Constraint[]; indexes: Index[] } {
  const beside = statementAt(operation, context);
  return {
    constraints: beside.flatMap((each) => (each.kind === 'addConstraint' ? [each.constraint] : [])),
    indexes: beside.flatMap((each) => (each.kind === 'createIndex' ? [each.index] : [])),
  };
}

/** https://dev.mysql.com/doc/refman/8.4/en/innodb-auto-increment-handling.html */
function isFirstOfKey(column: string, constraints: readonly Constraint[], indexes: readonly Index[]): boolean {
  const keys = constraints.flatMap((each) =>
    each.kind === 'primaryKey' || each.kind === 'unique' || each.kind === 'foreignKey' ? [each.columns] : [],
  );
  return [...keys, ...indexes.map((index) => index.columns)].some(
    ([first]) => first !== undefined && isSame(first, column),
  );
}

function isSame(one: string, other: string): boolean {
  return one.toLowerCase() === other.toLowerCase();
}
