import { isWithoutIdentity, losesIdentity, publishersAt } from './advice/lost-identity.ts';
import type { Name } from '../src/operations/name.ts';
import type { Operation, OperationOf } from '../src/operations/operation.ts';
import { code, someOf, type Context, type Found, type Rule } from '../src/rule.ts';
import { tableSql } from '../src/writers/identifier.ts';

/** Rows of a published table that nothing tells apart can be neither changed nor deleted. */
export const publishedWithoutKey: Rule = {
  id: 'published-without-key',
  title: 'A published table whose rows nothing tells apart',
  severity: 'error',
  concerns: 'code',
  check: {
    createObject: (operation, context) => findPublished(operation, context),
    alterObject: (operation, context) => findPublished(operation, context),
    createTable: (operation, context) => findMade(operation, context),
    dropConstraint: (operation, context) => findLost(operation, operation.table, context),
    dropIndex: (operation, context) => findLost(operation, undefined, context),
    dropColumn: (operation, context) => findLost(operation, operation.table, context),
    alterTable: (operation, context) => findLost(operation, operation.table, context),
  },
};

type Publishing = OperationOf<'createObject' | 'alterObject'> & { conditional?: true };

/** Of `FOR ALL TABLES` those that were seen to be made. */
function findPublished(operation: Publishing & Operation, context: Context): Found | undefined {
  const { name, object, conditional } = operation;
  if (object !== 'publication' || conditional) return undefined;
  const tables = [...context.schema.tables.values()]
    .filter((table) => publishersAt(context, table.name, operation).includes(name))
    .filter((table) => !publishersAt(context, table.name).includes(name) && isWithoutIdentity(table, context));
  const [first] = tables;
  if (!first) return undefined;
  const all = tables.map((table) => code(table.name));
  return {
    message: `Once ${code(name)} publishes it, every UPDATE and DELETE of ${someOf(all, 6)} fails with 55000, also those of the release that still runs: ${first.replicaIdentity === undefined ? 'without a primary key there is' : '`REPLICA IDENTITY NOTHING` leaves'} nothing that tells its rows apart for those who get the changes.`,
    advice: `Before it, a primary key; or ${byHand(first.name)}. Where only INSERT is to be passed on: \`WITH (publish = 'insert')\`.`,
  };
}

function findMade(operation: OperationOf<'createTable'> & Operation, context: Context): Found | undefined {
  const { table, conditional, temporary, unlogged } = operation;
  if (conditional || temporary || unlogged || operation.ifNotExists) return undefined;
  if (operation.partitioned || operation.partitionOf !== undefined || operation.from === 'like') return undefined;
  const [publisher] = publishersAt(context, table, operation);
  if (publisher === undefined || !losesIdentity(operation, table, context)) return undefined;
  return {
    message: `Every UPDATE and DELETE of the new table ${code(table)} will fail with 55000: ${code(publisher)} publishes it with the others, and without a primary key nothing tells its rows apart for those who get the changes.`,
    advice: `A primary key, here or later in this migration; or ${byHand(table)}.`,
  };
}

function findLost(operation: Operation, named: Name | undefined, context: Context): Found | undefined {
  if (operation.conditional || context.migration.database !== 'postgres') return undefined;
  const table = named ?? findTableOfIdentity(operation, context);
  const [publisher] = table === undefined ? [] : publishersAt(context, table);
  if (table === undefined || publisher === undefined || !losesIdentity(operation, table, context)) return undefined;
  const isSure = !context.schema.unread;
  return {
    severity: isSure ? 'error' : 'warning',
    message: `${beginning(operation)} every UPDATE and DELETE of ${code(table)} fails with 55000${isSure ? '' : ', unless something that could not be read here has changed that'}, also those of the release that still runs: ${code(publisher)} publishes it, and nothing is left that tells its rows apart for those who get the changes.`,
    advice: `In the same transaction ${byHand(table)}; or the primary key that takes the place of the one that goes.`,
  };
}

function beginning(operation: Operation): string {
  if (operation.kind === 'alterTable') return `With ${code(operation.change)}`;
  if (operation.kind === 'dropColumn') return `Without the key over ${code(`${operation.table}.${operation.column}`)}`;
  const name = 'name' in operation ? operation.name : undefined;
  return name === undefined ? 'Without its key' : `Without ${code(name)}`;
}

function findTableOfIdentity(operation: Operation, { schema }: Context): Name | undefined {
  if (operation.kind !== 'dropIndex') return undefined;
  return [...schema.tables.values()].find(
    ({ replicaIdentity, indexes }) =>
      typeof replicaIdentity === 'object' && indexes.some(({ name }) => name === operation.name),
  )?.name;
}

function byHand(table: Name): string {
  const sql = `ALTER TABLE ${tableSql(table, 'postgres')} REPLICA IDENTITY USING INDEX …;`;
  return `${code(sql, 300)} with a unique index over required columns; or \`REPLICA IDENTITY FULL\`, which writes whole rows to the log`;
}
