import type { Name } from '../src/operations/name.ts';
import type { Operation } from '../src/operations/operation.ts';
import { code, codes, type Context, type Found, type Rule } from '../src/rule.ts';
import { led, paragraphs, phaseFence } from './advice/fence.ts';
import {
  findDeferrable,
  findPartial,
  goesToo,
  keyOfConstraint,
  keyOfIndex,
  staysUnique,
  type UniqueKey,
} from './advice/kept-unique.ts';
import { leaningOnConstraint, leaningOnIndex } from './advice/leaning-keys.ts';
import { isIdentityLost, isKeyHeld } from './advice/one-cause.ts';
import { isMysql } from './advice/online-change.ts';
import { restate } from './advice/restate.ts';

/** A unique key goes on which running statements rely. */
export const droppedUniqueness: Rule = {
  id: 'dropped-uniqueness',
  title: 'What keeps rows unique is dropped',
  severity: 'warning',
  concerns: 'code',
  check: {
    dropConstraint: (operation, context) => {
      const { table, name, cascade } = operation;
      // `needed-by-constraint` speaks: it does not go.
      if (!cascade && leaningOnConstraint(operation, context).length > 0) return undefined;
      if (isMysql(context.migration.database) && isKeyHeld(operation, context)) return undefined;
      const key = keyOfConstraint(operation, context.schema);
      return key && find({ table, key, named: nameIn(key.name ?? name) }, operation, context);
    },
    dropIndex: (operation, context) => {
      const { name, cascade } = operation;
      if (!cascade && leaningOnIndex(operation, context).length > 0) return undefined;
      const owned = keyOfIndex(name, context.schema);
      return owned && find({ ...owned, named: code(name) }, { ...operation, table: owned.table }, context);
    },
  },
};

/** The key that goes; `named` is how a sentence calls it. */
type Gone = { table: Name; key: UniqueKey; named: string };

function nameIn(name: string | undefined): string {
  return name === undefined ? 'its key' : code(name);
}

function find(gone: Gone, operation: Operation, context: Context): Found | undefined {
  const { table, key } = gone;
  const { columns } = key;
  if (isIdentityLost(operation, context)) return undefined;
  if (context.isNew(table) || columns.length === 0 || staysUnique(table, key, context)) return undefined;
  if (goesToo(table, columns, context)) return undefined;
  const left = findDeferrable(table, key, context);
  const first = left
    ? 'Another key in its place that is not `DEFERRABLE`, made before this goes; or first a release that does not rely on it, then this.'
    : 'First a release that does not rely on it, then this. Where another key takes its place, make that before this goes.';
  return {
    message: left ? unfitLeft(gone, left) : nothingLeft(gone, context),
    advice: paragraphs(first, led('When that release runs everywhere:', dropLater(operation, context))),
  };
}

/** At best a partial index. */
function nothingLeft({ table, key: { columns }, named }: Gone, context: Context): string {
  const { database } = context.migration;
  const partial = findPartial(table, columns, context);
  const begin = partial
    ? `Without ${named} ${codes(columns)} of ${code(table)} is unique only among the rows of ${code(partial.name ?? 'the partial index')}, where ${code(partial.where?.sql ?? '')}.`
    : `Without ${named} nothing keeps ${codes(columns)} of ${code(table)} unique.`;
  const upsert = isMysql(database)
    ? '`INSERT … ON DUPLICATE KEY UPDATE` then inserts a second row'
    : `\`INSERT … ON CONFLICT (${columns.join(', ')})\` then fails${database === 'postgres' ? ' with 42P10' : ''}`;
  return `${begin} Where the release that still runs relies on it, ${database === 'sqlserver' ? 'it writes duplicates' : upsert}, and the way back fails on the duplicates that come meanwhile.`;
}

/** `INSERT … ON CONFLICT` takes no key whose check may wait. */
function unfitLeft({ table, key: { columns }, named }: Gone, left: UniqueKey): string {
  return `Without ${named} what is left to keep ${codes(columns)} of ${code(table)} unique is ${nameIn(left.name)}, which is \`DEFERRABLE\`. Where the release that still runs relies on it, \`INSERT … ON CONFLICT (${columns.join(', ')})\` then fails with 55000: it takes no key whose check may wait until the end of the transaction.`;
}

/** With the word of its author that nothing relies on it. */
function dropLater(operation: Operation, { migration, schema }: Context): string {
  const steps = restate([operation], schema);
  const allow = { rules: ['dropped-uniqueness'], because: 'no release that runs relies on it any more' };
  return steps ? phaseFence(migration, { steps, allow }) : '';
}
