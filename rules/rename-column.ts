import { findColumn } from '../src/operations/schema.ts';
import { code, type Context, type Rule } from '../src/rule.ts';
import { isAddedHere } from './advice/dropped-column.ts';
import { isParted } from './advice/one-cause.ts';
import { placesNaming, stillNamed } from './advice/still-named.ts';
import { replaceInSteps } from './advice/replace-in-steps.ts';
import { ownColumnName } from './advice/own-name.ts';
import { renamedBy } from './advice/sp-rename.ts';
import { columnSql } from '../src/writers/identifier.ts';

/** A column gets a new name under the feet of the code that runs. */
export const renameColumn: Rule = {
  id: 'rename-column',
  title: 'A column is renamed',
  severity: 'error',
  concerns: 'code',
  check: {
    renameColumn: (operation, context) => {
      const { table, column, to } = operation;
      if (isParted(operation, context)) return undefined;
      if (context.isNew(table) || isAddedHere({ table, column }, context)) return undefined;
      // `drop-column` speaks.
      if (context.after.some((each) => each.kind === 'dropColumn' && each.table === table && each.column === to))
        return undefined;
      return {
        message: `From here on ${code(`${table}.${column}`)} is called ${code(to)}: the release that still runs fails wherever it names the old one, and the new release fails until this has run.${stillNamed(placesNaming({ table, column }, context))}${renamedBy(table, to, context.migration)}`,
        advice: `Cheapest: keep ${code(column)} and rename in the code only (${ownColumnName(context.migration.framework, column, to)}). Else in steps: add ${code(to)}; write both; fill the old rows in batches; read ${code(to)}; drop ${code(column)} when no release names it.${inSteps(table, column, to, context)}`,
      };
    },
  },
};

/** Every migration that it takes, where the type is known. */
function inSteps(table: string, column: string, to: string, context: Context): string {
  const was = findColumn(context.schema, table, column);
  if (!was?.type) return '';
  const value = columnSql(column, context.migration.database);
  return `\n\n${replaceInSteps({ table, column, to, type: was.type, value, was }, context)}`;
}
