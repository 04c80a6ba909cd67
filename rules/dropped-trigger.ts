import type { Operation, OperationOf } from '../src/operations/operation.ts';
import { code, type Context, type Found, type Rule } from '../src/rule.ts';

/** A trigger goes, for good or until it is made again, and writes go through without it. */
export const droppedTrigger: Rule = {
  id: 'dropped-trigger',
  title: 'A trigger is dropped',
  severity: 'notice',
  concerns: 'rows',
  check: {
    dropObject: (operation, context) => (operation.object === 'trigger' ? find(operation, context) : undefined),
  },
};

function find(operation: OperationOf<'dropObject'>, context: Context): Found | undefined {
  const { name, ifExists } = operation;
  const { before, after, schema, isNew, inTransaction } = context;
  const seen = [...schema.tables.values()].find(({ triggers }) => triggers?.includes(name))?.name;
  const table = operation.table ?? seen;
  if (table === undefined || isNew(table) || (ifExists && seen === undefined)) return undefined;
  const isGone = (each: Operation) =>
    (each.kind === 'dropTable' || each.kind === 'dropColumn' || each.kind === 'renameColumn') && each.table === table;
  if ([...before, ...after].some(isGone)) return undefined;
  const makes = (each: Operation) => each.kind === 'createObject' && each.object === 'trigger' && each.table === table;
  if (before.some(makes)) return undefined;
  const next = after.find(makes);
  const isAlike = (each: Operation) => each.kind === 'dropObject' && each.object === 'trigger';
  if (!next && before.some(isAlike)) return undefined;
  const others = after.filter(isAlike).length;
  const more = others === 0 ? '' : ` ${others === 1 ? 'One more goes' : `${others} more go`} below.`;
  if (next && inTransaction !== false) return undefined;
  return {
    message: next
      ? `Between this and statement ${next.statement}, which makes it again, writes to ${code(table)} go through without what the trigger ${code(name)} does: no transaction holds the two together.`
      : `With the trigger ${code(name)} what it did at writes to ${code(table)} is no longer done: what it checked, filled in or kept a copy of is up to the code from here on, also in the release that still runs.${more}`,
    advice: next
      ? '`CREATE OR REPLACE TRIGGER` (PostgreSQL 14), or both in one transaction.'
      : 'First a release that does the same by itself or needs it no more; when that runs everywhere, this.',
  };
}
