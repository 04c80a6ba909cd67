/** What is said of what a table loses that is made anew. */
import type { Index } from '../../src/operations/column.ts';
import type { Name } from '../../src/operations/name.ts';
import { code, codes, type Context } from '../../src/rule.ts';
import { stepSql } from '../../src/writers/sql.ts';
import type { Losses } from './rebuild-losses.ts';

/** All of them by name. */
export function nameLosses({ indexes, triggers, keys, defaults, foreignKeys, checks, counts }: Losses): string {
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

/** What each of them was good for. ON CONFLICT has to name a key: https://www.sqlite.org/lang_upsert.html */
export function whatFollows(
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

/** How each comes back. */
export function makeAgain(
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
