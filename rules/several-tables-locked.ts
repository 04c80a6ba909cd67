import { writerLock } from '../src/operations/facts/locks.ts';
import type { Migration } from '../src/operations/migration.ts';
import type { Name } from '../src/operations/name.ts';
import type { Operation } from '../src/operations/operation.ts';
import { code, type Context, type Found, type Rule } from '../src/rule.ts';
import { tableOf } from './advice/describe.ts';
import { lockLimits } from './advice/lock-limit.ts';
import { oldTables } from './advice/old-tables.ts';
import { ownTransactions } from './advice/own-transaction.ts';

/** One transaction holds the lock of one table while it waits for that of another one. */
export const severalTablesLocked: Rule = {
  id: 'several-tables-locked',
  title: 'A lock is held while another table is waited for',
  severity: 'warning',
  concerns: 'locks',
  check: {
    migration: (migration, context) => {
      if (migration.database !== 'postgres') return [];
      const found = transactionsOf(migration).map((each) => find(each, migration, context));
      return found.flatMap((each) => each ?? []);
    },
  },
};

/** Operations that run in one transaction with others. */
function transactionsOf(migration: Migration): Operation[][] {
  const { transaction, statements, up } = migration;
  const begun = ownTransactions(migration);
  const isWrapped = transaction === 'wrapped' || (transaction === 'one-query' && statements > 1);
  const groups = new Map<Operation | undefined, Operation[]>();
  for (const each of up) {
    const begin = begun.get(each);
    if (begin || isWrapped) groups.set(begin, [...(groups.get(begin) ?? []), each]);
  }
  return [...groups.values()];
}

type Lock = { operation: Operation; table: Name; mode: string };

/** The first lock, and the first one of another table; one of the two tables has to be busy, or nobody is there to wait. */
function find(operations: readonly Operation[], migration: Migration, context: Context): Found | undefined {
  const locks = locksOf(operations, migration, context);
  const isBusy = ({ table }: Lock) => ['large', 'hot'].includes(context.sizeOf(table));
  const later = locks.find((each) => locks[0] && each.table !== locks[0].table && (isBusy(each) || isBusy(locks[0])));
  const [first] = locks;
  if (!first || !later) return undefined;
  const busy = isBusy(later) ? later : first;
  const isLimited = operations.some(
    (each) => each.kind === 'setTimeout' && each.timeout === 'lock' && each.milliseconds,
  );
  const whoever = first.mode === 'ACCESS EXCLUSIVE' ? 'whoever reads or writes' : 'whoever writes to';
  return {
    severity: isLimited ? 'notice' : 'warning',
    span: later.operation.span,
    message: `Statement ${first.operation.statement} takes ${first.mode} on ${code(first.table)}, and the transaction holds it while statement ${later.operation.statement} waits for ${later.mode} on ${code(later.table)}: ${whoever} ${code(first.table)} waits for both, and a transaction that holds ${code(later.table)} and goes on to ${code(first.table)} deadlocks with it: one of the two is cancelled. ${code(busy.table)} is configured as ${context.sizeOf(busy.table)}.`,
    advice: `One table to a migration, so that each lock is let go before the next one is asked for; and ${code(lockLimits.postgres?.words ?? '')} before each.`,
  };
}

/** Nobody waits for a table that goes. */
function locksOf(operations: readonly Operation[], migration: Migration, context: Context): Lock[] {
  const isOld = oldTables(migration, context);
  return operations.flatMap((operation) => {
    const table = tableOf(operation);
    const mode = writerLock(operation, migration.database);
    if (table === undefined || mode === undefined || !strong.has(mode)) return [];
    return operation.kind !== 'dropTable' && isOld(table) ? [{ operation, table, mode }] : [];
  });
}

/** An index build lets others read: https://www.postgresql.org/docs/current/explicit-locking.html#LOCKING-TABLES */
const strong: ReadonlySet<string> = new Set(['ACCESS EXCLUSIVE', 'SHARE ROW EXCLUSIVE']);
