import { rollsBackSchema } from '../src/operations/facts/locks.ts';
import type { Migration } from '../src/operations/migration.ts';
import type { Index } from '../src/operations/column.ts';
import type { Name } from '../src/operations/name.ts';
import { findIndex } from '../src/operations/schema.ts';
import { madeUpName } from '../src/writers/identifier.ts';
import { paragraphs, phaseFences } from './advice/fence.ts';
import { code, sizeNote, type Rule } from '../src/rule.ts';
import { costOf } from './advice/severity.ts';

/** An index goes before the one that takes its place is there, and queries find neither. */
export const indexDroppedFirst: Rule = {
  id: 'index-dropped-first',
  title: 'An index is dropped before the one that replaces it is built',
  severity: 'warning',
  concerns: 'locks',
  check: {
    dropIndex: ({ name, statement, ifExists }, context) => {
      // In one transaction nobody sees the time between; the rule about its lock speaks.
      const { database } = context.migration;
      if (database === 'sqlite' || (rollsBackSchema(database) && context.inTransaction !== false)) return undefined;
      const old = findIndex(context.schema, name)?.index;
      const built = context.after.find(
        (each) =>
          each.kind === 'createIndex' &&
          each.statement > statement &&
          ((each.index.name === name && !(ifExists && !old)) ||
            (old !== undefined && old.columns[0] === each.index.columns[0])),
      );
      if (built?.kind !== 'createIndex' || context.isNew(built.table)) return undefined;
      return {
        severity: costOf(context, built.table),
        message: `${code(name)} goes here, and what takes its place on ${code(built.table)} is there only when statement ${built.statement} has read the whole table: until then queries that need it read all rows. ${sizeNote(built.table, context.sizeOf(built.table))}`,
        advice: paragraphs(
          `Build the new one first, under a name of its own, then drop ${code(name)}.`,
          buildThenDrop(built.table, name, built.index, old, context.migration),
        ),
      };
    },
  },
};

/** Both while writers go on, where the database can. */
function buildThenDrop(table: Name, name: string, index: Index, was: Index | undefined, migration: Migration): string {
  const concurrently = migration.database === 'postgres' ? { concurrently: true as const } : {};
  const own = {
    ...index,
    name: index.name === undefined || index.name === name ? madeUpName(name, 'new') : index.name,
  };
  return phaseFences(migration, [
    { steps: [{ kind: 'createIndex', table, index: own, ...concurrently }] },
    { steps: [{ kind: 'dropIndex', table, name, ...(was && { was }), ...concurrently }] },
  ]);
}
