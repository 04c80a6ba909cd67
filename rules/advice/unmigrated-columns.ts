/** Columns that a mapped class of SQLAlchemy names and no revision makes. */
import type { MappedClass, MappedColumn } from '../../src/operations/models.ts';
import { isComputedName, type Operation } from '../../src/operations/operation.ts';
import type { ChangeContext } from '../../src/rule.ts';
import { mappedIn } from '../../src/operations/mapped-questions.ts';
import { findTable } from '../../src/operations/model-questions.ts';

/** The columns that the change adds to a class whose table is known, and that neither it nor the base branch makes. */
export function unmigratedColumns(model: MappedClass, context: ChangeContext): MappedColumn[] {
  const { models, schemasBefore, migrations } = context;
  const { table } = model;
  if (table === undefined) return [];
  const before = mappedIn(models.before).find((each) => each.framework === 'sqlalchemy' && each.table === table);
  const known = findTable(schemasBefore, [table]);
  if (!before || !known || known.columns.size === 0) return [];
  const operations = migrations.filter(({ status }) => status !== 'deleted').flatMap(({ up }) => up);
  if (operations.some(mayMakeAnything)) return [];
  const made = new Set([...known.columns.keys(), ...operations.flatMap((each) => columnsMade(each, table))]);
  const old = new Set(before.columns.map(({ column }) => column));
  const foreign = operations.some((each) => each.kind === 'renameTable' && (each.table === table || each.to === table));
  return foreign ? [] : model.columns.filter(({ column }) => !old.has(column) && !made.has(column));
}

/** True for an operation after which nothing is known for sure. */
export function mayMakeAnything(operation: Operation): boolean {
  if (operation.kind === 'opaque' || operation.kind === 'runCode') return true;
  return 'table' in operation && operation.table !== undefined && isComputedName(operation.table);
}

function columnsMade(operation: Operation, table: string): string[] {
  if (!('table' in operation) || operation.table !== table) return [];
  if (operation.kind === 'addColumn') return [operation.column.name];
  if (operation.kind === 'renameColumn') return [operation.to];
  return operation.kind === 'createTable' ? operation.columns.map(({ name }) => name) : [];
}
