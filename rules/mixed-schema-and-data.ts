import { rollsBackSchema } from '../src/operations/facts/locks.ts';
import type { Migration } from '../src/operations/migration.ts';
import type { Name } from '../src/operations/name.ts';
import { isData, isSchema } from '../src/operations/operation-questions.ts';
import type { Operation } from '../src/operations/operation.ts';
import type { Context, Found, Rule } from '../src/rule.ts';
import { describeResult, describeRows, tableOf } from './advice/describe.ts';
import { oldTables } from './advice/old-tables.ts';
import { isToldByRows, leavesOnlyNew } from './advice/half-done.ts';
import { findHeldInRun, findHeldLock } from './advice/held-lock.ts';
import { findPendingEvents } from './advice/pending-events.ts';
import { ownTransactions } from './advice/own-transaction.ts';
import { isFewRows, writesRows } from './advice/rows-written.ts';
import { splitParts } from './advice/split-parts.ts';

/** Rows of an existing table are written in a migration that also changes the schema. */
export const mixedSchemaAndData: Rule = {
  id: 'mixed-schema-and-data',
  title: 'Schema and data change in one migration',
  severity: 'error',
  concerns: 'process',
  check: {
    migration: (migration, context) => {
      const isOld = oldTables(migration, context);
      const writes = migration.up.find((each) => writesRows(each, migration) && isOld(tableOf(each)));
      // It fails before any lock is held for long.
      if (writes && findPendingEvents(migration, context)?.isSure) return [];
      const found =
        writes && (findHalfway(migration, writes, isOld, context) ?? findHeldLock(migration, writes, isOld, context));
      return found ? [found] : [];
    },
    change: ({ lineages, change }) => lineages.flatMap((lineage) => findHeldInRun(lineage, change.configuration)),
  },
};

/** Nothing rolls the schema back: what ran before the statement that fails stays. */
function findHalfway(
  migration: Migration,
  writes: Operation,
  isOld: (table: Name | undefined) => boolean,
  context: Context,
): Found | undefined {
  const { database, transaction } = migration;
  if (database === 'unknown' || (rollsBackSchema(database) && transaction !== 'none')) return undefined;
  const begun = ownTransactions(migration);
  const isTogether = (each: Operation) =>
    rollsBackSchema(database) && begun.has(writes) && begun.get(each) === begun.get(writes);
  const schema = migration.up.filter(
    (each) => isSchema(each) && each.statement !== writes.statement && !isTogether(each),
  );
  const [first] = schema;
  if (!first) return undefined;
  const earlier = schema.filter((each) => each.statement < writes.statement);
  const fails = earlier.length > 0 ? writes.statement : first.statement;
  const stays = earlier.length > 0 ? earlier.slice(0, 3).map(describeResult).join(', ') : describeResult(writes);
  // Run again, it passes over what is there.
  const isGuarded = schema.every(
    (each) => each.conditional || ('ifNotExists' in each && each.ifNotExists) || ('ifExists' in each && each.ifExists),
  );
  const next = isGuarded ? 'begins anew' : 'stops at what is there already';
  const why = rollsBackSchema(database)
    ? 'Each statement commits by itself here'
    : 'Every schema statement commits here, and cannot be rolled back';
  return {
    severity:
      isFewRows(writes) ||
      isOneStatement(migration) ||
      isAboutNew(writes, schema, isOld) ||
      isGuarded ||
      leavesOnlyNew(migration)
        ? 'warning'
        : 'error',
    span: writes.span,
    message: `The schema and the ${describeRows(writes)} change in one migration. ${why}: if statement ${fails} of ${migration.statements} fails, this stays: ${stays}. The migration is not recorded as done, and the next run ${next}.`,
    advice: splitParts(context),
  };
}

/** One statement over rows that are picked: when it fails nothing of it stays, and nothing else has written. */
function isOneStatement({ up }: Migration): boolean {
  const [only, ...others] = up.filter((each) => isData(each) && !isToldByRows(each, up));
  if (others.length > 0 || (only?.kind !== 'updateRows' && only?.kind !== 'deleteRows')) return false;
  return only.filtered && !only.looped;
}

/** Which rows the code writes is not known, and the schema is that of tables that are made here: rows that exist are seldom meant. */
function isAboutNew(
  writes: Operation,
  schema: readonly Operation[],
  isOld: (table: Name | undefined) => boolean,
): boolean {
  return writes.kind === 'runCode' && schema.every((each) => !isOld(tableOf(each)));
}
