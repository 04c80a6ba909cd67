import { code, type Rule } from '../src/rule.ts';

/** A column goes, with its values, while code that names it may still run. */
export const dropColumn: Rule = {
  id: 'drop-column',
  title: 'A column is dropped',
  severity: 'error',
  check: {
    dropColumn: ({ table, column }, context) => {
      const addedHere = context.before.some(
        (each) => each.kind === 'addColumn' && each.table === table && each.column.name === column,
      );
      if (context.isNew(table) || addedHere) return undefined;
      return {
        message: `${code(`${table}.${column}`)} and its values go. The release that still runs fails wherever it names the column, also in INSERTs that list every column of ${code(table)}, as most object mappers write them; no rollback brings the values back.`,
        advice: `Two deploys: first a release whose model no longer knows ${code(column)} (make it nullable, or give it a default, if it is required); when that runs everywhere, this migration.`,
      };
    },
  },
};
