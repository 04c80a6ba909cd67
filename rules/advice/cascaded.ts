/** What `DROP … CASCADE` takes along on PostgreSQL, and what a `DROP` without it fails on, as far as the history tells. */
import type { OperationOf } from '../../src/operations/operation.ts';
import type { ObjectKind } from '../../src/operations/object-operation.ts';
import { code, listed, someOf, type Context, type Found } from '../../src/rule.ts';
import { mayHaveMadeWay } from './made-way.ts';
import { usersOf } from './object-users.ts';

type DropObject = OperationOf<'dropObject'> & { conditional?: true };

/** What goes with a type, domain, extension, function or sequence; undefined where nothing is known to, and nothing need. */
export function findCascaded(operation: DropObject, context: Context): Found | undefined {
  const { object, name, cascade } = operation;
  if (!cascade || context.migration.database !== 'postgres' || !isUsedBySchema.has(object)) return undefined;
  const all = usersOf(operation, context);
  const lost = all.filter(({ remakes }) => !remakes || !context.after.some(remakes));
  const what = lost.map(({ what: each, along = '' }) => `${each}${along}`);
  if (lost.length === 0 && (all.length > 0 || !heldByColumns.has(object))) return undefined;
  const isNone = lost.length === 0 && isWholeHistory(operation, context);
  return {
    severity: isNone || (lost.length > 0 && !lost.some(({ isGrave }) => isGrave)) ? 'warning' : 'error',
    concerns: lost.some(({ isGrave }) => isGrave) ? 'rows' : 'code',
    message:
      lost.length > 0
        ? `With the ${object} ${code(name)} goes what uses it: \`CASCADE\` drops ${named(what)} without a word.`
        : `With the ${object} ${code(name)} goes what uses it: \`CASCADE\` drops every column of its types, with the values, and every index and default that calls its functions, without a word.`,
    advice: 'Without `CASCADE`: it fails where something still uses it, and names that. Drop those by name first.',
  };
}

/** What a drop without CASCADE fails on. Functions of one name are told apart by their arguments, which are not said here. */
export function findStillUsed(operation: DropObject, context: Context): Found | undefined {
  const { object, name, cascade, conditional } = operation;
  const { schema, migration } = context;
  if (cascade || conditional || migration.database !== 'postgres' || !isUsedBySchema.has(object)) return undefined;
  if (mayHaveMadeWay(context) || (object === 'function' && schema.signatures?.get(name)?.length !== 1))
    return undefined;
  const users = usersOf(operation, context).map(({ what }) => what);
  if (users.length === 0) return undefined;
  const isSure = !schema.unread;
  return {
    severity: isSure ? 'error' : 'warning',
    concerns: 'process',
    message: `Dropping the ${object} ${code(name)} fails (2BP01)${isSure ? '' : ', unless something that could not be read here has changed that before'}: ${named(users)} still use${users.length === 1 ? 's' : ''} it.`,
    advice: `First what uses it: a column gets another type or goes, an expression does without. A function that only changes is replaced by \`CREATE OR REPLACE\`. \`CASCADE\` would drop all of that as well.`,
  };
}

/** What columns have as their type. */
const heldByColumns: ReadonlySet<ObjectKind> = new Set(['type', 'domain', 'extension']);

const isUsedBySchema: ReadonlySet<ObjectKind> = new Set([...heldByColumns, 'function', 'aggregate', 'sequence']);

function named(what: readonly string[]): string {
  const most = 6;
  return what.length > most ? someOf(what, most) : listed(what);
}

/** An extension may have more than is known of it. */
function isWholeHistory({ object }: DropObject, { schema }: Context): boolean {
  return object !== 'extension' && !schema.unread && schema.tables.size > 0;
}
