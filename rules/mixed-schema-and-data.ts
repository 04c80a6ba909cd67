import { rollsBackSchema, writerLock } from '../src/operations/facts/locks.ts';
import type { Migration } from '../src/operations/migration.ts';
import { isData, isSchema, type Name, type Operation } from '../src/operations/operation.ts';
import { code, sizeNote, type Context, type Found, type Rule } from '../src/rule.ts';
import { describeResult, tableOf } from './advice/describe.ts';
import { costOf, lower } from './advice/severity.ts';

/** Rows of an existing table are written in a migration that also changes the schema. */
export const mixedSchemaAndData: Rule = {
  id: 'mixed-schema-and-data',
  title: 'Schema and data change in one migration',
  severity: 'error',
  check: {
    migration: (migration, context) => {
      const isOld = oldTables(migration, context);
      const writes = migration.up.find((each) => isData(each) && each.kind !== 'truncateTable' && isOld(tableOf(each)));
      const found = writes && (findHalfway(migration, writes) ?? findHeldLock(migration, writes, isOld, context));
      return found ? [found] : [];
    },
  },
};

const advice =
  'Two migrations: the schema first; then the rows, in batches that commit, and written so that it can be run again (`WHERE … IS NULL`).';

/** Nothing rolls the schema back: what ran before the statement that fails stays. */
function findHalfway(migration: Migration, writes: Operation): Found | undefined {
  const { database, transaction } = migration;
  if (database === 'unknown' || (rollsBackSchema(database) && transaction !== 'none')) return undefined;
  const schema = migration.up.filter((each) => isSchema(each) && each.statement !== writes.statement);
  const [first] = schema;
  if (!first) return undefined;
  const earlier = schema.filter((each) => each.statement < writes.statement);
  const fails = earlier.length > 0 ? writes.statement : first.statement;
  const stays = earlier.length > 0 ? earlier.slice(0, 3).map(describeResult).join(', ') : describeResult(writes);
  const why = rollsBackSchema(database)
    ? 'Each statement commits by itself here'
    : 'Every schema statement commits here, and cannot be rolled back';
  return {
    severity: isFewRows(writes) ? 'warning' : 'error',
    span: writes.span,
    message: `The schema and the ${rowsOf(writes)} change in one migration. ${why}: if statement ${fails} of ${migration.statements} fails, this stays: ${stays}. The migration is not recorded as done, and the next run stops at what is there already.`,
    advice,
  };
}

/** Locks of schema statements stay until the transaction ends, so the rows are written while everyone waits. */
function findHeldLock(
  migration: Migration,
  writes: Operation,
  isOld: (table: Name | undefined) => boolean,
  context: Context,
): Found | undefined {
  if (migration.transaction === 'none' || isFewRows(writes)) return undefined;
  const holder = migration.up.find(
    (each) => each.statement < writes.statement && isOld(tableOf(each)) && writerLock(each, migration.database),
  );
  const table = holder && tableOf(holder);
  if (!holder || table === undefined) return undefined;
  const severity = costOf(context, table);
  return {
    severity: migration.transaction === 'unknown' ? lower(severity) : severity,
    span: writes.span,
    message: `Statement ${holder.statement} takes ${writerLock(holder, migration.database)} on ${code(table)}, and the transaction holds it until statement ${writes.statement} has written the ${rowsOf(writes)}: all that time, writes to ${code(table)} wait. ${sizeNote(table, context.sizeOf(table))}`,
    advice,
  };
}

/** A fixed number of rows, written out. */
function isFewRows(operation: Operation): boolean {
  return operation.kind === 'insertRows' && operation.source === 'values';
}

function oldTables(migration: Migration, context: Context): (table: Name | undefined) => boolean {
  const fresh = new Set<Name>();
  for (const each of migration.up) {
    if (each.kind === 'createTable') fresh.add(each.table);
    if (each.kind === 'renameTable' && (fresh.has(each.table) || context.isNew(each.table))) fresh.add(each.to);
  }
  return (table) => table === undefined || !(fresh.has(table) || context.isNew(table));
}

function rowsOf(operation: Operation): string {
  const table = tableOf(operation);
  return table === undefined ? `rows that ${describeResult(operation)} touches` : `rows of ${code(table)}`;
}
