/** Whether code of a running release may name an object that is dropped. */
import type { Name } from '../../src/operations/name.ts';
import type { OperationOf } from '../../src/operations/operation.ts';
import type { ObjectKind } from '../../src/operations/object-operation.ts';
import type { Context } from '../../src/rule.ts';

/** True where it is of a kind that statements name, and goes for good. */
export function isCalledObject(operation: OperationOf<'dropObject'>, context: Context): boolean {
  if (!called.has(operation.object)) return false;
  // The sequence of a column goes with it, and cannot go before it.
  if (operation.object === 'sequence' && operation.name.endsWith('_seq')) return false;
  return !isMadeHere(operation, context) && !isOfTrigger(operation, context);
}

/** What code names in its own statements. */
const called: ReadonlySet<ObjectKind> = new Set([
  'view',
  'materialized view',
  'function',
  'procedure',
  'aggregate',
  'sequence',
  'synonym',
]);

/** Created again behind it, or created by this migration before it. */
function isMadeHere({ name }: OperationOf<'dropObject'>, { migration }: Context): boolean {
  const makes = (each: { kind: string; name?: unknown; to?: unknown; table?: Name }) =>
    (each.kind === 'createObject' && each.name === name) ||
    (each.kind === 'renameObject' && each.to === name) ||
    ((each.kind === 'createTable' || each.kind === 'renameTable') && (each.table === name || each.to === name));
  return migration.up.some(makes);
}

/** A function of a trigger that goes too, which nobody else calls. */
function isOfTrigger({ object }: OperationOf<'dropObject'>, { migration }: Context): boolean {
  if (object !== 'function') return false;
  return migration.up.some((each) => each.kind === 'dropObject' && each.object === 'trigger');
}
