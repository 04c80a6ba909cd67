import type { Name } from '../src/operations/name.ts';
import type { Operation, OperationOf } from '../src/operations/operation.ts';
import { code, type Context, type Found, type Rule } from '../src/rule.ts';
import { isMysql } from './advice/online-change.ts';

/** A copy takes the place of a table that was written meanwhile. */
export const copiedWhileWritten: Rule = {
  id: 'copied-while-written',
  title: 'A copy takes the place of a table that is written meanwhile',
  severity: 'error',
  concerns: 'rows',
  check: {
    insertRows: (operation, context) => (operation.source === 'query' ? find(operation, context) : undefined),
    createTable: (operation, context) => (operation.from === 'query' ? find(operation, context) : undefined),
  },
};

type Copying = OperationOf<'createTable'> | OperationOf<'insertRows'>;

function find({ table: copy, statement }: Copying, context: Context): Found | undefined {
  const { database } = context.migration;
  const swap = context.after.find((each) => each.kind === 'renameTable' && each.table === copy);
  if (swap?.kind !== 'renameTable' || !(database === 'postgres' || isMysql(database))) return undefined;
  const original = swap.to;
  if (context.isNew(original) || !makesRoom(original, context.after)) return undefined;
  const isKept = (each: Operation) => keepsWritersOut(each, original, statement, context);
  if (context.before.some(isKept) || isCopiedAgain(copy, context.after, isKept)) return undefined;
  return {
    severity: context.sizeOf(original) === 'small' ? 'warning' : 'error',
    message: `What is written to ${code(original)} from the moment this statement reads it until ${code(copy)} takes its name is lost without a word: the copy does not have it.`,
    advice: `${isMysql(database) ? onMysql : onPostgres(original)} Where it can be, change the table itself, a step at a time, and copy nothing.`,
  };
}

/** The original leaves its name to the copy. */
function makesRoom(original: Name, after: readonly Operation[]): boolean {
  return after.some((each) => (each.kind === 'renameTable' || each.kind === 'dropTable') && each.table === original);
}

/** A lock that is held until the swap, as by a block that is one statement, or a trigger that carries over what is written. */
function keepsWritersOut(
  each: Operation,
  original: Name,
  statement: number,
  { inTransaction, migration }: Context,
): boolean {
  if (!('table' in each) || each.table !== original) return false;
  const holds = isMysql(migration.database) || inTransaction !== false || each.statement === statement;
  if (each.kind === 'createObject') return each.object === 'trigger';
  if (each.kind === 'lockTable') return holds && !letsWrite.has(each.mode.toLowerCase());
  return migration.database === 'postgres' && holds && strong.has(each.kind);
}

/** What was written since is copied once nobody writes any more. */
function isCopiedAgain(copy: Name, after: readonly Operation[], isKept: (each: Operation) => boolean): boolean {
  const locked = after.findIndex(isKept);
  const rest = locked < 0 ? [] : after.slice(locked);
  return rest.some((each) => each.kind === 'insertRows' && each.source === 'query' && each.table === copy);
}

/** https://www.postgresql.org/docs/current/explicit-locking.html#LOCKING-TABLES */
const letsWrite = new Set(['access share', 'row share', 'row exclusive', 'share update exclusive']);

/** Kinds of statements whose lock keeps writers out of the table until the transaction ends. */
const strong = new Set<Operation['kind']>(['addColumn', 'dropColumn', 'alterColumn', 'renameColumn', 'renameTable']);

const onMysql =
  'A tool that carries over what is written meanwhile does this safely (gh-ost, pt-online-schema-change); or `LOCK TABLES` for both before the copy, in an announced pause.';

function onPostgres(original: Name): string {
  return `In one transaction, with ${code(`LOCK TABLE ${original} IN SHARE ROW EXCLUSIVE MODE`)} before the copy, in an announced pause: reads go on, writes wait. Or with a trigger on ${code(original)}, made before the copy, that writes every change to both.`;
}
