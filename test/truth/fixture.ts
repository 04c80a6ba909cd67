/** What stands in the database before a page's section runs: the tables, indexes and types that its operations need and do not make. */
import type { Constraint, Expression, Index } from '../../src/operations/column.ts';
import type { Operation, OperationOf } from '../../src/operations/operation.ts';

/** The statements that make it, with two rows in every table. */
export function fixtureFor(operations: readonly Operation[]): string[] {
  const need: Need = { tables: new Map(), made: new Set(), added: new Set(), partitioned: new Set(), extra: [] };
  for (const operation of operations) note(operation, need);
  const functions = new Set(operations.flatMap(expressionsOf).flatMap((each) => each.functions));
  return [
    ...[...functions].filter((name) => name in ownFunctions).map((name) => ownFunctions[name] ?? ''),
    ...[...need.tables].flatMap(([table, columns]) =>
      need.partitioned.has(table) ? createPartitioned(table, columns) : createTable(table, columns, operations),
    ),
    ...need.extra.map((make) => make(need)),
  ];
}

type Need = {
  tables: Map<string, Set<string>>;
  made: Set<string>;
  /** `table.column` of columns that the section adds by itself. */
  added: Set<string>;
  partitioned: Set<string>;
  extra: ((need: Need) => string)[];
};

/** Types of columns whose name alone does not make them text. */
const types: Record<string, string> = {
  id: 'bigint',
  total: 'integer',
  net: 'numeric',
  room: 'integer',
  during: 'tsrange',
  active: 'boolean',
  expired: 'boolean',
  weight: 'integer',
  expires_at: 'timestamptz',
  day: 'date',
  created_at: 'timestamptz',
  paid_at: 'timestamp',
};

/** Columns that stand in a WHERE only, which operations do not name. */
const unnamed: Record<string, string[]> = {
  coupons: ['expired'],
  users: ['locale'],
  sessions: ['expires_at'],
  settings: ['name'],
};

/** Functions of the project's own. */
const ownFunctions: Record<string, string> = {
  next_code: `CREATE FUNCTION next_code() RETURNS text LANGUAGE sql VOLATILE AS 'SELECT random()::text'`,
};

function note(operation: Operation, need: Need): void {
  switch (operation.kind) {
    case 'createTable':
      need.made.add(operation.table);
      if (operation.table.includes('.') && !need.made.has(schemaOf(operation.table)))
        need.extra.push(() => `CREATE SCHEMA IF NOT EXISTS ${schemaOf(operation.table)}`);
      if (operation.partitionOf !== undefined) requirePartitioned(operation.partitionOf, need);
      for (const each of [...operation.constraints, ...operation.columns.flatMap((column) => column.constraints)])
        requireParent(each, need);
      return;
    case 'renameTable':
      requireTable(operation.table, [], need);
      need.made.add(operation.to);
      if (operation.to.includes('.')) need.extra.push(() => `CREATE SCHEMA IF NOT EXISTS ${schemaOf(operation.to)}`);
      return;
    case 'addColumn':
      requireTable(operation.table, operation.column.generated === 'stored' ? ['net'] : [], need);
      need.added.add(`${operation.table}.${operation.column.name}`);
      for (const each of operation.column.constraints) requireParent(each, need);
      return;
    case 'dropColumn':
    case 'alterColumn':
      requireTable(operation.table, [operation.column], need);
      return;
    case 'renameColumn':
      requireTable(operation.table, [operation.column], need);
      need.added.add(`${operation.table}.${operation.to}`);
      return;
    case 'addConstraint':
      need.made.add(`${operation.table} constraint ${operation.constraint.name}`);
      requireTable(operation.table, columnsOf(operation.constraint), need);
      requireParent(operation.constraint, need);
      if ('usingIndex' in operation.constraint && operation.constraint.usingIndex !== undefined)
        requireIndex(operation.constraint.usingIndex, need);
      return;
    case 'validateConstraint':
    case 'dropConstraint':
      requireConstraint(operation.table, operation.name, need);
      return;
    case 'createIndex':
      requireTable(operation.table, columnsOfIndex(operation.index), need);
      need.made.add(operation.index.name ?? '');
      return;
    case 'dropIndex':
    case 'rebuildIndex':
      if (operation.name !== undefined) requireIndex(operation.name, need);
      else if (operation.table !== undefined) requireTable(operation.table, [], need);
      return;
    case 'updateRows':
      requireTable(operation.table, [...operation.columns, ...(unnamed[operation.table] ?? [])], need);
      return;
    case 'deleteRows':
      requireTable(operation.table, unnamed[operation.table] ?? [], need);
      return;
    case 'alterPartition':
      notePartition(operation, need);
      return;
    case 'createObject':
      need.made.add(operation.name);
      break;
    case 'dropSchema':
      if (!need.made.has(operation.schema)) need.extra.push(() => `CREATE SCHEMA IF NOT EXISTS ${operation.schema}`);
      return;
  }
  if ('table' in operation && operation.table !== undefined) requireTable(operation.table, [], need);
}

