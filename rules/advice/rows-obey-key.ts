/** Whether the rows that are there can break a new foreign key. */
import type { ForeignKey } from '../../src/operations/foreign-keys.ts';
import { isNullEverywhere } from '../../src/operations/null-everywhere.ts';
import { findKeyBefore } from '../../src/operations/said-anew.ts';
import { code, codes, type Context } from '../../src/rule.ts';
import type { KeyOperation } from './foreign-key-later.ts';
import { isMysql } from './online-change.ts';

/** A sentence with a space before it; empty where no row says anything. */
export function whetherItFails({ table, statement }: KeyOperation, key: ForeignKey, context: Context): string {
  if (isNullEverywhere(table, key.columns, context.before)) return '';
  const { schema, before, inTransaction, migration } = context;
  const was = findKeyBefore(schema, table, key);
  if (!was) return ' It fails if one row points nowhere.';
  const drop = before.findLast(
    (each) => each.kind === 'dropConstraint' && each.table === table && each.name === was.key.name,
  );
  // In a transaction of theirs nobody writes between the two: dropping it holds ACCESS EXCLUSIVE, or Sch-M, as long.
  const isOne = inTransaction === true && !isMysql(migration.database);
  const isHeld = drop !== undefined && (isOne || drop.statement === statement);
  if (was.isDropped && !isHeld)
    return ` The rows obeyed ${nameOf(was.key)}, which is dropped before it: it fails if one that is written in between points nowhere.`;
  return ` It does not fail: the rows ${was.isDropped ? 'obeyed' : 'obey'} ${nameOf(was.key)}, which says the same of them.`;
}

function nameOf({ name, columns }: ForeignKey): string {
  return name === undefined ? `the foreign key of ${codes(columns)}` : code(name);
}
