import { foreignKeysTo } from '../src/operations/foreign-keys.ts';
import type { Database } from '../src/operations/migration.ts';
import type { Name } from '../src/operations/name.ts';
import type { Operation } from '../src/operations/operation.ts';
import { code, type Context, type Rule } from '../src/rule.ts';
import { isRefusedByKind } from './advice/one-cause.ts';
import { checksForeignKeys, isMysql } from './advice/online-change.ts';

/** All rows of a table that was there before go at once. */
export const truncateTable: Rule = {
  id: 'truncate-table',
  title: 'A table is emptied',
  severity: 'error',
  concerns: 'rows',
  check: {
    alterTable: ({ table, change }, context) => {
      const way = /^(DISCARD|IMPORT)\b.*\bTABLESPACE$/is.exec(change)?.[1]?.toUpperCase();
      if (way === undefined || context.isNew(table)) return undefined;
      // What is discarded is told once.
      if (way === 'IMPORT' && context.before.some((each) => discards(each, table))) return undefined;
      return {
        message:
          way === 'DISCARD'
            ? `${code(change)} deletes the file that holds the rows of ${code(table)}: each query of it fails (1814) until another file lies in its place on the server and is imported, and no rollback brings the rows back.`
            : `${code(change)} takes the rows of ${code(table)} from a file that somebody has to have put on the server, and on each of its replicas: where the own rows are not discarded before, it fails (1813), and where the file is missing too.`,
        advice:
          'Moving a table between servers is work for whoever runs them, by hand and with a backup; a migration cannot put the file there.',
      };
    },
    truncateTable: (operation, context) => {
      const { table, cascade } = operation;
      if (context.isNew(table) || isRefusedByKind(operation, context)) return undefined;
      const lock = locks[context.migration.database] ?? '';
      const more = cascade ? ' `CASCADE` empties every table that points to it as well.' : '';
      return {
        message: `Every row of ${code(table)} goes${lock}, in every environment that runs this migration, production included.${more}${refused(table, context)}`,
        advice: `If the rows must go, delete them by a condition that says which, and in batches; if this is for a test database, it does not belong in a migration.`,
      };
    },
  },
};

function discards(each: Operation, table: Name): boolean {
  return each.kind === 'alterTable' && each.table === table && /^DISCARD\b/i.test(each.change);
}

const locks: Partial<Record<Database, string>> = { postgres: ', under ACCESS EXCLUSIVE', sqlserver: ', under Sch-M' };

/**
 * SQL Server and MySQL refuse it whether rows are there or not: https://learn.microsoft.com/sql/t-sql/statements/truncate-table-transact-sql#restrictions,
 * https://dev.mysql.com/doc/refman/8.4/en/truncate-table.html.
 */
function refused(table: Name, context: Context): string {
  const { database } = context.migration;
  if (database !== 'sqlserver' && !isMysql(database)) return '';
  const child = foreignKeysTo(context.schema, table).find(({ owner }) => owner.name !== table);
  if (!child) return '';
  const points = `a foreign key of ${code(child.owner.name)} points to it`;
  if (database === 'sqlserver') return ` Where it runs, it fails (4712): ${points}, switched off or not.`;
  return checksForeignKeys(context)
    ? ` Where it runs, it fails (1701): ${points}.`
    : ` With \`foreign_key_checks\` off nothing stops it: ${points}, whose rows point nowhere from then on, and are never checked again.`;
}
