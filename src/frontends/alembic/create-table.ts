/** `op.create_table`, and the types and indexes that go with it. */
import type { Column, Constraint, Index } from '../../operations/column.ts';
import type { OperationOf } from '../../operations/operation.ts';
import { isComputed } from '../syntax/embedded-sql.ts';
import { makeCounting, readColumn, type ColumnReading } from './column.ts';
import { qualified, readConstraint, readIndex } from './constraint.ts';
import { readPartitionKey } from './read-fragment.ts';
import { emit, type Run } from './run.ts';
import type { EnumType } from './type.ts';
import { argumentOf, itemsOf, nameOfValue, pathOf, textOfValue, truthOf, type CallValue, type Value } from './value.ts';

/** Emits the table; its value is the table, as `op.create_table` gives it back. */
export function createTable(run: Run, call: CallValue): Value {
  const [first, ...items] = call.positional;
  const table = qualified(
    nameOfValue(first ?? argumentOf(call, undefined, 'table_name')),
    argumentOf(call, undefined, 'schema'),
  );
  const readings: ColumnReading[] = [];
  const constraints: Constraint[] = [];
  const indexes: Index[] = [];
  let unread = 0;
  for (const item of items) {
    const reading = readColumn(run, item, table, argumentOf(call, undefined, 'schema'));
    const constraint = item.kind === 'call' ? readConstraint(run, item) : undefined;
    const index = item.kind === 'call' ? readIndex(run, item) : undefined;
    if (reading) readings.push(reading);
    else if (constraint) constraints.push(constraint);
    else if (index) indexes.push(index);
    else if (!isMetadata(item)) unread++;
  }
  for (const { enumType } of readings) if (enumType) createEnum(run, call, enumType);
  count(run, readings, constraints, table);
  emit(run, call.node, {
    kind: 'createTable',
    table,
    ...keyed(readings, constraints),
    indexes: [],
    ...flags(run, call),
  });
  for (const index of [...indexes, ...readings.flatMap(({ index: own }) => own ?? [])])
    emit(run, call.node, { kind: 'createIndex', table, index });
  if (unread > 0)
    emit(run, call.node, { kind: 'opaque', reason: `${unread} parts of the table are put together elsewhere` });
  return call;
}

function isMetadata(item: Value): boolean {
  return item.kind === 'call' && /(^|\.)MetaData$/.test(pathOf(item.callee) ?? '');
}

/** Alembic creates the type of an enum with the table, not with a column that is added. */
function createEnum(run: Run, call: CallValue, type: EnumType): void {
  if (!type.isCreated || run.database !== 'postgres') return;
  const seen = run.operations.some((each) => each.kind === 'createType' && each.type === type.name);
  if (seen) return;
  emit(run, call.node, { kind: 'createType', type: type.name, ...(type.values ? { values: type.values } : {}) });
}

/** The one integer of a primary key counts by itself, unless it points to another table. */
function count(run: Run, readings: readonly ColumnReading[], constraints: readonly Constraint[], table: string): void {
  const key = constraints.find((constraint) => constraint.kind === 'primaryKey');
  const inline = readings.filter(({ column }) => column.constraints.some((each) => each.kind === 'primaryKey'));
  const names = key?.kind === 'primaryKey' ? key.columns : inline.map(({ column }) => column.name);
  if (names.length !== 1) return;
  const only = readings.find(({ column }) => column.name === names[0]);
  const isReference = constraints.some((each) => each.kind === 'foreignKey' && each.columns.includes(names[0] ?? ''));
  if (only?.counts === 'always' || (only?.counts && !isReference)) makeCounting(run, only.column, table);
}

/** A table has one primary key: the one that is written out, or that of all columns which say `primary_key=True`. */
function keyed(
  readings: readonly ColumnReading[],
  stated: readonly Constraint[],
): { columns: Column[]; constraints: Constraint[] } {
  const columns = readings.map(({ column }) => column);
  const keys = columns.filter((column) => column.constraints.some(isPrimaryKey));
  const isStated = stated.some(isPrimaryKey);
  const isOne = keys.length > 1 || isStated;
  const key: Constraint = { kind: 'primaryKey', columns: keys.map(({ name }) => name) };
  const constraints = isOne && !isStated ? [...stated, key] : [...stated];
  const others = (column: Column): Column =>
    isOne ? { ...column, constraints: column.constraints.filter((each) => !isPrimaryKey(each)) } : column;
  return { columns: columns.map((column) => notNullKey(others(column), constraints)), constraints };
}

function isPrimaryKey({ kind }: Constraint): boolean {
  return kind === 'primaryKey';
}

function notNullKey(column: Column, constraints: readonly Constraint[]): Column {
  const isKey = constraints.some((each) => each.kind === 'primaryKey' && each.columns.includes(column.name));
  return isKey ? { ...column, nullable: false } : column;
}

/** `mysql_charset`, `mysql_collate` and `mysql_row_format`, also with `mysql_default_` and under the name of MariaDB. */
function optionsOfMysql(run: Run, call: CallValue): { collation?: string; compressed?: true; compact?: true } {
  if (run.database !== 'mysql' && run.database !== 'mariadb') return {};
  const prefixes = ['mysql_', 'mysql_default_', 'mariadb_', 'mariadb_default_'];
  const given = (name: string): string | undefined =>
    textOfValue(argumentOf(call, undefined, ...prefixes.map((prefix) => `${prefix}${name}`)))?.toLowerCase();
  const format = given('row_format');
  const collation = given('collate') ?? given('charset') ?? given('character_set');
  return {
    ...(collation === undefined ? {} : { collation }),
    ...(format === 'compressed' ? { compressed: true } : {}),
    ...(format === 'compact' || format === 'redundant' ? { compact: true } : {}),
  };
}

function flags(run: Run, call: CallValue): Partial<Omit<OperationOf<'createTable'>, 'kind'>> {
  const prefixes = (itemsOf(argumentOf(call, undefined, 'prefixes')) ?? []).map((each) =>
    textOfValue(each)?.toUpperCase(),
  );
  return {
    ...(truthOf(argumentOf(call, undefined, 'if_not_exists')) === true ? { ifNotExists: true } : {}),
    ...(prefixes.includes('TEMPORARY') ? { temporary: true } : {}),
    ...(prefixes.includes('UNLOGGED') ? { unlogged: true } : {}),
    ...partitioning(argumentOf(call, undefined, 'postgresql_partition_by')),
    ...optionsOfMysql(run, call),
  };
}

/** `RANGE (made)`, as it stands behind PARTITION BY. */
function partitioning(given: Value | undefined): Pick<OperationOf<'createTable'>, 'partitioned' | 'partitionKey'> {
  if (!given) return {};
  const sql = textOfValue(given);
  const key = sql === undefined || isComputed(sql) ? undefined : readPartitionKey(sql);
  return { partitioned: true, ...(key ? { partitionKey: key } : {}) };
}
