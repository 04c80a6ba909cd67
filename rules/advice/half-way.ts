/** Schema statements of MySQL and MariaDB that commit one by one: what spares a failure between them, and what mends one. */
import type { Migration } from '../../src/operations/migration.ts';
import type { Operation } from '../../src/operations/operation.ts';
import { code, someOf } from '../../src/rule.ts';
import { tableOf } from './describe.ts';
import { undoSql } from './undo.ts';

/** What leaves nothing half done: one ALTER TABLE is all or nothing: https://dev.mysql.com/doc/refman/8.4/en/atomic-ddl.html, https://mariadb.com/kb/en/atomic-ddl/ */
export function adviseOneByOne({ database }: Migration, steps: readonly Operation[]): string {
  const tables = new Set(steps.map(tableOf));
  const [table] = tables;
  const isAlter = steps.every(({ kind }) => ofColumns.has(kind)) || steps.every(({ kind }) => ofKeys.has(kind));
  if (tables.size === 1 && table !== undefined && isAlter)
    return `Make it one ${code(`ALTER TABLE ${table}`)} with all the clauses, which is done whole or not at all.`;
  const guards =
    database === 'mariadb' ? ', or `IF NOT EXISTS` and `IF EXISTS` in each, so that it can be run again' : '';
  return `One statement to a migration${guards}.`;
}

/** Columns that come and go beside an index are no longer done at once, so that the two are not brought together. */
const ofColumns: ReadonlySet<Operation['kind']> = new Set(['addColumn', 'dropColumn', 'renameColumn']);
const ofKeys: ReadonlySet<Operation['kind']> = new Set(['addConstraint', 'dropConstraint', 'createIndex', 'dropIndex']);

/** How it is mended: what is taken back, or run by hand. */
export function adviseMending(done: readonly Operation[], failing: Operation): string {
  const undo = done.map(undoSql).toReversed();
  if (undo.every((each) => each !== undefined))
    return `After such a failure, take back what stands, and run it again: ${someOf(undo.map((each) => code(each, 300)))}.`;
  return `After such a failure, run what is left from statement ${failing.statement} on by hand, and mark the migration as done: what was there before cannot be brought back by a statement.`;
}

/** What to do with a change and that of its history table: `makemigrations` writes both into one file, and would write what is left out again. */
export function adviseWithHistory(areSeveral: boolean): string {
  const one = areSeveral ? 'One change of the model to a migration; the' : 'The';
  return `${one} change and that of the history stay together, as the tool writes them: try both on a copy first, where the history has at least as many rows.`;
}
