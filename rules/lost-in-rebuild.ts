import type { OperationOf } from '../src/operations/operation.ts';
import type { Remade } from '../src/operations/remade-table.ts';
import { code, type Context, type Found, type Rule } from '../src/rule.ts';
import { findLeftOut } from './advice/left-out-rows.ts';
import { findMixedUp } from './advice/mixed-up-columns.ts';
import { findRebuilt, lossesOf } from './advice/rebuild-losses.ts';
import { findStrayed, findSwapped } from './advice/swapped-table.ts';
import { makeAgain, nameLosses, whatFollows } from './advice/told-losses.ts';
import { nameBefore } from './advice/rebuilt-table.ts';

/** A table of SQLite or MySQL is made anew, and what hung on the old one is not made again. */
export const lostInRebuild: Rule = {
  id: 'lost-in-rebuild',
  title: 'A rebuild loses what the table had',
  severity: 'warning',
  concerns: 'code',
  check: {
    insertRows: (operation, context) => findLeftOut(operation, context) ?? findMixedUp(operation, context),
    dropTable: (operation, context) =>
      find(operation, findRebuilt(operation, context) ?? findSwapped(operation, context), context),
    renameTable: (operation, context) => {
      const lost = find(operation, findSwapped(operation, context), context);
      const strayed = findStrayed(operation, context);
      if (!lost || !strayed) return lost ?? strayed;
      return { ...strayed, message: `${strayed.message} ${lost.message}`, advice: `${strayed.advice} ${lost.advice}` };
    },
  },
};

function find(
  { table: dropped, kind }: OperationOf<'dropTable'> | OperationOf<'renameTable'>,
  rebuilt: Remade | undefined,
  context: Context,
): Found | undefined {
  if (!rebuilt) return undefined;
  const losses = lossesOf(rebuilt);
  const isLite = context.migration.database === 'sqlite';
  const { indexes, triggers, keys, defaults, counts, foreignKeys, checks } = losses;
  // A foreign key or a check alone is let go so in SQLite, as it has no other way.
  const others = isLite ? 0 : foreignKeys.length + checks.length;
  if (indexes.length + triggers.length + keys.length + defaults.length + counts.length + others === 0) return undefined;
  const table = nameBefore(dropped, context);
  const unless = context.schema.unread ? ', unless something that could not be read here has dropped it before' : '';
  const why = isLite
    ? `the \`DROP TABLE\` of ${code(dropped)} takes indexes and triggers with it, and the new table has only what its \`CREATE TABLE\` says`
    : `what hangs on a table ${kind === 'dropTable' ? 'goes' : 'stays'} with it, and the new one has only what was made for it: \`LIKE\` copies no foreign keys and triggers, \`SELECT\` no keys and indexes`;
  return {
    message: `${code(table)} is made anew without ${nameLosses(losses)}${unless}: ${why}.${whatFollows(table, losses, isLite)}`,
    advice: makeAgain(table, losses, context),
  };
}
