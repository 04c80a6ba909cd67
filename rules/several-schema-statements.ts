import type { Migration } from '../src/operations/migration.ts';
import { repeatedInHistory } from '../src/operations/history-table.ts';
import type { Name } from '../src/operations/name.ts';
import { isSchema } from '../src/operations/operation-questions.ts';
import type { Operation } from '../src/operations/operation.ts';
import { findKeyBefore } from '../src/operations/said-anew.ts';
import { code, someOf, type Context, type Found, type Rule } from '../src/rule.ts';
import { describeResult, tableOf } from './advice/describe.ts';
import { leavesOnlyNew } from './advice/half-done.ts';
import { adviseMending, adviseOneByOne, adviseWithHistory } from './advice/half-way.ts';
import { isMixed } from './advice/one-cause.ts';
import { isMysql } from './advice/online-change.ts';
import { oldTables } from './advice/old-tables.ts';
import { canFailOnRows, type IsOld } from './advice/stopped-by-rows.ts';
import { slowOnes } from './advice/slow-ones.ts';
import { errorOnRepeat, isRepeatable } from './advice/undo.ts';

/** Several schema statements of a database that commits after each: a failure leaves the migration half done. */
export const severalSchemaStatements: Rule = {
  id: 'several-schema-statements',
  title: 'Several schema statements that do not roll back together',
  concerns: 'process',
  severity: 'notice',
  check: {
    migration: (migration, context) => {
      if (!isMysql(migration.database) || isMixed(context)) return [];
      const isOld = oldTables(migration, context);
      const steps = migration.up.filter(isSchema);
      if (!steps.some((each) => isOld(tableOf(each)))) return [];
      const isKept = (each: Operation) => keepsKey(each, context);
      const found = findHalfway(migration, steps, { isOld, isKept }, longOnes(migration, context));
      return found ? [found] : [];
    },
  },
};

type Known = { isOld: IsOld; isKept: (operation: Operation) => boolean };

/**
 * What may be cut short: a lock that does not come, a limit, a restart. Where all that then stays is new, who mends it drops what is there, and no
 * release notices: that is told of tables that are known to be large or hot alone, where it is to be reckoned with.
 */
function longOnes(migration: Migration, context: Context): Set<Operation> {
  const slow = slowOnes(migration, context);
  if (!leavesOnlyNew(migration)) return slow;
  const isBusy = (table: Name | undefined) => table !== undefined && ['large', 'hot'].includes(context.sizeOf(table));
  return new Set([...slow].filter((each) => isBusy(tableOf(each))));
}

/** The rows obeyed the same foreign key before. */
function keepsKey(operation: Operation, { schema }: Context): boolean {
  if (operation.kind !== 'addConstraint' || operation.constraint.kind !== 'foreignKey') return false;
  return findKeyBefore(schema, operation.table, operation.constraint) !== undefined;
}

function findHalfway(
  migration: Migration,
  steps: readonly Operation[],
  { isOld, isKept }: Known,
  slow: ReadonlySet<Operation>,
): Found | undefined {
  const kept = steps.find((each) => !isRepeatable(each));
  const later = kept ? steps.filter(({ statement }) => statement > kept.statement) : [];
  const risky = later.find((each) => canFailOnRows(each, steps, isOld) && !isKept(each));
  // One call of a framework that sends several statements is its own affair until rows can stop it.
  // So is the history of a table, which changes with it.
  const histories = repeatedInHistory(steps);
  const own = steps.filter((each) => isOld(tableOf(each)) && !histories.has(each));
  const isWritten = writtenOnes(own) > 1;
  const failing = risky ?? (isWritten ? later.findLast((each) => slow.has(each)) : undefined);
  if (!kept || !failing) return undefined;
  const done = steps.filter((each) => each.statement < failing.statement && !isRepeatable(each));
  const again = errorOnRepeat(kept);
  return {
    severity: risky ? 'warning' : 'notice',
    span: failing.span,
    message: `Every schema statement commits by itself here: if statement ${failing.statement} of ${migration.statements}${target(failing)} fails${risky ? ', as it does on rows that do not fit' : ''}, this stays: ${someOf(done.map(describeResult))}. The migration does not count as done, and its next run stops at statement ${kept.statement}${again ? ` (${again})` : ''}.`,
    advice: `${histories.size > 0 && writtenOnes([...histories]) === writtenOnes(own) ? adviseWithHistory(isWritten) : adviseOneByOne(migration, steps)} ${adviseMending(done, failing)}`,
  };
}

/** How many the author wrote: what a framework sends for one call has one place, and a loop goes from table to table. */
function writtenOnes(steps: readonly Operation[]): number {
  const places = steps.map((each) => {
    const { startLine, startColumn, endLine, endColumn } = each.span;
    return [startLine, startColumn, endLine, endColumn, tableOf(each)].join();
  });
  return new Set(places).size;
}

function target(operation: Operation): string {
  const table = tableOf(operation);
  return table === undefined ? '' : ` (${code(table)})`;
}
