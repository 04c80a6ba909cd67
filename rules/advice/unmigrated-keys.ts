/** Indexes and constraints that a mapped class declares and no migration makes. */
import type { MappedClass, MappedKey } from '../../src/operations/models.ts';
import type { Constraint, Index } from '../../src/operations/column.ts';
import type { Operation } from '../../src/operations/operation.ts';
import type { Table } from '../../src/operations/table.ts';
import { code, codes, type ChangeContext, type Found } from '../../src/rule.ts';
import type { Span } from '../../src/operations/operation.ts';
import { type Mapper, putInMigration } from './mappers.ts';
import { areComparable, classesBefore, mayMakeAnything, schemasWith } from './unmigrated-columns.ts';

/** What the change declares anew for a table of which everything is known, said once for a class. */
export function findUnmigratedKeys(
  model: MappedClass,
  mapper: Mapper,
  context: ChangeContext,
): (Found & { span: Span })[] {
  const keys = unmigratedKeys(model, context);
  const [first] = keys;
  if (!first || model.table === undefined) return [];
  const table = code(model.table);
  return [
    {
      span: first.span,
      severity: 'warning',
      message: `${code(model.name)} declares ${keys.map(inWords).join(', ')}, and no ${mapper.migration} makes ${keys.length === 1 ? 'it' : 'them'} on ${table}. ${whatFollows(first)} A database that is made from the models, as in tests, has ${keys.length === 1 ? 'it' : 'them'}.`,
      advice: `${putInMigration(mapper, context, false)}${unseenChecks(model, keys)}`,
    },
  ];
}

/** https://alembic.sqlalchemy.org/en/latest/autogenerate.html#what-does-autogenerate-detect-and-what-does-it-not-detect */
function unseenChecks({ framework }: MappedClass, keys: readonly MappedKey[]): string {
  const isUnseen = framework === 'sqlalchemy' && keys.some(({ kind }) => kind === 'check');
  return isUnseen ? ' Neither it nor `alembic check` sees checks: write those by hand.' : '';
}

function unmigratedKeys(model: MappedClass, context: ChangeContext): MappedKey[] {
  const { table, keys = [] } = model;
  if (table === undefined || keys.length === 0) return [];
  const before = classesBefore(model, context);
  const schemas = schemasWith(table, context);
  const tables = schemas.flatMap((each) => each.tables.get(table) ?? []);
  const isKnown = before.length > 0 && areComparable(model, before, schemas) && tables.every(({ whole }) => whole);
  if (!isKnown || context.schemasBefore.some(({ unread }) => unread)) return [];
  const operations = context.migrations.filter(({ status }) => status !== 'deleted').flatMap(({ up }) => up);
  if (operations.some(mayMakeAnything) || operations.some((each) => each.kind === 'renameTable')) return [];
  const made = tables.map((each) => madeOn(each, operations));
  const old = new Set(before.flatMap((each) => each.keys ?? []).map(keyOf));
  return keys.filter((key) => !old.has(keyOf(key)) && !made.some((each) => isMade(key, each)));
}

type Made = { constraints: Constraint[]; indexes: Index[] };

function madeOn({ name, constraints, indexes }: Table, operations: readonly Operation[]): Made {
  const made: Made = { constraints: [...constraints], indexes: [...indexes] };
  for (const operation of operations) {
    if (!('table' in operation) || operation.table !== name) continue;
    // One that is edited may make the table with them.
    if (operation.kind === 'createTable') {
      made.indexes.push(...operation.indexes);
      made.constraints.push(...operation.constraints, ...operation.columns.flatMap((each) => each.constraints));
    }
    if (operation.kind === 'createIndex') made.indexes.push(operation.index);
    if (operation.kind === 'addConstraint') made.constraints.push(operation.constraint);
    if (operation.kind === 'addColumn') made.constraints.push(...operation.column.constraints);
  }
  return made;
}

function isMade({ kind, name, columns }: MappedKey, { constraints, indexes }: Made): boolean {
  const isNamed = (each: { name?: string }) => name !== undefined && each.name === name;
  if (constraints.some(isNamed) || indexes.some(isNamed)) return true;
  if (columns.length === 0) return false;
  const isOver = (each: readonly string[]) => bare(each) === bare(columns);
  const isKeyOver = (each: Constraint) =>
    (each.kind === 'unique' || each.kind === 'primaryKey') && (isOver(each.columns) || each.usingIndex !== undefined);
  if (kind === 'foreignKey') return constraints.some((each) => each.kind === 'foreignKey' && isOver(each.columns));
  if (kind === 'index') return indexes.some((each) => isOver(each.columns)) || constraints.some(isKeyOver);
  return indexes.some((each) => each.unique && isOver(each.columns)) || constraints.some(isKeyOver);
}

/** Names that a convention makes are the same with or without underscores. */
function bare(columns: readonly string[]): string {
  return columns.join().replaceAll('_', '').toLowerCase();
}

/** The same declaration may move from a column to `__table_args__`. */
function keyOf({ kind, name = '', columns }: MappedKey): string {
  return columns.length > 0 ? `${kind} ${columns.join()}` : `${kind} ${name}`;
}

function inWords({ kind, name, columns }: MappedKey): string {
  const what = { index: 'an index', unique: 'uniqueness', foreignKey: 'a foreign key', check: 'a check' }[kind];
  const over = columns.length > 0 ? ` of ${codes(columns)}` : '';
  return `${what}${over}${name === undefined ? '' : ` (${code(name)})`}`;
}

function whatFollows({ kind }: MappedKey): string {
  if (kind === 'index') return 'Queries that count on it read the whole table.';
  if (kind === 'unique') return 'Duplicates get in, and `ON CONFLICT` over these columns fails.';
  return kind === 'foreignKey' ? 'Rows without a parent get in.' : 'What it forbids gets in.';
}
