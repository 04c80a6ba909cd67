/** What keeps a column of a key as it is, in words. Names go through `code`, which whoever writes Markdown brings along. */
import type { FamilyColumn, Hindrance, KeyFamily } from '../operations/key-family.ts';
import type { Database } from '../operations/migration.ts';

type Code = (text: string) => string;

/** Completes "by hand, since …". */
export function hindranceWords(hindrances: readonly Hindrance[], code: Code): string {
  return hindrances.map(({ what, name, does }) => `${what} ${code(name)} ${does}`).join(', and ');
}

/** What has to go before a column of the family changes where the database refuses it, and the columns that change. */
export function keyHolders(
  family: KeyFamily,
  database: Database,
  code: Code,
): { holders: string[]; columns: string[] } {
  const pointing = family.columns.flatMap(({ table, foreignKeys }) => foreignKeys.map(({ key }) => ({ table, key })));
  const foreignKeys = [...pointing, ...family.staying].map(
    ({ table, key }) => `the foreign key of ${code(`${table}.${key.columns.join(', ')}`)}`,
  );
  // https://learn.microsoft.com/sql/t-sql/statements/alter-table-transact-sql#alter-column: what is in a key or an index does not change.
  const keys = database === 'sqlserver' ? family.columns.flatMap((each) => keysOf(each, code)) : [];
  return {
    holders: [...new Set([...foreignKeys, ...keys])],
    columns: family.columns.map(({ table, column }) => code(`${table}.${column}`)),
  };
}

function keysOf({ table, column, keys, indexes }: FamilyColumn, code: Code): string[] {
  return [
    ...keys.map(({ kind }) =>
      kind === 'primaryKey'
        ? `the primary key of ${code(table)}`
        : `the unique constraint of ${code(`${table}.${column}`)}`,
    ),
    ...indexes.map(({ name }) => (name === undefined ? `an index of ${code(table)}` : `the index ${code(name)}`)),
  ];
}
