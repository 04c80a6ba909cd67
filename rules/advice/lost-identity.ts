/** What tells the rows of a published table apart goes, and nothing takes its place. */
import type { Name } from '../../src/operations/name.ts';
import type { Operation } from '../../src/operations/operation.ts';
import { changedPublications, publishersOf } from '../../src/operations/publications.ts';
import { hasIdentity } from '../../src/operations/replica-identity.ts';
import { applyOperation, forkSchema } from '../../src/operations/schema.ts';
import type { Table } from '../../src/operations/table.ts';
import type { Context } from '../../src/rule.ts';

/** The publications that pass on UPDATE and DELETE of a table, also after an operation; none where a later one of the migration takes it out of them. */
export function publishersAt({ schema, after }: Context, table: Name, operation?: Operation): string[] {
  const now = operation ? changedPublications(schema.publications, operation) : schema.publications;
  const names = publishersOf(now, table);
  if (names.length === 0) return names;
  let atEnd = now;
  for (const each of after) atEnd = changedPublications(atEnd, each);
  const last = publishersOf(atEnd, table);
  return names.filter((name) => last.includes(name));
}

/** Of a table that was not seen to be made, or whose partitions may have a key, nothing is known. */
export function isWithoutIdentity(table: Table, { schema, after }: Context): boolean {
  if (!table.whole || table.partitioned || schema.unread) return false;
  return !hasIdentity(table) && !after.some((each) => isCured(each, table.name));
}

/** Whether an operation takes it away, or makes a table without it. */
export function losesIdentity(operation: Operation, name: Name, { schema, after }: Context): boolean {
  const before = schema.tables.get(name);
  if (before?.partitioned) return false;
  const changed = forkSchema(schema);
  applyOperation(changed, operation, false);
  const table = changed.tables.get(name);
  if (!table || hasIdentity(table) || after.some((each) => isCured(each, name))) return false;
  if (!before || operation.kind === 'createTable') return operation.kind === 'createTable' || isNothing(table);
  return hasIdentity(before) || (isNothing(table) && !isNothing(before));
}

function isNothing({ replicaIdentity }: Table): boolean {
  return replicaIdentity === 'nothing';
}

function isCured(each: Operation, table: Name): boolean {
  if (!('table' in each) || each.table !== table) return false;
  if (each.kind === 'alterTable') return /^REPLICA IDENTITY (FULL|USING)\b/.test(each.change);
  return each.kind === 'dropTable' || (each.kind === 'addConstraint' && each.constraint.kind === 'primaryKey');
}
