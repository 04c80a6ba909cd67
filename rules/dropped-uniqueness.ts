import { isKeyHeld } from './advice/one-cause.ts';
import { isMysql } from './advice/online-change.ts';
import { isNameOf } from '../src/operations/named-keys.ts';
import type { Name } from '../src/operations/name.ts';
import type { Operation } from '../src/operations/operation.ts';
import { withConstraint, withIndex } from '../src/operations/tables.ts';
import { code, codes, type Context, type Found, type Rule } from '../src/rule.ts';
import { led, paragraphs, phaseFence } from './advice/fence.ts';
import { findDeferrable, findPartial, goesToo, staysUnique, type UniqueKey } from './advice/kept-unique.ts';
import { isIdentityLost } from './advice/one-cause.ts';
import { leaningOnConstraint, leaningOnIndex } from './advice/leaning-keys.ts';
import { restate } from './advice/restate.ts';

/** A unique key goes on which running statements rely. */
export const droppedUniqueness: Rule = {
  id: 'dropped-uniqueness',
  title: 'What keeps rows unique is dropped',
  severity: 'warning',
  concerns: 'code',
  check: {
    dropConstraint: (operation, context) => {
      const { table, name, constraint, cascade } = operation;
      // `needed-by-constraint` speaks: it does not go.
      if (!cascade && leaningOnConstraint(operation, context).length > 0) return undefined;
      if (isMysql(context.migration.database) && isKeyHeld(operation, context)) return undefined;
      const known = context.schema.tables
        .get(table)
        ?.constraints.find(
          (each) =>
            (each.kind === 'unique' || each.kind === 'primaryKey') &&
            (name === undefined ? each.kind === constraint : isNameOf(name, each, table)),
        );
      return known && known.kind !== 'check'
        ? find(table, known, nameIn(known.name ?? name), operation, context)
        : undefined;
    },
    dropIndex: (operation, context) => {
      const { name, cascade } = operation;
      if (!cascade && leaningOnIndex(operation, context).length > 0) return undefined;
      const { tables } = context.schema;
      for (const { name: table, indexes, constraints } of [
        ...withIndex(tables, name),
        ...withConstraint(tables, name),
      ]) {
        const known =
          indexes.find((each) => each.name === name && each.unique && !each.where) ??
          constraints.find((each) => each.kind === 'unique' && each.name === name);
        if (known && 'columns' in known) return find(table, known, code(name), { ...operation, table }, context);
      }
      return undefined;
    },
  },
};

function nameIn(name: string | undefined): string {
  return name === undefined ? 'its key' : code(name);
}

function find(table: Name, known: UniqueKey, key: string, operation: Operation, context: Context): Found | undefined {
  const { columns } = known;
  if (isIdentityLost(operation, context)) return undefined;
  if (context.isNew(table) || columns.length === 0 || staysUnique(table, known, context)) return undefined;
  if (goesToo(table, columns, context)) return undefined;
  const list = codes(columns);
  const { database } = context.migration;
  const deferrable = findDeferrable(table, known, context);
  if (deferrable) return findUnfit(operation, context, { table, columns, key, left: deferrable });
  const partial = findPartial(table, columns, context);
  const begin = partial
    ? `Without ${key} ${list} of ${code(table)} is unique only among the rows of ${code(partial.name ?? 'the partial index')}, where ${code(partial.where?.sql ?? '')}.`
    : `Without ${key} nothing keeps ${list} of ${code(table)} unique.`;
  const upsert =
    database === 'mysql' || database === 'mariadb'
      ? '`INSERT … ON DUPLICATE KEY UPDATE` then inserts a second row'
      : `\`INSERT … ON CONFLICT (${columns.join(', ')})\` then fails${database === 'postgres' ? ' with 42P10' : ''}`;
  return {
    message: `${begin} Where the release that still runs relies on it, ${database === 'sqlserver' ? 'it writes duplicates' : upsert}, and the way back fails on the duplicates that come meanwhile.`,
    advice: paragraphs(
      'First a release that does not rely on it, then this. Where another key takes its place, make that before this goes.',
      led('When that release runs everywhere:', dropLater(operation, context)),
    ),
  };
}

/** `INSERT … ON CONFLICT` takes no key whose check may wait. */
function findUnfit(
  operation: Operation,
  context: Context,
  { table, columns, key, left }: { table: Name; columns: readonly string[]; key: string; left: UniqueKey },
): Found {
  const list = codes(columns);
  return {
    message: `Without ${key} what is left to keep ${list} of ${code(table)} unique is ${nameIn(left.name)}, which is \`DEFERRABLE\`. Where the release that still runs relies on it, \`INSERT … ON CONFLICT (${columns.join(', ')})\` then fails with 55000: it takes no key whose check may wait until the end of the transaction.`,
    advice: paragraphs(
      'Another key in its place that is not `DEFERRABLE`, made before this goes; or first a release that does not rely on it, then this.',
      led('When that release runs everywhere:', dropLater(operation, context)),
    ),
  };
}

/** With the word of its author that nothing relies on it. */
function dropLater(operation: Operation, { migration, schema }: Context): string {
  const steps = restate([operation], schema);
  const allow = { rules: ['dropped-uniqueness'], because: 'no release that runs relies on it any more' };
  return steps ? phaseFence(migration, { steps, allow }) : '';
}
