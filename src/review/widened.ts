/** Columns that only get more room, and keys that are said anew: rows stay as they are, and the release that runs writes what it always wrote. */
import { kinOf } from '../frontends/kin-of.ts';
import { typeChange } from '../operations/facts/type-change.ts';
import type { Migration } from '../operations/migration.ts';
import { isData } from '../operations/operation-questions.ts';
import type { Operation, OperationOf } from '../operations/operation.ts';
import { findKeyBefore } from '../operations/said-anew.ts';
import { findColumn, type Schema } from '../operations/schema.ts';

/** True where what was before the change is known, and what comes takes its rows as they are. */
export function isWidened(
  operation: Operation,
  migration: Migration,
  schemasBefore: ReadonlyMap<string, Schema>,
): boolean {
  if (operation.kind === 'addConstraint') return isSaidAnew(operation, migration, schemasBefore);
  if (operation.kind !== 'alterColumn' || !operation.type || operation.nullable !== undefined) return false;
  const schema = schemasBefore.get(kinOf(migration.path));
  const old = schema && findColumn(schema, operation.table, operation.column)?.type;
  const { database, databaseVersion } = migration;
  return old !== undefined && typeChange(old, operation.type, database, databaseVersion).kind === 'free';
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
