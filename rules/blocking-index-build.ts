import type { OperationOf } from '../src/operations/operation.ts';
import { code, sizeNote, type Context, type Found, type Rule } from '../src/rule.ts';
import { tableSql } from '../src/writers/identifier.ts';
import { withConcurrently } from './advice/concurrent-index.ts';
import { outsideFence } from './advice/fence.ts';
import { adviseBuild, describeBuild } from './advice/index-build.ts';
import { areKeptApart, areNullHere, columnWithOneValue } from './advice/alike-rows.ts';
import { isRaced, isRefused, isRefusedByKind } from './advice/one-cause.ts';
import { findImpossibleKey } from './advice/impossible-key.ts';
import { findScatteredKey } from './advice/scattered-key.ts';
import { costOf } from './advice/severity.ts';
import { findOnSqlserver } from './advice/sqlserver-index.ts';

/** An index is built while nobody may write to its table. */
export const blockingIndexBuild: Rule = {
  id: 'blocking-index-build',
  title: 'An index build that keeps writers out',
  severity: 'warning',
  concerns: 'locks',
  check: {
    createIndex: (operation, context) => {
      const { table, index } = operation;
      if (isRefusedByKind(operation, context)) return undefined;
      if (context.migration.database === 'sqlserver') return findOnSqlserver(operation, context);
      if (context.isNew(table) || (index.unique && columnWithOneValue(index.columns, table, context))) return undefined;
      if (findScatteredKey(operation, context) || findImpossibleKey(operation, context)) return undefined;
      if (isRefused(operation, context) || isThere(operation, context)) return undefined;
      if (isRaced(operation, context)) return undefined;
      const happens = describeBuild(operation, context);
      const isApart = areNullHere(index.columns, table, context) || areKeptApart(index.columns, table, context);
      const duplicates = index.unique && !isApart ? ' It fails on the first duplicate.' : '';
      if (!happens) return undefined;
      return {
        severity: costOf(context, table),
        message: `${happens}${duplicates} ${sizeNote(table, context.sizeOf(table))}`,
        ...adviseBuild(operation, context),
        ...withConcurrently(context),
      };
    },
    rebuildIndex: (operation, context) => {
      const { table, name, concurrently } = operation;
      if (context.migration.database === 'sqlserver') return findOnSqlserver(operation, context);
      if (context.migration.database !== 'postgres' || concurrently || (table && context.isNew(table)))
        return undefined;
      // `refused-in-transaction` speaks elsewhere.
      if (operation.all !== undefined) return context.inTransaction === false ? rebuildsMany(operation.all) : undefined;
      const target = table ?? name ?? 'the index';
      return {
        severity: costOf(context, target),
        message: `Rebuilding ${code(name ?? target)} keeps writes to its table out, and reads that would use the index, until it is done.`,
        advice: outsideFence(context.migration, {
          kind: 'sql',
          sql: `REINDEX ${name ? 'INDEX' : 'TABLE'} CONCURRENTLY ${tableSql(name ?? target, 'postgres')};`,
        }),
      };
    },
  },
};

/** One index after the other, each in a transaction of its own: https://www.postgresql.org/docs/current/sql-reindex.html */
function rebuildsMany(all: string): Found {
  return {
    message: `${code(`REINDEX ${all}`)} builds every index there anew, one table after the other: writes to the table at hand wait, and so do reads that would use the index, until that table is done.`,
    advice: `${code(`REINDEX (CONCURRENTLY) ${all};`)} by hand or as a task of its own, outside migrations: it takes hours on large tables, and what it repairs is not part of the schema.`,
  };
}

/** An earlier migration made it, and this one asks before it builds. */
function isThere({ table, index, ifNotExists }: OperationOf<'createIndex'>, { schema }: Context): boolean {
  const known = schema.tables.get(table)?.indexes ?? [];
  return ifNotExists === true && index.name !== undefined && known.some(({ name }) => name === index.name);
}
