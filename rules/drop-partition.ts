import type { Name } from '../src/operations/operation.ts';
import { code, type Context, type Found, type Rule } from '../src/rule.ts';

/** A partition goes, with its rows. */
export const dropPartition: Rule = {
  id: 'drop-partition',
  title: 'A partition is dropped or emptied',
  severity: 'error',
  concerns: 'rows',
  check: {
    alterPartition: ({ table, action, partition }, context) => {
      if (action === 'exchange') return findSwitched(table, partition, context);
      if ((action !== 'drop' && action !== 'truncate') || context.isNew(table)) return undefined;
      const which = partition === undefined ? `partitions of ${code(table)}` : `${code(partition)} of ${code(table)}`;
      return {
        message: `All rows in ${which} go, in every environment that runs this migration, and no rollback brings them back.`,
        advice:
          'Old partitions are for a job that runs by the calendar, knows what is old, and keeps a copy; a migration runs once, at a time that nobody chose.',
      };
    },
  },
};

/** https://learn.microsoft.com/sql/t-sql/statements/alter-table-transact-sql#switch: to a table of the same shape that holds no row. */
function findSwitched(table: Name, to: Name | undefined, { isNew, migration }: Context): Found | undefined {
  if (migration.database !== 'sqlserver' || to === undefined || isNew(table)) return undefined;
  return {
    severity: 'warning',
    message: `The rows that \`SWITCH\` names leave ${code(table)} at once and stand in ${code(to)}: the release that still runs no longer finds them. Both tables are under Sch-M for that moment, for which it waits behind every query of either; it fails (4904 and on) where their columns, indexes and checks are not alike, or ${code(to)} holds rows there.`,
    advice:
      'A job that runs by the calendar, in a quiet hour and with a short `SET LOCK_TIMEOUT`. In a migration, once no release that runs reads these rows.',
  };
}
