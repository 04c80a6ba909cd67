import { newColumnCost, type ColumnCost } from '../src/operations/facts/new-column.ts';
import type { Database } from '../src/operations/migration.ts';
import { code, sizeNote, type Rule } from '../src/rule.ts';
import { adviseFilledLater, adviseRefused } from './advice/filled-later.ts';
import { isRefused, isRefusedByKind, isUniqueWithDefault } from './advice/one-cause.ts';
import { costOf, lower } from './advice/severity.ts';

/** The value of a new column differs from row to row, so every row is written when it is added. */
export const volatileDefault: Rule = {
  id: 'volatile-default',
  title: 'A new column whose value is written into every row',
  severity: 'warning',
  concerns: 'locks',
  check: {
    addColumn: (operation, context) => {
      const { table, column } = operation;
      if (context.isNew(table) || isUniqueWithDefault(column) || isRefused(operation, context)) return undefined;
      if (isRefusedByKind(operation, context)) return undefined;
      const { database, databaseVersion } = context.migration;
      const cost = newColumnCost(column, database, databaseVersion, context.schema);
      if (cost.kind === 'free') return undefined;
      const name = code(`${table}.${column.name}`);
      if (cost.kind === 'fails') {
        return {
          severity: 'error',
          concerns: 'rows',
          message: `Adding ${name} fails as soon as ${code(table)} holds a row${database === 'postgres' ? ` (${cost.error})` : `: ${code(cost.error)}`}.`,
          advice: adviseRefused(operation, context),
        };
      }
      const size = context.sizeOf(table);
      // A column with a default is how it is done, where it costs nothing by size or by edition.
      if (cost.byEdition && size !== 'large' && size !== 'hot') return undefined;
      const severity = costOf(context, table);
      const unless = cost.unless ? ` unless ${cost.unless}` : '';
      return {
        severity: cost.unless ? lower(severity) : severity,
        message: `Adding ${name} rewrites ${code(table)}${unless}: ${cost.why}. ${waits(cost, database)} ${sizeNote(table, size)}`,
        advice: adviseFilledLater(operation, context),
      };
    },
  },
};

function waits(cost: Extract<ColumnCost, { kind: 'rewrites' }>, database: Database): string {
  if (cost.blocks === 'unstated') return 'It takes as long as the table is large.';
  if (cost.blocks === 'writes') return 'Writes to it wait until the copy is done.';
  const lock = database === 'sqlserver' ? 'Sch-M' : 'ACCESS EXCLUSIVE';
  return `It is done under ${lock}: reads and writes wait until the end.`;
}
