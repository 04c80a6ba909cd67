/** What decides which rows row security lets through. */
import type { Name } from '../../src/operations/name.ts';
import type { Operation } from '../../src/operations/operation.ts';
import type { Context } from '../../src/rule.ts';

/** What this change still does: a run brings its migrations one after the other. */
export function comesOf({ after, later }: Context): Operation[] {
  return [...after, ...later];
}

/** Row security of the table is set so: ENABLE, DISABLE, FORCE. */
export function isSecurity(each: Operation, table: Name, verb: string): boolean {
  return each.kind === 'alterTable' && each.table === table && each.change.toUpperCase().startsWith(`${verb} ROW`);
}

/** Row security goes again, or the table. */
export function opensAll(each: Operation, table: Name): boolean {
  return isSecurity(each, table, 'DISABLE') || (each.kind === 'dropTable' && each.table === table);
}

/** A policy of the table is made. */
export function isPolicyOf(each: Operation, table: Name): boolean {
  return each.kind === 'createObject' && each.object === 'policy' && each.table === table;
}
