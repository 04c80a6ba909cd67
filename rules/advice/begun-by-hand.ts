/** A BEGIN of a migration's own that does harm. */
import { frameworkName } from '../../src/operations/facts/framework-name.ts';
import { endsTransaction, isSchemaOrData } from '../../src/operations/operation-questions.ts';
import type { Operation } from '../../src/operations/operation.ts';
import { code, type Context, type Found } from '../../src/rule.ts';
import { isOpen } from './own-transaction.ts';

/** What it does: it is refused, does nothing, is never committed, or keeps a part. */
export function findBegun(operation: Operation, context: Context): Found | undefined {
  return (
    findNested(context) ??
    findRepeated(operation, context) ??
    findLeftOpen(context) ??
    findCommittedInPart(operation, context)
  );
}

/** https://www.sqlite.org/lang_transaction.html: transactions do not nest. PostgreSQL only warns. */
function findNested({ migration }: Context): Found | undefined {
  if (migration.database !== 'sqlite' || migration.transaction !== 'wrapped') return undefined;
  return {
    message: `${code(migration.path)} is run in a transaction of ${frameworkName(migration.framework)}, and SQLite refuses to begin another inside it (cannot start a transaction within a transaction).`,
    advice: leaveToTool,
  };
}

/** Where the tool's own transaction is in the way of it. */
export const leaveToTool =
  'Leave BEGIN and COMMIT to the tool; where a statement must run outside its transaction, tell the tool so.';

/** https://www.postgresql.org/docs/current/sql-begin.html: a warning, and the state is not affected. What follows the first COMMIT is on its own. */
function findRepeated({ conditional }: Operation, { migration, before, after }: Context): Found | undefined {
  if (conditional || migration.database !== 'postgres' || !isOpen(before)) return undefined;
  const rest = after.slice((after.findIndex(endsTransaction) >>> 0) + 1);
  const next = rest.findIndex(({ kind }) => kind === 'begin');
  const isCut = rest.slice(0, next === -1 ? rest.length : next).some(isSchemaOrData);
  return {
    severity: isCut ? 'warning' : 'notice',
    message: `A transaction is open here, and PostgreSQL does not nest them: this does nothing but warn, and the first COMMIT ends ${isCut ? 'both: what stands below it is no part of either' : 'both'}.`,
    advice: 'One BEGIN and one COMMIT; `SAVEPOINT` for a part that may be taken back by itself.',
  };
}

/** The connection is closed, or given back, with the transaction open: the server rolls it back. */
function findLeftOpen({ migration, after }: Context): Found | undefined {
  const { database, transaction } = migration;
  if (database === 'mysql' || database === 'mariadb' || (transaction !== 'none' && transaction !== 'one-query'))
    return undefined;
  if (after.some((each) => endsTransaction(each) || each.kind === 'opaque')) return undefined;
  if (!after.some(isSchemaOrData)) return undefined;
  return {
    message: `The transaction that ${code(migration.path)} begins here is never committed: when the connection closes everything in it is taken back, and the migration counts as done.`,
    advice: 'Put `COMMIT;` behind the last statement that belongs to it.',
  };
}

/**
 * A statement that fails is taken back alone, and the batch goes on to its COMMIT, unless XACT_ABORT is on or a CATCH rolls back:
 * https://learn.microsoft.com/sql/t-sql/statements/set-xact-abort-transact-sql
 */
function findCommittedInPart(
  { batch, conditional }: Operation,
  { migration, before, after }: Context,
): Found | undefined {
  // A tool that has opened a transaction around it rolls back what it hears of.
  if (migration.database !== 'sqlserver' || migration.transaction === 'wrapped' || conditional) return undefined;
  const set = before.findLast((each) => each.kind === 'setSession' && each.setting === 'xact_abort');
  const all = [...before, ...after];
  if ((set?.kind === 'setSession' && set.value === 'on') || all.some(({ kind }) => kind === 'rollback'))
    return undefined;
  const end = after.findIndex(({ kind }) => kind === 'commit');
  const inside = after.slice(0, end >>> 0);
  const isOneBatch = end !== -1 && after[end]?.batch === batch;
  if (!isOneBatch || inside.filter(isSchemaOrData).length < 2 || inside.some(({ kind }) => kind === 'setSession'))
    return undefined;
  return {
    severity: 'warning',
    message: `Without \`XACT_ABORT\` a statement that fails on its rows is taken back alone: ${code(migration.path)} goes on to its COMMIT, and what stands around it stays.`,
    advice: '`SET XACT_ABORT ON;` above the BEGIN: then the first error takes all of it back.',
  };
}
