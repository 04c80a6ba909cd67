import { isIgnoredBefore } from '../src/operations/ignored-columns.ts';
import type { Name } from '../src/operations/name.ts';
import { columnsGone } from '../src/operations/remade-table.ts';
import type { Table } from '../src/operations/table.ts';
import { code, codes, type Context, type Rule } from '../src/rule.ts';
import { findColumnDrop } from './advice/column-drop.ts';
import { whatElse } from './advice/dependents.ts';
import { dropInSteps } from './advice/drop-in-steps.ts';
import { isHeldDrop } from './advice/held-column.ts';
import { isParted } from './advice/one-cause.ts';
import { findSharedSequence } from './advice/owned-sequence.ts';
import { findRecreated } from './advice/recreated-column.ts';
import { columnsCome, findRebuilt } from './advice/rebuild-losses.ts';
import { nameBefore as tableBefore } from './advice/rebuilt-table.ts';

/** A column goes, with its values, while code that names it may still run. */
export const dropColumn: Rule = {
  id: 'drop-column',
  title: 'A column is dropped',
  severity: 'error',
  concerns: 'code',
  check: {
    dropColumn: (operation, context) => {
      if (isParted(operation, context) || isHeldDrop(operation, context)) return undefined;
      const found = findColumnDrop(operation, context);
      if (!found || found.severity) return found;
      const shared = findSharedSequence(operation, context);
      const more = shared && !operation.cascade ? '' : whatElse(operation, context);
      return { advice: shared?.advice ?? found.advice, message: `${found.message}${more}${shared?.held ?? ''}` };
    },
    alterColumn: findRecreated,
    dropTable: (operation, context) => {
      const rebuilt = findRebuilt(operation, context);
      const table = tableBefore(operation.table, context);
      const gone = rebuilt ? columnsGone(rebuilt) : [];
      const known = gone.filter((column) => !isIgnoredBefore({ table, column }, context));
      const [column] = known;
      if (!rebuilt || column === undefined) return undefined;
      const names = codes(known);
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
