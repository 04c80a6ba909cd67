import { isIgnoredBefore, nameBefore } from '../src/operations/ignored-columns.ts';
import type { Name } from '../src/operations/name.ts';
import type { Table } from '../src/operations/schema.ts';
import { code, type Context, type Found, type Rule } from '../src/rule.ts';
import { whatElse } from './advice/dependents.ts';
import { forgetThenDrop, isDjango } from './advice/django.ts';
import { dropInSteps } from './advice/drop-in-steps.ts';
import { placesNaming, stillNamed } from './advice/still-named.ts';
import { findRecreated } from './advice/recreated-column.ts';
import { findHeir, findNamed, isAddedHere } from './advice/dropped-column.ts';
import { columnsCome, columnsGone, findRebuilt } from './advice/rebuild-losses.ts';
import { nameBefore as tableBefore } from './advice/rebuilt-table.ts';

/** A column goes, with its values, while code that names it may still run. */
export const dropColumn: Rule = {
  id: 'drop-column',
  title: 'A column is dropped',
  severity: 'error',
  concerns: 'code',
  check: {
    dropColumn: (operation, context) => {
      const { table, column } = operation;
      if (context.isNew(table) || isAddedHere(operation, context)) return undefined;
      const known = nameBefore(operation, context.before) ?? column;
      if (isIgnoredBefore({ table, column: known }, context) || findNamed(operation, context)) return undefined;
      // `drop-table` speaks.
      if (context.after.some((each) => each.kind === 'dropTable' && each.table === table)) return undefined;
      const heir = findHeir(operation, context);
      if (heir !== undefined) return exchanged(table, known, heir);
      return {
        message: `${code(`${table}.${known}`)}${known === column ? '' : `, by then ${code(column)},`} and its values go. The release that still runs fails wherever it names the column, also in INSERTs that list every column of ${code(table)}, as most object mappers write them; no rollback brings the values back.${stillNamed(placesNaming({ table, column: known }, context))}${whatElse(operation, context)}`,
        advice: isDjango(context.migration) ? forgetThenDrop(operation, context) : dropInSteps(operation, context),
      };
    },
    alterColumn: findRecreated,
    dropTable: (operation, context) => {
      const rebuilt = findRebuilt(operation, context);
      const table = tableBefore(operation.table, context);
      const gone = rebuilt ? columnsGone(rebuilt) : [];
      const known = gone.filter((column) => !isIgnoredBefore({ table, column }, context));
      const [column] = known;
      if (!rebuilt || column === undefined) return undefined;
      const names = known.map((each) => code(each)).join(', ');
      const come = columnsCome(rebuilt);
      const heirs = come.length > 3 ? 'new ones' : come.map((each) => code(each)).join(' or ');
      return {
        message: `${code(table)} is made anew without ${names}, whose values go${come.length > 0 ? `, unless the copy hands them to ${heirs}` : ''}. The release that still runs fails wherever it names ${known.length > 1 ? 'one of them' : 'it'}, also in INSERTs that list every column of ${code(table)}, as most object mappers write them; no rollback brings the values back.`,
        advice: dropInSteps({ ...operation, kind: 'dropColumn', table, column }, withOld(table, rebuilt.was, context)),
      };
    },
  },
};

/** The table as it was, under the name by which it is known. */
function withOld(table: Name, was: Table, context: Context): Context {
  const tables = new Map(context.schema.tables).set(table, was);
  return { ...context, schema: { ...context.schema, tables } };
}

/** The name stays, and so do the values, as far as the migration carried them over. */
function exchanged(table: string, column: string, heir: string): Found {
  return {
    severity: 'warning',
    message: `${code(`${table}.${column}`)} is exchanged for a new column${heir === column ? '' : `, ${code(heir)}`}, which this migration has filled. The release that still runs meets under the name what the new one holds; what was not carried over is lost.`,
    advice: `Make sure that the release that still runs can read and write what the new column holds. Else keep both columns until it is gone: add, write both, fill, read the new one, and drop ${code(column)} in a later deploy.`,
  };
}
