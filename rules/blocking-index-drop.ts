import { writerLock } from '../src/operations/facts/locks.ts';
import type { Name } from '../src/operations/name.ts';
import { endsTransaction } from '../src/operations/operation-questions.ts';
import type { Operation } from '../src/operations/operation.ts';
import { findIndex } from '../src/operations/schema.ts';
import { code, type Context, type Rule } from '../src/rule.ts';
import type { Step } from '../src/writers/step.ts';
import { builtOutside } from './advice/built-outside.ts';
import { withConcurrently } from './advice/concurrent-index.ts';
import { tableOf } from './advice/describe.ts';
import { findClustered } from './advice/dropped-clustered-index.ts';
import { outsideFence } from './advice/fence.ts';
import { findConstraintOfIndex } from './advice/leaning-keys.ts';
import { findPartedIndex } from './advice/parted-index.ts';
import { costOf, lower } from './advice/severity.ts';

/** An index is dropped under a lock that lets nobody near its table. */
export const blockingIndexDrop: Rule = {
  id: 'blocking-index-drop',
  title: 'An index drop that waits for, and stops, everyone',
  severity: 'notice',
  concerns: 'locks',
  check: {
    dropIndex: (operation, context) => {
      const { migration } = context;
      if (migration.database === 'sqlserver') return findClustered(operation, operation.name, context);
      const known = findIndex(context.schema, operation.name);
      const table = operation.table ?? known?.table;
      if (migration.database !== 'postgres' || operation.concurrently) return undefined;
      // `needed-by-constraint` speaks.
      if (findPartedIndex(operation, context) || findConstraintOfIndex(operation, context)) return undefined;
      if (table !== undefined && (context.isNew(table) || isLockedAnyway(table, context))) return undefined;
      const was = known?.index ?? operation.was;
      const drop: Step = {
        kind: 'dropIndex',
        name: operation.name,
        ...(table !== undefined && { table }),
        ...(was && { was }),
        ...(operation.ifExists && { ifExists: true }),
        concurrently: true,
      };
      const target = table === undefined ? `the table of ${code(operation.name)}` : code(table);
      const cost = {
        // The drop itself is short: what costs is the wait for the queries before it, and the queue behind it.
        severity: lower(costOf(context, table ?? '')),
        message: `Dropping ${code(operation.name)} takes ACCESS EXCLUSIVE on ${target}: it waits for every query that runs there, and all new ones wait behind it.`,
      };
      // `CONCURRENTLY` is refused there: https://www.postgresql.org/docs/current/sql-dropindex.html
      if (table !== undefined && context.schema.tables.get(table)?.partitioned)
        return {
          ...cost,
          advice:
            'A partitioned table knows no `CONCURRENTLY`, and its partitions lose their indexes with it: with a `lock_timeout`, so that nobody waits long behind it, and in a quiet hour.',
        };
      return {
        ...cost,
        ...withConcurrently(context),
        advice: outsideFence(migration, drop),
        correction: builtOutside(migration, drop),
      };
    },
    dropConstraint: (operation, context) =>
      context.migration.database === 'sqlserver' && operation.name !== undefined
        ? findClustered(operation, operation.name, context)
        : undefined,
  },
};

/** Another statement of the transaction takes the same lock on the table and is not told to go elsewhere, so that nobody waits less without this one. */
function isLockedAnyway(table: Name, { migration, inTransaction, before, after }: Context): boolean {
  const others = [...before, ...after];
  if (inTransaction !== true || others.some(endsTransaction)) return false;
  return others.some(
    (each) =>
      tableOf(each) === table &&
      !each.conditional &&
      passing.has(each.kind) &&
      writerLock(each, migration.database) === 'ACCESS EXCLUSIVE',
  );
}

/** What takes the lock for a moment, and is not taken out of the transaction for that. */
const passing: ReadonlySet<Operation['kind']> = new Set(['addColumn', 'dropColumn', 'dropConstraint', 'dropTable']);
