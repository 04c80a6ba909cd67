/** Whether a table that is dropped was ever made, or only its place is cleared. */
import type { Name } from '../../src/operations/name.ts';
import type { Operation, OperationOf } from '../../src/operations/operation.ts';
import type { Context } from '../../src/rule.ts';

/** The history was read, and nothing in it makes a table of that name: it is dropped in case that it is there. */
export function isNotMade(table: Name, { schema, after }: Context): boolean {
  if (schema.unread || schema.tables.has(table)) return false;
  return schema.tables.size > 0 || isMadeAgain(table, after);
}

/**
 * Nothing goes: the place of a new table is cleared, and no migration of a history that is known has ever filled it.
 * `force:` of Rails does that without saying so, wherever the migration is copied to.
 */
export function isCleared(operation: OperationOf<'dropTable'>, { schema, after }: Context): boolean {
  const { table } = operation;
  if (schema.tables.has(table)) return false;
  // Its place is that of the session.
  if (after.some((each) => makes(each, table) && each.temporary)) return true;
  if (schema.unread || schema.tables.size === 0) return false;
  return after.some((each) => makes(each, table) && !beginsWith(each, operation));
}

/** True where one of the operations makes a table of that name. */
export function isMadeAgain(table: Name, operations: Context['after']): boolean {
  return operations.some((each) => makes(each, table));
}

/** One call stands for both; its block belongs to the table that it makes. */
function beginsWith({ span: one }: Operation, { span: other }: Operation): boolean {
  return one.path === other.path && one.startLine === other.startLine && one.startColumn === other.startColumn;
}

function makes(operation: Operation, table: Name): operation is Operation & OperationOf<'createTable'> {
  return operation.kind === 'createTable' && operation.table === table;
}
