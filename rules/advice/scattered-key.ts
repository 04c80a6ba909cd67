/** Keys that rows of several partitions share: PostgreSQL and MySQL keep an index for each partition, and none for all of them. */
import type { Constraint, Index } from '../../src/operations/column.ts';
import type { Name } from '../../src/operations/name.ts';
import type { Operation } from '../../src/operations/operation.ts';
import type { Table } from '../../src/operations/table.ts';
import type { Context } from '../../src/rule.ts';
import { isMysql } from './online-change.ts';

/** A key of a partitioned table that leaves out `missing` of the columns by which it is partitioned; none where it is partitioned by an expression, with which no key goes. */
export type ScatteredKey = { table: Name; key: SomeKey; missing: readonly string[]; byExpression: boolean };

type SomeKey = { kind: 'unique' | 'primaryKey' | 'index'; name?: string; columns: readonly string[] };

/**
 * The first key that PostgreSQL (0A000) or MySQL (1503) refuses: https://www.postgresql.org/docs/current/ddl-partitioning.html#DDL-PARTITIONING-DECLARATIVE-LIMITATIONS,
 * https://dev.mysql.com/doc/refman/8.4/en/partitioning-limitations-partitioning-keys-unique-keys.html
 */
export function findScatteredKey(operation: Operation, context: Context): ScatteredKey | undefined {
  const { database } = context.migration;
  if (!(database === 'postgres' || isMysql(database)) || !('table' in operation) || operation.table === undefined)
    return undefined;
  const { table } = operation;
  const isMade = operation.kind === 'createTable';
  if (isMade && operation.ifNotExists && context.schema.tables.has(table)) return undefined;
  const known = context.schema.tables.get(table);
  const isOwn = isMade || (operation.kind === 'alterPartition' && operation.action === 'repartition');
  const partitionKey = isOwn ? operation.partitionKey : known?.partitionKey;
  if (!partitionKey || partitionKey.length === 0) return undefined;
  const byExpression = partitionKey.includes('(…)');
  for (const key of keysIn(operation, known)) {
    const columns = key.columns.map((name) => name.toLowerCase());
    const missing = partitionKey.filter(
      (name) => !columns.includes(name.toLowerCase()) && !columns.includes(`(${name.toLowerCase()})`),
    );
    if (byExpression || missing.length > 0) return { table, key, missing: byExpression ? [] : missing, byExpression };
  }
  return undefined;
}

/** Of a table that is partitioned those that it has. */
function keysIn(operation: Operation, known: Table | undefined): SomeKey[] {
  switch (operation.kind) {
    case 'createTable':
      return [
        ...keysOf([...operation.constraints, ...operation.columns.flatMap((column) => column.constraints)]),
        ...operation.indexes.flatMap(uniqueIndex),
      ];
    case 'alterPartition':
      return [...keysOf(known?.constraints ?? []), ...(known?.indexes ?? []).flatMap(uniqueIndex)];
    case 'addColumn':
      return keysOf(operation.column.constraints);
    case 'addConstraint':
      return keysOf([operation.constraint]);
    case 'createIndex':
      return uniqueIndex(operation.index);
  }
  return [];
}

function uniqueIndex(index: Index): SomeKey[] {
  return index.unique ? [{ ...index, kind: 'index' }] : [];
}

/** The columns of an index that is taken over are its own. */
function keysOf(constraints: readonly Constraint[]): SomeKey[] {
  return constraints.flatMap((each): SomeKey[] =>
    (each.kind === 'primaryKey' || each.kind === 'unique') && each.usingIndex === undefined ? [each] : [],
  );
}
