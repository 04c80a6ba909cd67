/** Which rule speaks where several see one cause: each function is asked by the rule that stays silent. */
import type { Column } from '../../src/operations/column.ts';
import type { Operation, OperationOf } from '../../src/operations/operation.ts';
import { findColumn } from '../../src/operations/schema.ts';
import { ask, type Context } from '../../src/rule.ts';
import { backfillRacedByWriters } from '../backfill-raced-by-writers.ts';
import { foreignKeyOnPartitions } from '../foreign-key-on-partitions.ts';
import { foreignKeyType } from '../foreign-key-type.ts';
import { copiedWhileWritten } from '../copied-while-written.ts';
import { forgottenColumnAttribute } from '../forgotten-column-attribute.ts';
import { indexNameTaken } from '../index-name-taken.ts';
import { neededByConstraint } from '../needed-by-constraint.ts';
import { rowByRowBackfill } from '../row-by-row-backfill.ts';
import { publishedWithoutKey } from '../published-without-key.ts';
import { refusedByTableKind } from '../refused-by-table-kind.ts';
import { refusedCast } from '../refused-cast.ts';
import { refusedIdentity } from '../refused-identity.ts';
import { mixedSchemaAndData } from '../mixed-schema-and-data.ts';
import { findRefusedKey, isAssumed } from './mysql-keys.ts';
import { findImpossibleKey } from './impossible-key.ts';
import { findScatteredKey } from './scattered-key.ts';
import { changesOf, isMysql } from './online-change.ts';
import { findPartedColumn } from './parted-columns.ts';
import { findRecreated } from './recreated-column.ts';
import { findRefusal } from './online-clause.ts';

/** `unique-column-with-default` speaks: the column is unique and every row would get a value from the database, other than a number of its own. */
export function isUniqueWithDefault(column: Column): boolean {
  return column.default !== undefined && !column.generated && isUnique(column);
}

/** `unique-column-with-default` speaks: MySQL gives every row of a required column without a default the same '' or 0. */
export function isUniqueWithImplicitDefault(column: Column, context: Context): boolean {
  if (!isMysql(context.migration.database)) return false;
  return !column.nullable && column.default === undefined && !column.generated && isUnique(column);
}

/** `required-column-without-default` speaks: the statement fails before anything else costs. */
export function isRequiredWithoutDefault(column: Column): boolean {
  return !column.nullable && column.default === undefined && column.generated === undefined;
}

/** `column-type-change` speaks: the column is said anew, and what it was is not known. */
export function isRestatedUnknown(operation: OperationOf<'alterColumn'>, context: Context): boolean {
  const known = findColumn(context.schema, operation.table, operation.column);
  return operation.restated === true && operation.type !== undefined && !known;
}

/** `changed-enum-values` speaks: only the list of values is another. */
export function isValuesChange(operation: OperationOf<'alterColumn'>, context: Context): boolean {
  const old = findColumn(context.schema, operation.table, operation.column)?.type?.name;
  return isMysql(context.migration.database) && (old === 'enum' || old === 'set') && operation.type?.name === old;
}

/** `invalid-online-clause` speaks: the server refuses the statement, and nothing of it is done. */
export function isRefused(operation: Operation, context: Context): boolean {
  const { database, databaseVersion } = context.migration;
  if (!operation.online || !isMysql(database)) return false;
  return findRefusal(operation.online, changesOf(operation, context), database, databaseVersion) !== undefined;
}

/** `foreign-key-type` speaks: the server refuses the key, and checks no row. */
export function isMistypedKey(operation: OperationOf<'addConstraint'>, context: Context): boolean {
  const found = ask(foreignKeyType, operation, context);
  return found !== undefined && found.severity === undefined;
}

/** `forgotten-column-attribute` speaks: what the column loses is left out by a statement about something else. */
export function isForgotten(operation: OperationOf<'alterColumn'>, context: Context): boolean {
  return ask(forgottenColumnAttribute, operation, context) !== undefined;
}

/** `drop-column` speaks: the tool drops the column and makes it anew. */
export function isRecreated(operation: Operation & OperationOf<'alterColumn'>, context: Context): boolean {
  return findRecreated(operation, context) !== undefined;
}

/** `needed-by-constraint` speaks: the server refuses the change, and writes no row. */
export function isHeld(operation: OperationOf<'alterColumn'>, context: Context): boolean {
  const found = ask(neededByConstraint, operation, context);
  return isMysql(context.migration.database) ? found !== undefined : found?.severity === 'error';
}

/** `index-name-taken` speaks: the server refuses the statement, and reads no row. */
export function hasTakenName(operation: Operation & OperationOf<'addConstraint'>, context: Context): boolean {
  return ask(indexNameTaken, operation, context) !== undefined;
}

