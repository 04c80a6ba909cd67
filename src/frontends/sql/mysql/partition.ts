/** The partition clauses of ALTER TABLE. */
import type { OperationOf } from '../../../operations/operation.ts';
import { accept, expect, isDone, isNext, take, takeName, textOf, type Cursor } from '../cursor.ts';
import { takeParts, takePartitioning } from './partitioning.ts';
import { takeObjectName, underCondition, type Effect } from './effect.ts';

type Action = OperationOf<'alterPartition'>['action'];

/** True when a partition clause comes next. */
export function isPartitionNext(cursor: Cursor): boolean {
  return (
    isNext(cursor, 'ADD|DROP|COALESCE|REORGANIZE|EXCHANGE|TRUNCATE', 'PARTITION') ||
    isNext(cursor, 'ANALYZE|CHECK|OPTIMIZE|REBUILD|REPAIR|DISCARD|IMPORT|CONVERT', 'PARTITION') ||
    isNext(cursor, 'PARTITION', 'BY') ||
    isNext(cursor, 'REMOVE', 'PARTITIONING') ||
    isNext(cursor, 'CONVERT', 'TABLE')
  );
}

/** Reads a partition clause and all that follows it: it is always the last one. */
export function readPartitionClause(cursor: Cursor, table: string): Effect[] {
  const effects = readAction(cursor, table);
  cursor.at = cursor.end;
  return effects;
}

function readAction(cursor: Cursor, table: string): Effect[] {
  if (isNext(cursor, 'REMOVE')) return [{ ...change(table, 'repartition'), whole: true }];
  if (accept(cursor, 'PARTITION', 'BY')) return [{ ...change(table, 'repartition'), ...takePartitioning(cursor) }];
  if (accept(cursor, 'CONVERT', 'TABLE')) return readConvertTable(cursor, table);
  const verb = take(cursor)?.upper ?? '';
  expect(cursor, 'PARTITION');
  if (verb === 'ADD') return readAdd(cursor, table);
  if (verb === 'COALESCE') return [change(table, 'reorganize')];
  if (verb === 'DISCARD' || verb === 'IMPORT')
    return [{ kind: 'alterTable', table, change: `${verb} PARTITION ${textOf(cursor)}` }];
  if (verb === 'ANALYZE' || verb === 'CHECK') return [{ kind: 'noEffect', what: `${verb} PARTITION` }];
  if (verb === 'OPTIMIZE' || verb === 'REBUILD' || verb === 'REPAIR')
    return [{ kind: 'rebuildTable', table, how: `${verb} PARTITION ${textOf(cursor)}` }];
  if (verb === 'CONVERT') return [change(table, 'detach', takeName(cursor))];
  const guarded = accept(cursor, 'IF', 'EXISTS');
  if (verb === 'EXCHANGE') return underCondition([readExchange(cursor, table)], guarded);
  return underCondition(changeEach(cursor, table, actionOf(verb)), guarded);
}

function change(table: string, action: Action, partition?: string): Extract<Effect, { kind: 'alterPartition' }> {
  return { kind: 'alterPartition', table, action, ...(partition !== undefined && { partition }) };
}

function actionOf(verb: string): Action {
  if (verb === 'DROP') return 'drop';
  if (verb === 'TRUNCATE') return 'truncate';
  return 'reorganize';
}

function readExchange(cursor: Cursor, table: string): Effect {
  const exchanged = change(table, 'exchange', takeName(cursor));
  if (!accept(cursor, 'WITH', 'TABLE')) return exchanged;
  const other = takeObjectName(cursor);
  return { ...exchanged, with: other, ...(accept(cursor, 'WITHOUT', 'VALIDATION') && { unvalidated: true as const }) };
}

/** CONVERT TABLE t TO PARTITION p VALUES … of MariaDB. */
function readConvertTable(cursor: Cursor, table: string): Effect[] {
  takeObjectName(cursor);
  expect(cursor, 'TO', 'PARTITION');
  return [change(table, 'attach', takeName(cursor))];
}

/** The new partitions by name, or one change where only their number is given. */
function readAdd(cursor: Cursor, table: string): Effect[] {
  const guarded = accept(cursor, 'IF', 'NOT', 'EXISTS');
  accept(cursor, 'NO_WRITE_TO_BINLOG|LOCAL');
  if (!isNext(cursor, '(')) return underCondition([change(table, 'add')], guarded);
  const parts = takeParts(cursor);
  return underCondition(
    parts.map((part) => ({ ...change(table, 'add', part.name), parts: [part] })),
    guarded,
  );
}

/** The partitions in the list, or one change where it says ALL or names none. */
function changeEach(cursor: Cursor, table: string, action: Action): Effect[] {
  if (isDone(cursor) || isNext(cursor, 'ALL') || isNext(cursor, 'INTO')) return [change(table, action)];
  const names = [takeName(cursor)];
  while (accept(cursor, ',')) names.push(takeName(cursor));
  const into = accept(cursor, 'INTO') && isNext(cursor, '(', 'PARTITION') ? takeParts(cursor) : undefined;
  return names.map((name, at) => ({
    ...change(table, action, name),
    // What the others are made into is told of the last one, which goes last.
    ...(into && at === names.length - 1 ? { parts: into } : {}),
  }));
}
