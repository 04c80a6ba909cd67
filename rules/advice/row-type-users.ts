/** What has the rows of a table of PostgreSQL as its type. */
import type { Name } from '../../src/operations/name.ts';
import { isBuiltInType } from '../../src/operations/facts/assignment-cast.ts';
import type { Operation, OperationOf } from '../../src/operations/operation.ts';
import { listed, type Context } from '../../src/rule.ts';
import { mayHaveMadeWay } from './made-way.ts';
import { usersOfTypes } from './object-users.ts';

/** What the drop fails on, or with CASCADE takes along; undefined where nothing is known to be of this type. https://www.postgresql.org/docs/current/rowtypes.html */
export function findRowTypeUsers(
  operation: Operation & OperationOf<'dropTable'>,
  context: Context,
): { held: string; advice: string } | undefined {
  const { table, cascade, conditional } = operation;
  const { schema, migration, after } = context;
  if (migration.database !== 'postgres' || conditional || schema.unread || mayHaveMadeWay(context)) return undefined;
  if (isBuiltIn(table)) return undefined;
  const users = usersOfTypes([table.toLowerCase()], withoutDropped(operation, context));
  const lost = cascade ? users.filter(({ remakes }) => !remakes || !after.some(remakes)) : users;
  if (lost.length === 0) return undefined;
  const what = listed(lost.map(({ what: each, along = '' }) => `${each}${cascade ? along : ''}`));
  return {
    held: cascade
      ? ` \`CASCADE\` also drops ${what}, without a word, which ${lost.length === 1 ? 'is' : 'are'} of the type of its rows.`
      : ` Where it runs, it fails (2BP01): ${what} ${lost.length === 1 ? 'is' : 'are'} of the type of its rows.`,
    advice:
      'First what is of that type: a column gets another one or goes, a function takes another or goes. The table goes when no release that runs uses it any more.',
  };
}

/** What goes in the same statement holds nothing. */
function withoutDropped({ table, statement }: Operation & OperationOf<'dropTable'>, context: Context): Context {
  const tables = new Map(context.schema.tables);
  tables.delete(table);
  for (const each of context.after)
    if (each.kind === 'dropTable' && each.statement === statement) tables.delete(each.table);
  return { ...context, schema: { ...context.schema, tables } };
}

/** Under a name of PostgreSQL's own a column is of that type, whatever tables there are. */
function isBuiltIn(table: Name): boolean {
  return isBuiltInType({ name: table, arguments: [] }) || others.has(table);
}

const others: ReadonlySet<Name> = new Set(
  'box circle jsonpath line lseg name oid path point polygon tsquery tsvector'.split(' '),
);
