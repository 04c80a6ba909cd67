import type { TableSize } from '../src/operations/configuration.ts';
import type { Database, Migration } from '../src/operations/migration.ts';
import type { Name } from '../src/operations/name.ts';
import type { Operation } from '../src/operations/operation.ts';
import { code, codes, type ChangeContext, type Found, type Rule } from '../src/rule.ts';
import { columnAlone } from './advice/column-alone.ts';
import { indexOn } from './advice/concurrent-index.ts';
import { paragraphs } from './advice/fence.ts';
import { indexedFirst, type IndexedFirst } from './advice/indexed-first.ts';
import { keysWithoutIndex, type LackingKey } from './advice/keys-without-index.ts';

/** A row that others point to goes, and nothing helps to find them. */
export const foreignKeyWithoutIndex: Rule = {
  id: 'foreign-key-without-index',
  title: 'A foreign key whose rows no index finds',
  severity: 'notice',
  concerns: 'locks',
  check: {
    change: (context) => {
      const indexedOf = indexedFirst(context);
      return context.migrations
        .filter(({ status, database }) => status !== 'deleted' && needsIndex.has(database))
        .flatMap((migration) => findFirst(migration, indexedOf, context));
    },
  },
};

/** MySQL and MariaDB make the index by themselves: https://dev.mysql.com/doc/refman/8.4/en/create-table-foreign-keys.html */
const needsIndex: ReadonlySet<Database> = new Set(['postgres', 'sqlserver', 'sqlite']);

/** One finding for a migration: what it says of the others is the same. */
function findFirst(
  migration: Migration,
  indexedOf: IndexedFirst,
  context: ChangeContext,
): (Found & { span: Operation['span'] })[] {
  const [first, ...others] = keysWithoutIndex(migration, indexedOf, context);
  return first ? [{ span: first.operation.span, ...foundOf(first, others, migration, context) }] : [];
}

function foundOf(
  { table, key }: LackingKey,
  others: readonly LackingKey[],
  migration: Migration,
  { change }: ChangeContext,
): Found {
  const { columns, references } = key;
  const size = Object.hasOwn(change.configuration.tables, table) ? change.configuration.tables[table] : undefined;
  const names = codes(columns);
  const parent = code(references.table);
  const more =
    others.length === 0
      ? ''
      : ` The same holds for ${others
          .slice(0, 5)
          .map((each) => code(`${each.table}.${each.key.columns[0]}`))
          .join(', ')}.`;
  return {
    severity: size === 'large' || size === 'hot' ? 'warning' : 'notice',
    message: `No index of ${code(table)} begins with ${names}: each DELETE of a row of ${parent}, and each change of its key, reads the whole of ${code(table)} to find what points to it, and holds its locks for as long.${more}`,
    advice: paragraphs(
      `An index on ${names}, before the key; unless rows of ${parent} are never deleted.`,
      columnFirst(migration, table, columns, size),
      indexOn(migration, table, columns),
    ),
  };
}

/** Where the same migration makes the column, that comes before its index. */
function columnFirst(migration: Migration, table: Name, columns: readonly string[], size?: TableSize): string {
  const added = migration.up.find(
    (each) => each.kind === 'addColumn' && each.table === table && columns.includes(each.column.name),
  );
  if (added?.kind !== 'addColumn' || !added.column.type) return '';
  return columnAlone(migration, table, added.column, size);
}