function requireTable(table: string, columns: readonly string[], need: Need): void {
  if (need.made.has(table)) return;
  const known = need.tables.get(table) ?? new Set(['id']);
  need.tables.set(table, known);
  for (const column of columns) if (!need.added.has(`${table}.${column}`)) known.add(column);
}

function requirePartitioned(table: string, need: Need): void {
  requireTable(table, ['day'], need);
  need.partitioned.add(table);
}

/** Partitions are years; what is attached is a table of the same shape. */
function notePartition({ table, action, partition = '' }: OperationOf<'alterPartition'>, need: Need): void {
  requirePartitioned(table, need);
  if (need.made.has(partition)) return;
  const bounds = "FOR VALUES FROM ('2025-01-01') TO ('2026-01-01')";
  const make = action === 'detach' ? `PARTITION OF ${table} ${bounds}` : `(LIKE ${table} INCLUDING ALL)`;
  need.extra.push(() => `CREATE TABLE ${partition} ${make}`);
}

function requireParent(constraint: Constraint, need: Need): void {
  if (constraint.kind === 'foreignKey') requireTable(constraint.references.table, constraint.references.columns, need);
}

/** Pages call an index `table_column`, without `_id`, and that of a primary key `table_pkey`. */
function requireIndex(name: string, need: Need): void {
  if (need.made.has(name)) return;
  const [table = '', ...rest] = name.split('_');
  const named = rest.join('_');
  const column = named === 'pkey' ? 'id' : named === 'user' ? 'user_id' : named;
  requireTable(table, [column], need);
  if (need.made.has(table)) return;
  need.made.add(name);
  need.extra.push(() => `CREATE UNIQUE INDEX IF NOT EXISTS ${name} ON ${table} (${column})`);
}

function requireConstraint(table: string, name: string | undefined, need: Need): void {
  if (need.made.has(table)) return;
  requireTable(table, [], need);
  const key = `${table} constraint ${name}`;
  if (need.made.has(key)) return;
  need.made.add(key);
  need.extra.push(() => `ALTER TABLE ${table} ADD CONSTRAINT ${name} CHECK (id IS NOT NULL) NOT VALID`);
}

function columnsOf(constraint: Constraint): readonly string[] {
  return constraint.kind === 'check' ? constraint.expression.columns : constraint.columns;
}

function columnsOfIndex(index: Index): string[] {
  return [...index.columns.filter((column) => !column.startsWith('(')), ...(index.where?.columns ?? [])];
}

function expressionsOf(operation: Operation): Expression[] {
  if (operation.kind === 'addColumn') return operation.column.default ? [operation.column.default] : [];
  const isSet = operation.kind === 'alterColumn' && operation.default !== undefined && operation.default !== 'none';
  return isSet && typeof operation.default === 'object' ? [operation.default] : [];
}

function createTable(table: string, columns: Set<string>, operations: readonly Operation[]): string[] {
  const getsKey = operations.some(
    (each) =>
      (each.kind === 'addConstraint' && each.table === table && each.constraint.kind === 'primaryKey') ||
      (each.kind === 'createIndex' && each.index.name === `${table}_pkey`),
  );
  const isUnlogged = operations.some((each) => each.kind === 'rebuildTable' && each.how === 'SET LOGGED');
  const names = [...columns];
  const list = names.map(
    (name) => `${name} ${typeOf(name)}${name === 'id' ? (getsKey ? ' NOT NULL' : ' PRIMARY KEY') : ''}`,
  );
  const row = (number: number) => `(${names.map((name) => valueOf(typeOf(name), number)).join(', ')})`;
  return [
    ...(table.includes('.') ? [`CREATE SCHEMA IF NOT EXISTS ${schemaOf(table)}`] : []),
    `CREATE ${isUnlogged ? 'UNLOGGED ' : ''}TABLE ${table} (${list.join(', ')})`,
    `INSERT INTO ${table} (${names.join(', ')}) VALUES ${row(1)}, ${row(2)}`,
  ];
}

function createPartitioned(table: string, columns: Set<string>): string[] {
  const list = [...columns].map((name) => `${name} ${typeOf(name)}`).join(', ');
  return [
    `CREATE TABLE ${table} (${list}) PARTITION BY RANGE (day)`,
    `CREATE TABLE ${table}_past PARTITION OF ${table} FOR VALUES FROM ('2020-01-01') TO ('2021-01-01')`,
    `INSERT INTO ${table} (id, day) VALUES (1, '2020-01-01'), (2, '2020-01-02')`,
  ];
}

function typeOf(column: string): string {
  return types[column] ?? (column.endsWith('_id') ? 'bigint' : 'text');
}

/** Distinct, so that nothing fails on duplicates by itself; a text is a number, so that it fits most types. */
function valueOf(type: string, number: number): string {
  if (type === 'boolean') return String(number === 1);
  if (type === 'tsrange') return `'[2026-01-0${number}, 2026-01-0${number + 1})'`;
  return type.startsWith('timestamp') ? `'2026-01-0${number}'` : type === 'text' ? `'${number}'` : String(number);
}

function schemaOf(name: string): string {
  return name.slice(0, name.indexOf('.'));
}
