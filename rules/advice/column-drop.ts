/** What a DROP COLUMN does to the release that still runs. */
import { isIgnoredBefore, nameBefore } from '../../src/operations/ignored-columns.ts';
import type { Operation, OperationOf } from '../../src/operations/operation.ts';
import { code, type Context, type Found } from '../../src/rule.ts';
import { forgetThenDrop, isDjango } from './django.ts';
import { dropInSteps } from './drop-in-steps.ts';
import { findHeir, findNamed, isAddedHere } from './dropped-column.ts';
import { findMadeAgain } from './made-again.ts';
import { placesNaming, stillNamed } from './still-named.ts';

/** Undefined where no release that runs names the column, or it is told otherwise. */
export function findColumnDrop(operation: Operation & OperationOf<'dropColumn'>, context: Context): Found | undefined {
  const { table, column } = operation;
  if (context.isNew(table) || isAddedHere(operation, context)) return undefined;
  const known = nameBefore(operation, context.before) ?? column;
  if (isIgnoredBefore({ table, column: known }, context) || findNamed(operation, context)) return undefined;
  // `drop-table` speaks.
  if (context.after.some((each) => each.kind === 'dropTable' && each.table === table)) return undefined;
  const heir = findHeir(operation, context);
  if (heir !== undefined) return exchanged(table, known, heir);
  const again = known === column ? findMadeAgain(operation, context) : undefined;
  if (again) return again;
  return {
    message: `${code(`${table}.${known}`)}${known === column ? '' : `, by then ${code(column)},`} and its values go. The release that still runs fails wherever it names the column, also in INSERTs that list every column of ${code(table)}, as most object mappers write them; no rollback brings the values back.${stillNamed(placesNaming({ table, column: known }, context))}`,
    advice: isDjango(context.migration) ? forgetThenDrop(operation, context) : dropInSteps(operation, context),
  };
}

/** The name stays, and so do the values, as far as the migration carried them over. */
function exchanged(table: string, column: string, heir: string): Found {
  return {
    severity: 'warning',
    message: `${code(`${table}.${column}`)} is exchanged for a new column${heir === column ? '' : `, ${code(heir)}`}, which this migration has filled. The release that still runs meets under the name what the new one holds; what was not carried over is lost.`,
    advice: `Make sure that the release that still runs can read and write what the new column holds. Else keep both columns until it is gone: add, write both, fill, read the new one, and drop ${code(column)} in a later deploy.`,
  };
}