/** `needed-by-constraint` speaks: the server refuses to drop the key. */
export function isKeyHeld(operation: Operation & OperationOf<'dropConstraint'>, context: Context): boolean {
  const found = ask(neededByConstraint, operation, context);
  return found !== undefined && found.severity !== 'warning';
}

/** `needed-by-constraint` speaks: the server refuses it, as the column is that of a parent, or the one that parts it. */
export function isParted(operation: Operation & OperationOf<'dropColumn' | 'renameColumn'>, context: Context): boolean {
  return context.migration.database === 'postgres' && findPartedColumn(operation, context) !== undefined;
}

/** `foreign-key-on-partitions` speaks: the server refuses the statement. */
export function isRefusedOnPartitions(operation: Operation, context: Context): boolean {
  const isAsked = operation.kind === 'addConstraint' || operation.kind === 'alterPartition';
  return isAsked && ask(foreignKeyOnPartitions, operation, context) !== undefined;
}

/** `refused-identity` speaks: the server refuses the statement, and no number is given out. */
export function isIdentityRefused(operation: Operation, context: Context): boolean {
  return ask(refusedIdentity, operation, context) !== undefined;
}

/** `copied-while-written` speaks: the copy itself is not safe, however its rows are read. */
export function isCopiedWhileWritten(operation: OperationOf<'createTable' | 'insertRows'>, context: Context): boolean {
  return ask(copiedWhileWritten, operation, context) !== undefined;
}

/** `refused-cast` speaks: the server refuses the change, and writes no row. */
export function isUncast(operation: Operation & OperationOf<'alterColumn'>, context: Context): boolean {
  return ask(refusedCast, operation, context) !== undefined;
}

/** `key-too-long`, `key-without-partition-key` or `impossible-key` speaks: the server refuses the statement, since a key of it has no place, says too little or is not for its columns. */
export function hasRefusedKey(operation: Operation, context: Context): boolean {
  if (findScatteredKey(operation, context) || findImpossibleKey(operation, context)) return true;
  const refused = findRefusedKey(operation, context);
  return refused !== undefined && !isAssumed(refused);
}

/** `rename-column` speaks: CHANGE says the type anew with the new name. */
export function isRestatedByRename(operation: Operation & OperationOf<'alterColumn'>, context: Context): boolean {
  const renamed = context.before.some(
    (each) =>
      each.kind === 'renameColumn' &&
      each.statement === operation.statement &&
      each.table === operation.table &&
      each.to === operation.column,
  );
  return renamed && isRestatedUnknown(operation, context);
}

/** `mixed-schema-and-data` speaks: the rows are written in the same migration that changes their table. */
export function isBackfillOfNewColumns(operation: OperationOf<'updateRows'>, before: readonly Operation[]): boolean {
  const added = before.flatMap((each) =>
    each.kind === 'addColumn' && each.table === operation.table ? [each.column.name] : [],
  );
  return operation.columns.length > 0 && operation.columns.every((column) => added.includes(column));
}

/** `mixed-schema-and-data` speaks: rows are written under the locks of a schema statement. */
export function isMixed(context: Context): boolean {
  return (mixedSchemaAndData.check.migration?.(context.migration, context) ?? []).length > 0;
}

/** `refused-by-table-kind` speaks: the table takes no such statement, and nothing of it is done. */
export function isRefusedByKind(
  operation: Operation & OperationOf<'createIndex' | 'truncateTable' | 'addColumn'>,
  context: Context,
): boolean {
  return ask(refusedByTableKind, operation, context)?.severity === 'error';
}

/** `row-by-row-backfill` speaks: one transaction holds all that the loop writes, and what ends it is told there. */
export function isHeldLoop(context: Context): boolean {
  return (rowByRowBackfill.check.migration?.(context.migration, context) ?? []).length > 0;
}

/** `backfill-raced-by-writers` speaks of a column that comes with the change, names the lock too, and prints the whole road. */
export function isRaced(operation: Operation, context: Context): boolean {
  const found = ask(backfillRacedByWriters, operation, context);
  return found !== undefined && found.severity === undefined;
}

/** `published-without-key` speaks: with the key goes what every UPDATE and DELETE of the table needs. */
export function isIdentityLost(operation: Operation, context: Context): boolean {
  return ask(publishedWithoutKey, operation, context) !== undefined;
}

/** `whole-row-saved-back` speaks. Of the frameworks that are read, Django alone writes back what was not changed. */
export function isWholeRow({ columns, looped }: OperationOf<'updateRows'>, { migration }: Context): boolean {
  return migration.framework === 'django' && looped === true && columns.length === 0;
}

function isUnique(column: Column): boolean {
  return column.constraints.some((constraint) => constraint.kind === 'unique' || constraint.kind === 'primaryKey');
}
