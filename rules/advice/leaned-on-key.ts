/** A key or an index goes that PostgreSQL does not let go: a foreign key leans on it, or it belongs to a constraint. */
import { mayHaveMadeWay } from './made-way.ts';
import type { Name } from '../../src/operations/name.ts';
import type { OperationOf } from '../../src/operations/operation.ts';
import { findIndex } from '../../src/operations/schema.ts';
import { code, type Context, type Found } from '../../src/rule.ts';
import { columnSql, tableSql } from '../../src/writers/identifier.ts';
import {
  dropsOf,
  findConstraintOfIndex,
  leaningOnConstraint,
  leaningOnIndex,
  namesOfKeys,
  type LeaningKey,
} from './leaning-keys.ts';

/** What is said of a constraint that is dropped. */
export function findLeanedOnKey(
  operation: OperationOf<'dropConstraint'> & { conditional?: true },
  context: Context,
): Found | undefined {
  const { table, name = '', conditional, cascade } = operation;
  if (conditional || cascade || mayHaveMadeWay(context) || context.isNew(table)) return undefined;
  return findRefused(table, `the key ${code(name)}`, leaningOnConstraint(operation, context), context);
}

/** What is said of an index that is dropped. */
export function findLeanedOnIndex(
  operation: OperationOf<'dropIndex'> & { conditional?: true },
  context: Context,
): Found | undefined {
  const { name, conditional, cascade } = operation;
  if (conditional || mayHaveMadeWay(context)) return undefined;
  const owner = findConstraintOfIndex(operation, context);
  if (owner) return findOwned(name, owner, context);
  const table = findIndex(context.schema, name)?.table;
  if (cascade || table === undefined || context.isNew(table)) return undefined;
  return findRefused(table, `the index ${code(name)}`, leaningOnIndex(operation, context), context);
}

function findOwned(name: Name, owner: { table: Name; name: string }, context: Context): Found {
  const drop = `ALTER TABLE ${tableSql(owner.table, 'postgres')} DROP CONSTRAINT ${columnSql(owner.name, 'postgres')};`;
  return {
    ...howSure(context),
    message: `Dropping the index ${code(name)} fails (2BP01)${unless(context)}: it belongs to the constraint of its name on ${code(owner.table)}, \`IF EXISTS\` and \`CASCADE\` or not.`,
    advice: `${code(drop, 300)} takes the index along.`,
  };
}

function findRefused(table: Name, what: string, keys: readonly LeaningKey[], context: Context): Found | undefined {
  if (keys.length === 0) return undefined;
  const isOne = keys.length === 1;
  return {
    ...howSure(context),
    message: `Dropping ${what} of ${code(table)} fails (2BP01)${unless(context)}: ${namesOfKeys(keys)} ${isOne ? 'leans' : 'lean'} on it.`,
    advice: `First ${dropsOf(keys)} Where ${isOne ? 'it is' : 'they are'} still wanted: the key that takes the place of this one, and the foreign ${isOne ? 'key' : 'keys'} again with \`NOT VALID\`, validated in a later migration.`,
  };
}

function howSure({ schema }: Context): { severity: 'warning' | 'error' } {
  return { severity: schema.unread ? 'warning' : 'error' };
}

function unless({ schema }: Context): string {
  return schema.unread ? ', unless something that could not be read here has dropped it before' : '';
}
