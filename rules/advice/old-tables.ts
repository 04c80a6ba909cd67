/** Which tables were there before a migration, for rules that look at it as a whole. */
import type { Migration } from '../../src/operations/migration.ts';
import type { Name } from '../../src/operations/name.ts';
import type { Context } from '../../src/rule.ts';

/** Tells whether a table was there before the change; what is not named may be anything, and counts as old. */
export function oldTables(migration: Migration, context: Context): (table: Name | undefined) => boolean {
  const fresh = new Set<Name>();
  for (const each of migration.up) {
    if (each.kind === 'createTable') fresh.add(each.table);
    if (each.kind === 'renameTable' && (fresh.has(each.table) || context.isNew(each.table))) fresh.add(each.to);
  }
  return (table) => table === undefined || !(fresh.has(table) || context.isNew(table));
}
