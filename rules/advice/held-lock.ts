/** A lock that one statement takes and its transaction holds while another one writes rows. */
import { writerLock } from '../../src/operations/facts/locks.ts';
import type { Configuration, TableSize } from '../../src/operations/configuration.ts';
import type { SharedRun } from '../../src/operations/facts/frameworks.ts';
import { sharesTransaction, type Lineage, type Migration } from '../../src/operations/migration.ts';
import type { Name } from '../../src/operations/name.ts';
import type { Operation, Span } from '../../src/operations/operation.ts';
import { code, costSeverity, sizeNote, type Context, type Found } from '../../src/rule.ts';
import { capital, describeRows, tableOf } from './describe.ts';
import { ownTransactions } from './own-transaction.ts';
import { isFewRows, writesRows } from './rows-written.ts';
import { costOf, lower } from './severity.ts';
import { sharedRunWith } from './shared-run.ts';
import { numbered } from './statement.ts';
import { splitParts } from './split-parts.ts';

/** Locks stay until the transaction ends: those of the schema statements while rows are written, or those of the rows. */
export function findHeldLock(
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
    ? `${capital(numbered(holder))} takes ${lock}, and the transaction holds it until ${numbered(writes)} has written the ${describeRows(writes)}: all that time, writes to ${code(table)} wait.`
    : `The ${describeRows(writes)} that ${numbered(writes)} writes stay locked until ${numbered(holder)} has got ${lock} and is done with it.`;
  const severity = costOf(context, table);
  return {
    severity: migration.transaction === 'unknown' || !isBefore ? lower(severity) : severity,
    concerns: 'locks',
    span: writes.span,
    message: `${message} ${sizeNote(table, context.sizeOf(table))}`,
    advice: splitParts(context),
  };
}

/** The same across new migrations that run in one transaction: what one of them locks, a later one holds while it writes rows. */
export function findHeldInRun({ now }: Lineage, { tables }: Configuration): (Found & { span: Span })[] {
  const made = new Set(now.flatMap(({ up }) => up.flatMap((each) => (each.kind === 'createTable' ? each.table : []))));
  const isOld = (each: Operation) => !made.has(tableOf(each) ?? '');
  let held: Held | undefined;
  return now
    .filter((each) => each.status === 'added' && sharesTransaction(each))
    .flatMap((migration) => {
      const before = held;
      held = heldAfter(migration, before, isOld);
      const writes = before && firstRows(migration, isOld);
      if (!before || !writes) return [];
      const size = Object.hasOwn(tables, before.table) ? (tables[before.table] ?? 'unknown') : 'unknown';
      const shared = sharedRunWith(migration);
      return shared ? [inRun(before, writes, size, shared)] : [];
    });
}

/** The first lock that the transaction still has when the migration is through. */
function heldAfter(migration: Migration, before: Held | undefined, isOld: IsOld): Held | undefined {
  let held = before;
  let isOpen = true;
  for (const each of migration.up) {
    if (each.kind === 'commit') [held, isOpen] = [undefined, false];
    if (each.kind === 'begin') isOpen = true;
    if (isOpen) held ??= lockOf(each, migration, isOld);
  }
  return held;
}

function lockOf(operation: Operation, migration: Migration, isOld: IsOld): Held | undefined {
  const table = tableOf(operation);
  const mode = writerLock(operation, migration.database);
  if (table === undefined || mode === undefined || operation.kind === 'dropTable' || !isOld(operation))
    return undefined;
  return { table, mode, migration };
}

/** Rows that are written before anything is committed. Where the migration takes a lock itself, its own finding tells. */
function firstRows(migration: Migration, isOld: IsOld): Operation | undefined {
  const committed = migration.up.findIndex(({ kind }) => kind === 'commit');
  const inTransaction = committed < 0 ? migration.up : migration.up.slice(0, committed);
  if (migration.up.some((each) => lockOf(each, migration, isOld))) return undefined;
  return inTransaction.find(
    (each) => tableOf(each) !== undefined && isOld(each) && writesRows(each, migration) && !isFewRows(each),
  );
}

type IsOld = (operation: Operation) => boolean;
type Held = { table: Name; mode: string; migration: Migration };

function inRun(
  { table, mode, migration }: Held,
  writes: Operation,
  size: TableSize,
  { files, setting }: SharedRun,
): Found & { span: Span } {
  const file = files.slice(0, -1);
  return {
    severity: costSeverity(size),
    concerns: 'locks',
    span: writes.span,
    message: `${code(migration.path)} takes ${mode} on ${code(table)}, and ${files} that run together share one transaction: it is held until the ${describeRows(writes)} are written here. All that time, writes to ${code(table)} wait. ${sizeNote(table, size)}`,
    advice: `${setting === undefined ? `This ${file}` : `${setting}, so that each ${file} commits by itself; or this ${file}`} in a later deploy.`,
  };
}
