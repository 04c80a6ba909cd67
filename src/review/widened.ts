/** Columns that only get more room, and keys that are said anew: rows stay as they are, and the release that runs writes what it always wrote. */
import { kinOf } from '../frontends/kin-of.ts';
import { isLongerText, keepsValues } from '../operations/facts/kept-values.ts';
import type { DataType } from '../operations/column.ts';
import { typeChange } from '../operations/facts/type-change.ts';
import type { Migration } from '../operations/migration.ts';
import { isNullEverywhere } from '../operations/null-everywhere.ts';
import { isData } from '../operations/operation-questions.ts';
import type { Operation, OperationOf } from '../operations/operation.ts';
import { findKeyBefore } from '../operations/said-anew.ts';
import { emptySchema, findColumn, type Schema } from '../operations/schema.ts';
import { typeBefore } from '../operations/type-before.ts';

/** What a change begins with, and all that it does. */
export type Beginning = { schemas: ReadonlyMap<string, Schema>; all: readonly Operation[] };

/** True where what was before the change is known, and what comes takes its rows as they are, and what the running release writes. */
export function isWidened(operation: Operation, migration: Migration, { schemas, all }: Beginning): boolean {
  if (asksNothing(operation, migration, all)) return true;
  if (operation.kind === 'addConstraint') return isSaidAnew(operation, migration, schemas);
  const change = typeChangeOf(operation, migration, schemas);
  if (!change) return false;
  const { database, databaseVersion } = migration;
  return (
    typeChange(change.old, change.type, database, databaseVersion).kind === 'free' ||
    isLongerText(change.old, change.type, database)
  );
}

/** True where no row that is there can stand in the way; the running release may still read another type than it knows. */
export function takesEveryRow(operation: Operation, migration: Migration, beginning: Beginning): boolean {
  if (isWidened(operation, migration, beginning)) return true;
  const change = typeChangeOf(operation, migration, beginning.schemas);
  return change !== undefined && keepsValues(change.old, change.type, migration.database);
}

/** Of a column that comes with the change and is NULL in every row, also in those that the running release writes. */
function asksNothing(operation: Operation, migration: Migration, all: readonly Operation[]): boolean {
  const { database } = migration;
  switch (operation.kind) {
    case 'addConstraint': {
      const { constraint } = operation;
      if (constraint.kind !== 'foreignKey' && (constraint.kind !== 'unique' || database === 'sqlserver')) return false;
      return isNullEverywhere(operation.table, constraint.columns, all);
    }
    case 'validateConstraint': {
      const added = all.find((each) => each.kind === 'addConstraint' && each.constraint.name === operation.name);
      return added?.kind === 'addConstraint' && added.table === operation.table && asksNothing(added, migration, all);
    }
    case 'createIndex': {
      const { columns, definition } = operation.index;
      // To SQL Server NULL is a value like any other, and PostgreSQL can be told so.
      return database !== 'sqlserver' && definition === undefined && isNullEverywhere(operation.table, columns, all);
    }
    default:
      return false;
  }
}

/** The types of a column before and after, where both are known and nothing is required besides. */
function typeChangeOf(
  operation: Operation,
  migration: Migration,
  schemasBefore: ReadonlyMap<string, Schema>,
): { old: DataType; type: DataType } | undefined {
  if (operation.kind !== 'alterColumn' || !operation.type) return undefined;
  const schema = schemasBefore.get(kinOf(migration.path)) ?? emptySchema();
  const isNullable = findColumn(schema, operation.table, operation.column)?.nullable ?? true;
  const old = typeBefore(operation, schema, migration);
  if (!old || (operation.nullable ?? isNullable) !== isNullable) return undefined;
  return { old, type: operation.type };
}

/** A foreign key that rows obeyed already, and no rows are written here. */
function isSaidAnew(
  { table, constraint }: OperationOf<'addConstraint'>,
  { path, up }: Migration,
  schemasBefore: ReadonlyMap<string, Schema>,
): boolean {
  const schema = schemasBefore.get(kinOf(path));
  if (!schema || constraint.kind !== 'foreignKey' || up.some(isData)) return false;
  return findKeyBefore(schema, table, constraint) !== undefined;
}
