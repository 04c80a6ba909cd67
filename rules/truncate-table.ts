import { foreignKeysTo } from '../src/operations/foreign-keys.ts';
import type { Database } from '../src/operations/migration.ts';
import type { Name } from '../src/operations/operation.ts';
import { code, type Context, type Rule } from '../src/rule.ts';

/** All rows of a table that was there before go at once. */
export const truncateTable: Rule = {
  id: 'truncate-table',
  title: 'A table is emptied',
  severity: 'error',
  concerns: 'rows',
  check: {
    alterTable: ({ table, change }, context) => {
      if (!/^DISCARD\b.*\bTABLESPACE$/is.test(change) || context.isNew(table)) return undefined;
      return {
        message: `${code(change)} deletes the file that holds the rows of ${code(table)}: each query of it fails (1814) until another file lies in its place on the server and is imported, and no rollback brings the rows back.`,
        advice:
          'Moving a table between servers is work for whoever runs them, by hand and with a backup; a migration cannot put the file there.',
      };
    },
    truncateTable: ({ table, cascade }, context) => {
      if (context.isNew(table)) return undefined;
      const lock = locks[context.migration.database] ?? '';
      const more = cascade ? ' `CASCADE` empties every table that points to it as well.' : '';
      return {
        message: `Every row of ${code(table)} goes${lock}, in every environment that runs this migration, production included.${more}${refused(table, context)}`,
        advice: `If the rows must go, delete them by a condition that says which, and in batches; if this is for a test database, it does not belong in a migration.`,
      };
    },
  },
};

const locks: Partial<Record<Database, string>> = { postgres: ', under ACCESS EXCLUSIVE', sqlserver: ', under Sch-M' };

/** Whether the rows are there or not: https://learn.microsoft.com/sql/t-sql/statements/truncate-table-transact-sql#restrictions */
function refused(table: Name, { migration, schema }: Context): string {
  if (migration.database !== 'sqlserver') return '';
  const child = foreignKeysTo(schema, table).find(({ owner }) => owner.name !== table);
  return child
    ? ` Where it runs, it fails (4712): a foreign key of ${code(child.owner.name)} points to it, switched off or not.`
    : '';
}
