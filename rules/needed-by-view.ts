import { code, codes, type Context, type Found, type Rule } from '../src/rule.ts';
import { findBlind } from './advice/blind-trigger.ts';
import { findBroken } from './advice/broken-view.ts';
import { findHeldDrop, findHeldType, isHeldDrop } from './advice/held-column.ts';
import { findLostIndexes } from './advice/lost-view-indexes.ts';
import { refuseFor, refuseForBound } from './advice/refused-for-readers.ts';
import { readersOf, type Readers } from './advice/view-readers.ts';

/** PostgreSQL refuses to drop what a view reads, and to change the type of it; SQL Server the same where it is bound; SQLite a column, and every rename while a view or a trigger reads a table that is gone. */
export const neededByView: Rule = {
  id: 'needed-by-view',
  title: 'Something that a view or trigger needs is dropped or changed',
  severity: 'error',
  concerns: 'process',
  check: {
    alterColumn: (operation, context) => {
      const { table, column, type } = operation;
      const { database } = context.migration;
      if (database === 'sqlserver') return findHeldType(operation, context, 'needed-by-view');
      if (!type) return undefined;
      return refuseFor(
        `Changing the type of ${code(`${table}.${column}`)}`,
        '0A000',
        readersOf(table, column, context),
        context,
      );
    },
    renameColumn: ({ table, column }, context) =>
      refuseForBound(`Renaming ${code(`${table}.${column}`)}`, '15336', readersOf(table, column, context), context),
    renameTable: ({ table }, context) =>
      refuseForBound(`Renaming ${code(table)}`, '15336', readersOf(table, undefined, context), context),
    dropColumn: (operation, context) => {
      const { table, column, cascade } = operation;
      if (isHeldDrop(operation, context)) return findHeldDrop(operation, context, 'needed-by-view');
      const readers = readersOf(table, column, context);
      const what = code(`${table}.${column}`);
      const { database } = context.migration;
      const error = `error in ${readers.queries[0]?.of ?? 'view'} ${readers.names[0] ?? ''} after drop column`;
      if (database === 'sqlite')
        return refuseFor(`Dropping ${what}`, code(error), readers, context) ?? findBlind(operation, context);
      if (database === 'sqlserver') return refuseFor(`Dropping ${what}`, '5074', readers, context);
      return cascade ? findLost(what, readers, context) : refuseFor(`Dropping ${what}`, '2BP01', readers, context);
    },
    dropTable: (operation, context) => {
      const { table, cascade } = operation;
      if (context.migration.database === 'sqlite') return findBroken(operation, context);
      const readers = readersOf(table, undefined, context);
      if (context.migration.database === 'sqlserver')
        return refuseForBound(`Dropping ${code(table)}`, '3729', readers, context);
      return cascade
        ? findLost(code(table), readers, context)
        : refuseFor(`Dropping ${code(table)}`, '2BP01', readers, context);
    },
    alterObject: ({ object, name }, context) => findLostIndexes(object, name, context),
    createObject: ({ object, name, replaces }, context) =>
      replaces ? findLostIndexes(object, name, context) : undefined,
    dropObject: ({ object, name, cascade }, context) => {
      if (!object.endsWith('view') || context.migration.database !== 'postgres') return undefined;
      const readers = readersOf(name, undefined, context);
      return cascade
        ? findLost(code(name), readers, context)
        : refuseFor(`Dropping ${code(name)}`, '2BP01', readers, context);
    },
  },
};

function findLost(what: string, readers: Readers, context: Context): Found | undefined {
  const { after } = context;
  const reached = new Set(readers.names);
  for (const each of reached) for (const reader of readersOf(each, undefined, context).names) reached.add(reader);
  const names = [...reached].filter(
    (view) => !after.some((each) => (each.kind === 'createObject' || each.kind === 'dropObject') && each.name === view),
  );
  if (names.length === 0) return undefined;
  const views = codes(names);
  return {
    message: `With ${what} goes what reads it: \`CASCADE\` drops ${views} without a word, and every query of ${names.length === 1 ? 'it' : 'them'} fails from here on.`,
    advice: `Create ${views} again, without it, in the same transaction; or drop it by name where nobody uses it.`,
  };
}
