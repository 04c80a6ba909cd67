/** Columns that a class maps and no migration makes. */
import type { MappedClass, MappedColumn } from '../../src/operations/models.ts';
import { isComputedName, type Name } from '../../src/operations/name.ts';
import type { Operation } from '../../src/operations/operation.ts';
import type { Schema } from '../../src/operations/schema.ts';
import type { ChangeContext } from '../../src/rule.ts';
import { agrees, mappedIn, mayBeMappedBy } from '../../src/operations/mapped-questions.ts';

/** The columns that the change adds to a class whose table is known, and that neither it nor the base branch makes. */
export function unmigratedColumns(model: MappedClass, context: ChangeContext): MappedColumn[] {
  const { table } = model;
  if (table === undefined) return [];
  const before = classesBefore(model, context);
  const schemas = schemasWith(table, context);
  if (before.length === 0 || !areComparable(model, before, schemas)) return [];
  const operations = context.migrations.filter(({ status }) => status !== 'deleted').flatMap(({ up }) => up);
  if (operations.some(mayMakeAnything)) return [];
  const foreign = operations.some((each) => each.kind === 'renameTable' && (each.table === table || each.to === table));
  if (foreign) return [];
  const made = [...columnsIn(table, schemas), ...operations.flatMap((each) => columnsMade(each, table))];
  const old = new Set(before.flatMap(({ columns }) => columns.map(({ column }) => column)));
  return model.columns.filter((each) => !old.has(each.column) && !made.some((one) => mayBeMappedBy(each, one)));
}

/** The classes of its table on the base branch. */
export function classesBefore({ framework, table }: MappedClass, { models }: ChangeContext): MappedClass[] {
  return mappedIn(models.before).filter((each) => each.framework === framework && each.table === table);
}

/** The schemas that have a table of that name: those of several databases, or of one. */
export function schemasWith(table: Name, { schemasBefore }: ChangeContext): Schema[] {
  return schemasBefore.filter(({ tables }) => tables.has(table));
}

/**
 * True where the table is known as the classes on the base branch map it. Of Alembic's revisions that is enough; with the
 * mappers of JavaScript settings that stand elsewhere may name columns otherwise, so that all of them have to be there.
 */
export function areComparable(
  { framework, table = '' }: MappedClass,
  before: readonly MappedClass[],
  schemas: readonly Schema[],
): boolean {
  const actual = columnsIn(table, schemas);
  if (framework === 'sqlalchemy') return actual.length > 0;
  if (!schemas.some(({ tables }) => tables.get(table)?.whole) || schemas.some(mayHaveMore)) return false;
  return before.every((each) => agrees(each, actual));
}

/** Something could not be read, or is about a table that a program names. */
function mayHaveMore({ opaque, tables }: Schema): boolean {
  return opaque === true || [...tables.keys()].some(isComputedName);
}

function columnsIn(table: Name, schemas: readonly Schema[]): string[] {
  return schemas.flatMap(({ tables }) => [...(tables.get(table)?.columns.keys() ?? [])]);
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
