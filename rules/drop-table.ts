import { code, type Context, type Rule } from '../src/rule.ts';

/** A table goes, with its rows, while code that uses it may still run. */
export const dropTable: Rule = {
  id: 'drop-table',
  title: 'A table is dropped',
  severity: 'error',
  check: {
    dropTable: ({ table, temporary, cascade }, context) => {
      if (temporary || context.isNew(table) || isReplaced(table, context)) return undefined;
      const lock =
        context.migration.database === 'postgres'
          ? ' It takes ACCESS EXCLUSIVE on the table and on every table that its foreign keys point to.'
          : '';
      const more = cascade ? ' `CASCADE` also drops every view and foreign key that depends on it.' : '';
      return {
        message: `${code(table)} and all its rows go. The release that still runs fails on it from here on, and no rollback brings the rows back.${more}${lock}`,
        advice: `Drop it one deploy after the last release that names ${code(table)}, with a backup or the word that its rows are worth nothing. Until then nothing needs to change in the database.`,
      };
    },
  },
};

/** SQLite's way of altering a table: a new one is filled, takes the place of the old one, and its name. */
function isReplaced(table: string, context: Context): boolean {
  return context.after.some((each) => each.kind === 'renameTable' && each.to === table && context.isNew(each.table));
}
