import { lockedTables, type TableLock } from '../src/operations/facts/locked-tables.ts';
import type { Migration } from '../src/operations/migration.ts';
import type { Operation } from '../src/operations/operation.ts';
import { code, type Context, type Rule } from '../src/rule.ts';
import { tableOf } from './advice/describe.ts';
import { lockLimits } from './advice/lock-limit.ts';
import { oldTables } from './advice/old-tables.ts';

/** A strong lock is asked for on a busy table, and nothing says how long to wait for it. */
export const missingLockTimeout: Rule = {
  id: 'missing-lock-timeout',
  title: 'A lock on a busy table without a limit to the wait',
  severity: 'warning',
  concerns: 'locks',
  check: {
    migration: (migration, context) => {
      const limit = lockLimits[migration.database];
      if (!limit) return [];
      const waiting = (each: Operation, index: number) =>
        busyLock(each, migration, context) !== undefined && !isShort(waitOf(index, migration));
      const at = migration.up.findIndex(waiting);
      const holder = migration.up[at];
      const locked = holder && busyLock(holder, migration, context);
      if (!holder || !locked) return [];
      const wait = waitOf(at, migration);
      const { table, lock } = locked;
      const own = tableOf(holder) ?? table;
      const what = own === table ? 'This' : `For a foreign key of ${code(own)} this`;
      return [
        {
          span: holder.span,
          ...(wait ? {} : { insertion: { words: limit.words, at: 'line before' as const } }),
          message: `${what} waits for ${lock} on ${code(table)}, which is configured as ${context.sizeOf(table)}, ${wait ? `for up to ${wait / 1000} seconds where a query or open transaction holds it up, and everyone who comes later waits behind it all that time` : `for as long as one query or open transaction holds it up, and everyone who comes later waits behind it, unless ${limit.unless}`}.`,
          advice: `${code(limit.words)} ${wait ? 'instead' : 'before it'}, and a deploy that tries again when it fails (${limit.error}): a short wait that fails does no harm, a long one is an outage.`,
        },
      ];
    },
  },
};

/** The limit that counts at a statement, in milliseconds: 0 where there is none, also by a RESET, undefined where it cannot be read. */
function waitOf(index: number, { up }: Migration): number | undefined {
  const limit = up.slice(0, index).findLast(setsLimit);
  return limit?.kind === 'setTimeout' && !limit.reset ? limit.milliseconds : 0;
}

function setsLimit(each: Operation): boolean {
  if (each.kind === 'setSession') return each.setting === 'all';
  return each.kind === 'setTimeout' && each.timeout === 'lock';
}

/** Whoever queues behind a longer wait calls it an outage; strong_migrations draws the line there as well: https://github.com/ankane/strong_migrations/blob/master/lib/strong_migrations.rb */
const longest = 10_000;

function isShort(wait: number | undefined): boolean {
  return wait === undefined || (wait > 0 && wait <= longest);
}

/** The lock that an operation takes on a busy table. */
function busyLock(operation: Operation, migration: Migration, context: Context): TableLock | undefined {
  const isOld = oldTables(migration, context);
  return lockedTables(operation, context.schema, migration.database).find(({ table }) => {
    const size = context.sizeOf(table);
    return (size === 'large' || size === 'hot') && isOld(table);
  });
}
