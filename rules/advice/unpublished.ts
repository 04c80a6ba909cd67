/** A publication of PostgreSQL stops passing on what it passed on so far. */
import type { Operation, OperationOf } from '../../src/operations/operation.ts';
import { changedPublications, passesOn, type Publication } from '../../src/operations/publications.ts';
import { code, someOf, type Context, type Found } from '../../src/rule.ts';

type Unpublishing = Operation & OperationOf<'alterObject' | 'dropObject'>;

/** What is said of a publication that is dropped, or passes on fewer tables or fewer of their changes; undefined for one that was not seen to be made. */
export function findUnpublished(operation: Unpublishing, context: Context): Found | undefined {
  const { name, object, conditional } = operation;
  const before = object === 'publication' ? context.schema.publications?.get(name) : undefined;
  if (!before || conditional) return undefined;
  const after = atEnd(operation, context);
  if (!after) return findDropped(name);
  const lost = lostBetween(before, after, context);
  const fewer = !before.insertsOnly && after.insertsOnly;
  if (lost.length === 0 && !fewer) return undefined;
  const what =
    lost.length > 0
      ? `nothing of ${someOf(
          lost.map((each) => code(each)),
          6,
        )}`
      : 'no UPDATE and no DELETE';
  return {
    severity: 'warning',
    message: `From here on ${code(name)} passes on ${what}. Whoever gets the changes through it keeps the rows as they are now, without an error, and what is written meanwhile does not come later.`,
    advice: `First those who read them: no replica, search index or warehouse needs them any more. Back in the publication, ${lost.length > 0 ? 'a table is' : 'the tables are'} to be copied anew.`,
  };
}

/** What a later statement of the migration puts back was never missed: all of it commits at once. */
function atEnd(operation: Operation, { schema, after }: Context): Publication | undefined {
  let publications = changedPublications(schema.publications, operation);
  for (const each of after) publications = changedPublications(publications, each);
  return 'name' in operation && operation.name !== undefined ? publications?.get(operation.name) : undefined;
}

function findDropped(name: string): Found {
  return {
    severity: 'warning',
    message: `Whoever gets changes through ${code(name)} fails with 42704 as soon as it is gone, and tries again: meanwhile its replication slot keeps all of the log, until the disk is full.`,
    advice:
      'First those who read it: subscriptions and connectors that name it are dropped, with their slots (`SELECT slot_name, active FROM pg_replication_slots;`); then this.',
  };
}

function lostBetween(before: Publication, after: Publication, { schema, isNew, migration }: Context): string[] {
  const names = new Set([...before.tables, ...schema.tables.keys()]);
  return [...names].filter(
    (table) =>
      passesOn(before, table) &&
      !passesOn(after, table) &&
      !isNew(table) &&
      !migration.up.some((each) => each.kind === 'dropTable' && each.table === table),
  );
}
