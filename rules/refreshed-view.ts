import type { Name } from '../src/operations/name.ts';
import type { Operation } from '../src/operations/operation.ts';
import { columnSql, madeUpName, tableSql } from '../src/writers/identifier.ts';
import { code, sizeNote, type Context, type Found, type Rule } from '../src/rule.ts';
import { costOf } from './advice/severity.ts';

/** A materialized view is computed anew while its readers wait. */
export const refreshedView: Rule = {
  id: 'refreshed-view',
  title: 'A materialized view is refreshed while readers wait',
  severity: 'warning',
  concerns: 'locks',
  check: {
    alterObject: ({ object, name, change, conditional }, context) => {
      if (object === 'materialized view' && change === 'refresh concurrently' && !conditional)
        return findRefused(name, context);
      if (object === 'materialized view' && change === 'refresh with no data') return findEmptied(name, context);
      if (object !== 'materialized view' || change !== 'refresh') return undefined;
      // Nobody reads it: that fails.
      if (context.schema.views.get(name)?.unfilled) return undefined;
      if (context.before.some((each) => each.kind === 'createObject' && each.name === name)) return undefined;
      const isPostgres = context.migration.database === 'postgres';
      const waits = isPostgres
        ? `holds ACCESS EXCLUSIVE on ${code(name)}: whoever reads it waits`
        : 'may keep its readers waiting';
      return {
        severity: costOf(context, name),
        message: `Refreshing ${code(name)} ${waits} until its query is done and its rows are written. ${sizeNote(name, context.sizeOf(name))}`,
        advice: isPostgres
          ? `Outside the deploy, \`REFRESH MATERIALIZED VIEW CONCURRENTLY ${code(name).replaceAll('`', '')}\`: readers go on meanwhile. It needs a unique index on the view.`
          : 'Outside the deploy, in a quiet hour.',
      };
    },
  },
};

/** One that the migration fills again behind it is only late. */
function findEmptied(name: Name, { schema, after, isNew }: Context): Found | undefined {
  if (isNew(name) || schema.views.get(name)?.unfilled) return undefined;
  if (after.some((each) => 'name' in each && each.name === name && isFilled(each))) return undefined;
  return {
    severity: 'error',
    concerns: 'code',
    message: `\`WITH NO DATA\` empties ${code(name)}: from here on every SELECT of it fails with 55000, also those of the release that still runs, until it is refreshed.`,
    advice: 'Without `WITH NO DATA`, and outside the deploy; where nobody reads it any more, `DROP MATERIALIZED VIEW`.',
  };
}

function isFilled(each: Operation): boolean {
  if (each.kind === 'alterObject') return each.change === 'refresh';
  return each.kind === 'dropObject' || each.kind === 'createObject';
}

/** What makes the index may not have been read, and a view that was not seen to be made may have one. */
function findRefused(name: Name, { migration, schema, isNew }: Context): Found | undefined {
  const view = schema.views.get(name);
  if (migration.database !== 'postgres' || !view || schema.unread) return undefined;
  if (view.unfilled) return findUnfilled(name, isNew(name));
  const indexes = schema.tables.get(name)?.indexes ?? [];
  if (indexes.some((each) => each.unique && !each.where && !each.reads?.length)) return undefined;
  const column = view.gives?.[0];
  const on = `${tableSql(name, 'postgres')} (${column === undefined ? '…' : columnSql(column, 'postgres')})`;
  const sql = `CREATE UNIQUE INDEX ${columnSql(madeUpName(name, column ?? '', 'key'), 'postgres')} ON ${on};`;
  const nearly = indexes.some(({ unique }) => unique) ? 'over columns alone, of all rows' : 'of it';
  return {
    severity: 'error',
    concerns: 'process',
    message: `\`REFRESH MATERIALIZED VIEW CONCURRENTLY\` of ${code(name)} fails (55000): there is no unique index ${nearly}, by which rows of before and after are told apart.`,
    advice: `Before it, such an index over what is different in every row, as in ${code(sql, 300)}.`,
  };
}

function findUnfilled(name: Name, isNew: boolean): Found {
  const unless = isNew ? '' : ', unless a job outside the migrations has filled it; in an empty database it fails';
  return {
    severity: 'error',
    concerns: 'process',
    message: `\`REFRESH MATERIALIZED VIEW CONCURRENTLY\` of ${code(name)} fails (0A000)${unless}: it was made or emptied \`WITH NO DATA\`, and there is nothing to compare with.`,
    advice: `The first time \`REFRESH MATERIALIZED VIEW ${code(name).replaceAll('`', '')};\`: whoever reads it failed so far, so that nobody waits for it.`,
  };
}
