import { rollsBackSchema, writerLock } from '../src/operations/facts/locks.ts';
import type { Migration } from '../src/operations/migration.ts';
import { isData, isSchema, type Name, type Operation } from '../src/operations/operation.ts';
import { code, sizeNote, type Context, type Found, type Rule } from '../src/rule.ts';
import { describeResult, describeRows, tableOf } from './advice/describe.ts';
import { oldTables } from './advice/old-tables.ts';
import { isToldByRows, leavesOnlyNew } from './advice/half-done.ts';
import { findPendingEvents } from './advice/pending-events.ts';
import { ownTransactions } from './advice/own-transaction.ts';
import { costOf, lower } from './advice/severity.ts';
import { splitParts } from './advice/split-parts.ts';
import { isSameStatement } from './advice/statement.ts';

/** Rows of an existing table are written in a migration that also changes the schema. */
export const mixedSchemaAndData: Rule = {
  id: 'mixed-schema-and-data',
  title: 'Schema and data change in one migration',
  severity: 'error',
  concerns: 'process',
  check: {
    migration: (migration, context) => {
      const isOld = oldTables(migration, context);
      const writes = migration.up.find(
        (each) =>
          isData(each) &&
          each.kind !== 'truncateTable' &&
          isOld(tableOf(each)) &&
          !isSentByDjango(each, migration) &&
          !isDoneElsewhere(each) &&
          !isToldByRows(each, migration.up),
      );
      // It fails before any lock is held for long.
      if (writes && findPendingEvents(migration, context)?.isSure) return [];
      const found =
        writes && (findHalfway(migration, writes, isOld, context) ?? findHeldLock(migration, writes, isOld, context));
      return found ? [found] : [];
    },
  },
};

/** AlterField fills what is NULL before it requires the column: nobody can take that apart, and `set-not-null` speaks of it. */
function isSentByDjango(writes: Operation, { framework, up }: Migration): boolean {
  return framework === 'django' && up.some((each) => isSchema(each) && isSameStatement(each, writes));
}

/** A worker does it, or another server: `job-from-migration` and `network-call-in-migration` speak. */
function isDoneElsewhere(operation: Operation): boolean {
  return operation.kind === 'runCode' && (operation.does === 'enqueues a job' || operation.does === 'network call');
}

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

/** Locks stay until the transaction ends: those of the schema statements while rows are written, or those of the rows. */
function findHeldLock(
  migration: Migration,
  writes: Operation,
  isOld: (table: Name | undefined) => boolean,
  context: Context,
): Found | undefined {
  const begun = ownTransactions(migration);
  const isOwn = migration.transaction === 'none';
  if ((isOwn && !begun.has(writes)) || isFewRows(writes)) return undefined;
  // Nobody waits for a table that is gone when the lock is.
  const holds = (each: Operation) =>
    each.kind !== 'dropTable' &&
    isOld(tableOf(each)) &&
    (!isOwn || begun.get(each) === begun.get(writes)) &&
    writerLock(each, migration.database) !== undefined;
  const holder =
    migration.up.find((each) => each.statement < writes.statement && holds(each)) ??
    migration.up.find((each) => each.statement > writes.statement && holds(each));
  const table = holder && tableOf(holder);
  if (!holder || table === undefined) return undefined;
  const isBefore = holder.statement < writes.statement;
  const lock = `${writerLock(holder, migration.database)} on ${code(table)}`;
  const message = isBefore
    ? `Statement ${holder.statement} takes ${lock}, and the transaction holds it until statement ${writes.statement} has written the ${describeRows(writes)}: all that time, writes to ${code(table)} wait.`
    : `The ${describeRows(writes)} that statement ${writes.statement} writes stay locked until statement ${holder.statement} has got ${lock} and is done with it.`;
  const severity = costOf(context, table);
  return {
    severity: migration.transaction === 'unknown' || !isBefore ? lower(severity) : severity,
    concerns: 'locks',
    span: writes.span,
    message: `${message} ${sizeNote(table, context.sizeOf(table))}`,
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

/** A fixed number of rows, written out. */
function isFewRows(operation: Operation): boolean {
  return operation.kind === 'insertRows' && operation.source === 'values';
}
