/** Indexes and constraints that a mapped class of SQLAlchemy declares and no revision makes. */
import type { MappedClass, MappedKey } from '../../src/operations/models.ts';
import type { Constraint, Index, Operation } from '../../src/operations/operation.ts';
import type { Table } from '../../src/operations/schema.ts';
import { code, type ChangeContext, type Found } from '../../src/rule.ts';
import type { Span } from '../../src/operations/operation.ts';
import { mappedIn } from '../../src/operations/mapped-questions.ts';
import { findTable } from '../../src/operations/model-questions.ts';
import { mayMakeAnything } from './unmigrated-columns.ts';

/** What the change declares anew for a table of which everything is known, said once for a class. */
export function findUnmigratedKeys(model: MappedClass, context: ChangeContext): (Found & { span: Span })[] {
  const keys = unmigratedKeys(model, context);
  const [first] = keys;
  if (!first || model.table === undefined) return [];
  const table = code(model.table);
  return [
    {
      span: first.span,
      severity: 'warning',
      message: `${code(model.name)} declares ${keys.map(inWords).join(', ')}, and no revision makes ${keys.length === 1 ? 'it' : 'them'} on ${table}. ${whatFollows(first)} A database that is made from the models, as in tests, has ${keys.length === 1 ? 'it' : 'them'}.`,
      advice: `Put the revision into this change: ${code('alembic revision --autogenerate')} writes it${keys.some(({ kind }) => kind === 'check') ? ', but for checks, which it does not see' : ''}.`,
    },
  ];
}

function unmigratedKeys(model: MappedClass, { models, schemasBefore, migrations }: ChangeContext): MappedKey[] {
  const { table, keys = [] } = model;
  if (table === undefined || keys.length === 0) return [];
  const before = mappedIn(models.before).find((each) => each.framework === 'sqlalchemy' && each.table === table);
  const known = findTable(schemasBefore, [table]);
  if (!before || !known?.whole || schemasBefore.some(({ unread }) => unread)) return [];
  const operations = migrations.filter(({ status }) => status !== 'deleted').flatMap(({ up }) => up);
  if (operations.some(mayMakeAnything) || operations.some((each) => each.kind === 'renameTable')) return [];
  const made = madeOn(known, operations);
  const old = new Set(before.keys?.map(keyOf));
  return keys.filter((key) => !old.has(keyOf(key)) && !isMade(key, made));
}

type Made = { constraints: Constraint[]; indexes: Index[] };

function madeOn({ name, constraints, indexes }: Table, operations: readonly Operation[]): Made {
  const made: Made = { constraints: [...constraints], indexes: [...indexes] };
  for (const operation of operations) {
    if (!('table' in operation) || operation.table !== name) continue;
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
  const isOver = (each: readonly string[]) => each.join() === columns.join();
  const isKeyOver = (each: Constraint) =>
    (each.kind === 'unique' || each.kind === 'primaryKey') && (isOver(each.columns) || each.usingIndex !== undefined);
  if (kind === 'foreignKey') return constraints.some((each) => each.kind === 'foreignKey' && isOver(each.columns));
  if (kind === 'index') return indexes.some((each) => isOver(each.columns)) || constraints.some(isKeyOver);
  return indexes.some((each) => each.unique && isOver(each.columns)) || constraints.some(isKeyOver);
}

/** The same declaration may move from a column to `__table_args__`. */
function keyOf({ kind, name = '', columns }: MappedKey): string {
  return columns.length > 0 ? `${kind} ${columns.join()}` : `${kind} ${name}`;
}

function inWords({ kind, name, columns }: MappedKey): string {
  const what = { index: 'an index', unique: 'uniqueness', foreignKey: 'a foreign key', check: 'a check' }[kind];
  const over = columns.length > 0 ? ` of ${columns.map((each) => code(each)).join(', ')}` : '';
  return `${what}${over}${name === undefined ? '' : ` (${code(name)})`}`;
}

function whatFollows({ kind }: MappedKey): string {
  if (kind === 'index') return 'Queries that count on it read the whole table.';
  if (kind === 'unique') return 'Duplicates get in, and `ON CONFLICT` over these columns fails.';
  return kind === 'foreignKey' ? 'Rows without a parent get in.' : 'What it forbids gets in.';
}
