import type { Index } from '../src/operations/column.ts';
import type { Name } from '../src/operations/name.ts';
import { code, codes, type Context, type Rule } from '../src/rule.ts';
import { stepSql } from '../src/writers/sql.ts';
import { findMixedUp } from './advice/mixed-up-columns.ts';
import { findRebuilt, lossesOf, type Losses } from './advice/rebuild-losses.ts';
import { nameBefore } from './advice/rebuilt-table.ts';

/** A table of SQLite is made anew, and what hung on the old one is not made again. */
export const lostInRebuild: Rule = {
  id: 'lost-in-rebuild',
  title: 'A rebuild loses what the table had',
  severity: 'warning',
  concerns: 'code',
  check: {
    insertRows: (operation, context) => findMixedUp(operation, context),
    dropTable: (operation, context) => {
      const rebuilt = findRebuilt(operation, context);
      if (!rebuilt) return undefined;
      const losses = lossesOf(rebuilt);
      const { indexes, triggers, keys, defaults, counts } = losses;
      // A foreign key or a check alone is let go so, as SQLite has no other way.
      if (indexes.length + triggers.length + keys.length + defaults.length + counts.length === 0) return undefined;
      const table = nameBefore(operation.table, context);
      const unless = context.schema.unread
        ? ', unless something that could not be read here has dropped it before'
        : '';
      return {
        message: `${code(table)} is made anew without ${list(losses)}${unless}: the \`DROP TABLE\` of ${code(operation.table)} takes indexes and triggers with it, and the new table has only what its \`CREATE TABLE\` says.${consequences(table, losses)}`,
        advice: advise(table, losses, context),
      };
    },
  },
};

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
function consequences(table: Name, { indexes, triggers, keys, defaults, counts }: Losses): string {
  const [key] = keys;
  const [column] = defaults;
  const [count] = counts;
  return [
    indexes.length > 0 ? ' Queries that found rows by an index read all of them.' : '',
    triggers.length > 0 ? ' What a trigger kept up is kept up no longer.' : '',
    key ? ` Duplicates get in, and ${code(`ON CONFLICT (${key.join(', ')})`)} fails.` : '',
    column === undefined ? '' : ` An INSERT into ${code(table)} that leaves out ${code(column)} fails.`,
    count === undefined
      ? ''
      : ` The number of a row that was deleted is given to a new one: what kept ${code(count)} elsewhere takes the one for the other.`,
  ].join('');
}

function advise(
  table: Name,
  { indexes, triggers, keys, defaults, foreignKeys, checks, counts }: Losses,
  { migration }: Context,
): string {
  const made = indexes.flatMap((index) => stepSql({ kind: 'createIndex', table, index }, migration.database) ?? []);
  const inTable = keys.length + defaults.length + foreignKeys.length + checks.length + counts.length > 0;
  return [
    inTable ? 'Say it again in the `CREATE TABLE` of the new table.' : '',
    made.length > 0 ? `Behind the last rename: ${made.map((sql) => code(sql, 300)).join(' ')}` : '',
    triggers.length > 0 ? 'Make the triggers again behind the last rename, as `sqlite_schema` has them.' : '',
    'What is meant to go is better dropped by its name above, where all can see it.',
  ]
    .filter(Boolean)
    .join(' ');
}
