/** A copy takes the place of a table and leaves rows out, which go when the old one does. */
import type { Name } from '../../src/operations/name.ts';
import type { Operation, OperationOf } from '../../src/operations/operation.ts';
import { code, type Context, type Found } from '../../src/rule.ts';

/** What the `WHERE` of the copy does not pick, or a key refuses without an error. */
export function findLeftOut(operation: Operation & OperationOf<'insertRows'>, context: Context): Found | undefined {
  const { table: copy, picks, ignores, replaces } = operation;
  const source = picks ?? operation.copies ?? operation.readsAll;
  if (source === undefined || !(picks ?? ignores ?? replaces) || !isWrittenOnce(operation, context)) return undefined;
  if (!isReplaced(source, copy, context) || isReadTwice(source, context)) return undefined;
  const out =
    picks === undefined
      ? `a row of ${code(source)} that breaks a key or a rule of ${code(copy)} ${replaces ? 'takes the place of one that was copied' : 'is left out'} without an error`
      : `rows of ${code(source)} that the \`WHERE\` does not pick are left out`;
  return {
    severity: picks === undefined ? 'error' : 'warning',
    concerns: 'rows',
    message: `The copy in ${code(copy)} does not have every row: ${out}, and with the \`DROP TABLE\` of the old table ${picks === undefined ? 'it is' : 'they are'} gone for good.`,
    advice:
      picks === undefined
        ? 'Copy without it, so that the migration fails on the first such row, and say first what becomes of those rows: an UPDATE that mends them, or a DELETE that names them.'
        : `Copy all rows. Those that are to go are better deleted by their condition, in a statement that says so, and with a backup.`,
  };
}

/** A loop copies by pieces, and so may a program. */
function isWrittenOnce(
  { conditional, looped }: OperationOf<'insertRows'> & Operation,
  { migration }: Context,
): boolean {
  return !conditional && !looped && migration.path.endsWith('.sql');
}

/** The copy gets the name, or has got it, and the old table goes. */
function isReplaced(source: Name, copy: Name, { before, after, isNew }: Context): boolean {
  const named = (each: Operation) => each.kind === 'renameTable' && each.table === copy && each.to === source;
  const away = after.find((each) => each.kind === 'renameTable' && each.table === source);
  const old = away?.kind === 'renameTable' ? away.to : source;
  const goes = after.some((each) => each.kind === 'dropTable' && each.table === old);
  return goes && isNew(copy) && (before.some(named) || after.some(named));
}

/** What one statement leaves out another one may take. */
function isReadTwice(source: Name, { before, after }: Context): boolean {
  return [...before, ...after].some(
    (each) => each.kind === 'insertRows' && [each.picks, each.copies, each.readsAll].includes(source),
  );
}
