import type { Index } from '../src/operations/column.ts';
import type { Name } from '../src/operations/name.ts';
import { type OperationOf } from '../src/operations/operation.ts';
import type { Remade } from '../src/operations/remade-table.ts';
import { code, codes, type Context, type Rule, type Found } from '../src/rule.ts';
import { stepSql } from '../src/writers/sql.ts';
import { findLeftOut } from './advice/left-out-rows.ts';
import { findMixedUp } from './advice/mixed-up-columns.ts';
import { findRebuilt, lossesOf, type Losses } from './advice/rebuild-losses.ts';
import { findStrayed, findSwapped } from './advice/swapped-table.ts';
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
    message: `${code(table)} is made anew without ${list(losses)}${unless}: ${why}.${consequences(table, losses, isLite)}`,
    advice: advise(table, losses, context),
  };
}

function list({ indexes, triggers, keys, defaults, foreignKeys, checks, counts }: Losses): string {
  return [
    ...indexes.map((index) => `the index ${nameOf(index)}`),
    ...triggers.map((trigger) => `the trigger ${code(trigger)}`),
    ...keys.map((key) => `the unique key on ${codes(key)}`),
    ...defaults.map((column) => `the default of ${code(column)}`),
    ...counts.map((column) => `the \`AUTOINCREMENT\` of ${code(column)}`),
    ...foreignKeys.map((key) => `the foreign key of ${codes(key)}`),
    ...checks.map((check) => `the check ${code(check, 60)}`),
  ].join(', ');
}

function nameOf({ name, columns }: Index): string {
  return name === undefined ? `on ${codes(columns)}` : code(name);
}

/** https://www.sqlite.org/lang_upsert.html: ON CONFLICT has to name a key. */
function consequences(
  table: Name,
  { indexes, triggers, keys, defaults, counts, foreignKeys }: Losses,
  isLite: boolean,
): string {
  const [key] = keys;
  const [column] = defaults;
  const [count] = counts;
  return [
    indexes.length > 0 ? ' Queries that found rows by an index read all of them.' : '',
    triggers.length > 0 ? ' What a trigger kept up is kept up no longer.' : '',
    key ? ` Duplicates get in${onConflict(key, isLite)}.` : '',
    foreignKeys.length > 0 && !isLite ? ' Rows that point nowhere get in, and nothing is done `ON DELETE`.' : '',
    column === undefined ? '' : ` An INSERT into ${code(table)} that leaves out ${code(column)} fails.`,
    count === undefined
      ? ''
      : ` The number of a row that was deleted is given to a new one: what kept ${code(count)} elsewhere takes the one for the other.`,
  ].join('');
}

/** https://dev.mysql.com/doc/refman/8.4/en/insert-on-duplicate.html */
function onConflict(key: readonly string[], isLite: boolean): string {
  return isLite ? `, and ${code(`ON CONFLICT (${key.join(', ')})`)} fails` : ', also by `ON DUPLICATE KEY UPDATE`';
}

function advise(
  table: Name,
  { indexes, triggers, keys, defaults, foreignKeys, checks, counts }: Losses,
  { migration }: Context,
): string {
  const isLite = migration.database === 'sqlite';
  const made = indexes.flatMap((index) => stepSql({ kind: 'createIndex', table, index }, migration.database) ?? []);
  const inTable = keys.length + defaults.length + foreignKeys.length + checks.length + counts.length > 0;
  return [
    inTable ? `Say it again ${isLite ? 'in the `CREATE TABLE` of' : 'for'} the new table.` : '',
    foreignKeys.length > 0 && !isLite
      ? 'A foreign key takes a name of its own there, as the old table keeps the other.'
      : '',
    made.length > 0 ? `Behind the last rename: ${made.map((sql) => code(sql, 300)).join(' ')}` : '',
    triggers.length > 0
      ? `Make the triggers again behind the last rename, as ${isLite ? '`sqlite_schema`' : '`SHOW CREATE TRIGGER`'} has them.`
      : '',
    'What is meant to go is better dropped by its name above, where all can see it.',
  ]
    .filter(Boolean)
    .join(' ');
}
