import type { Name } from '../src/operations/name.ts';
import type { OperationOf } from '../src/operations/operation.ts';
import { isSameName } from '../src/operations/range-parts.ts';
import { code, type Context, type Found, type Rule } from '../src/rule.ts';

/** A partition goes, with its rows. */
export const dropPartition: Rule = {
  id: 'drop-partition',
  title: 'A partition is dropped or emptied',
  severity: 'error',
  concerns: 'rows',
  check: {
    alterPartition: (operation, context) => {
      const { table, action, partition } = operation;
      if (action === 'exchange' && operation.with !== undefined) return findExchanged(operation, context);
      if (action === 'exchange') return findSwitched(table, partition, context);
      if ((action !== 'drop' && action !== 'truncate') || context.isNew(table)) return undefined;
      const which = partition === undefined ? `partitions of ${code(table)}` : `${code(partition)} of ${code(table)}`;
      return {
        message: `All rows in ${which} go, in every environment that runs this migration, and no rollback brings them back.${notMade(table, partition, action, context)}`,
        advice:
          'Old partitions are for a job that runs by the calendar, knows what is old, and keeps a copy; a migration runs once, at a time that nobody chose.',
      };
    },
  },
};

/** https://dev.mysql.com/doc/refman/8.4/en/partitioning-management-exchange.html */
function findExchanged(
  { table, partition = '', with: other = '', unvalidated }: OperationOf<'alterPartition'>,
  context: Context,
): Found | undefined {
  if (context.isNew(table)) return undefined;
  const places = `The rows in ${code(partition)} of ${code(table)} and all rows of ${code(other)} change places at once: the release that still runs finds the others in each.`;
  if (!unvalidated)
    return {
      severity: 'warning',
      message: `${places} All rows of ${code(other)} are read before, under a lock of both tables, and one that does not belong there fails it (1737).`,
      advice:
        'A job that runs by the calendar, in a quiet hour. In a migration, once no release that runs reads these rows.',
    };
  return {
    message: `${places} \`WITHOUT VALIDATION\` reads none of them: a row that does not belong into ${code(partition)} gets in all the same, and queries by what ${code(table)} is partitioned by do not find it from then on.`,
    advice: `Leave \`WITHOUT VALIDATION\` out. Where it was needed, ${code(`ALTER TABLE ${table} CHECK PARTITION ${partition};`, 200)} finds such rows, and \`REPAIR PARTITION\` moves them.`,
  };
}

/** https://dev.mysql.com/doc/mysql-errors/8.4/en/server-error-reference.html#error_er_drop_partition_non_existent; a job may have made it. */
function notMade(table: Name, partition: Name | undefined, action: 'drop' | 'truncate', { schema }: Context): string {
  const parts = schema.tables.get(table)?.parts;
  if (!parts || partition === undefined || parts.some(({ name }) => isSameName(name, partition))) return '';
  return ` No earlier migration leaves a partition of that name: where no job has made one, this fails (${action === 'drop' ? '1507' : '1735'}).`;
}

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
