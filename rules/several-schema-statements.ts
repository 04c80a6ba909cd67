import type { Migration } from '../src/operations/migration.ts';
import { repeatedInHistory } from '../src/operations/history-table.ts';
import { isSchema, type Name, type Operation } from '../src/operations/operation.ts';
import { findKeyBefore } from '../src/operations/said-anew.ts';
import { code, type Context, type Found, type Rule } from '../src/rule.ts';
import { describeResult, tableOf } from './advice/describe.ts';
import { isMixed } from './advice/one-cause.ts';
import { isMysql } from './advice/online-change.ts';
import { oldTables } from './advice/old-tables.ts';
import { slowOnes } from './advice/slow-ones.ts';
import { errorOnRepeat, isRepeatable, undoSql } from './advice/undo.ts';

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
      const found = findHalfway(migration, steps, { isOld, isKept }, slowOnes(migration, context));
      return found ? [found] : [];
    },
  },
};

type IsOld = (table: Name | undefined) => boolean;
type Known = { isOld: IsOld; isKept: (operation: Operation) => boolean };

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
  const risky = later.find((each) => failsOnRows(each, steps, isOld) && !isKept(each));
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
    message: `Every schema statement commits by itself here: if statement ${failing.statement} of ${migration.statements}${target(failing)} fails${risky ? ', as it does on rows that do not fit' : ''}, this stays: ${some(done.map(describeResult))}. The migration does not count as done, and its next run stops at statement ${kept.statement}${again ? ` (${again})` : ''}.`,
    advice: `${histories.size > 0 && writtenOnes([...histories]) === writtenOnes(own) ? withHistory(own) : prevention(migration, steps)} ${recovery(done, failing)}`,
  };
}

/** `makemigrations` writes both into one file, and would write what is left out again. */
function withHistory(own: readonly Operation[]): string {
  const one = writtenOnes(own) > 1 ? 'One change of the model to a migration; the' : 'The';
  return `${one} change and that of the history stay together, as the tool writes them: try both on a copy first, where the history has at least as many rows.`;
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

/** What depends on the rows that are there: not on those of a new table, nor on a column that is still empty. */
function failsOnRows(operation: Operation, steps: readonly Operation[], isOld: IsOld): boolean {
  const table = tableOf(operation);
  if (!isOld(table)) return false;
  const isEmpty = (name: string) =>
    steps.some(
      (each) =>
        each.kind === 'addColumn' &&
        each.table === table &&
        each.column.name === name &&
        each.column.nullable &&
        !each.column.default,
    );
  if (operation.kind === 'createIndex') return operation.index.unique && !operation.index.columns.some(isEmpty);
  if (operation.kind === 'alterColumn') return operation.nullable === false && !isEmpty(operation.column);
  if (operation.kind !== 'addConstraint' || operation.constraint.kind === 'check')
    return operation.kind === 'addConstraint';
  return !operation.constraint.columns.some(isEmpty);
}

/** One ALTER TABLE is all or nothing: https://dev.mysql.com/doc/refman/8.4/en/atomic-ddl.html, https://mariadb.com/kb/en/atomic-ddl/ */
function prevention({ database }: Migration, steps: readonly Operation[]): string {
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

function recovery(done: readonly Operation[], failing: Operation): string {
  const undo = done.map(undoSql).toReversed();
  if (undo.every((each) => each !== undefined))
    return `After such a failure, take back what stands, and run it again: ${some(undo.map((each) => code(each, 300)))}.`;
  return `After such a failure, run what is left from statement ${failing.statement} on by hand, and mark the migration as done: what was there before cannot be brought back by a statement.`;
}

function some(words: readonly string[]): string {
  const rest = words.length - 5;
  return rest > 0 ? `${words.slice(0, 5).join(', ')} and ${rest} more` : words.join(', ');
}
