/** Tables that a query fills as they are created. */
import type { IntoClause, RangeVar } from 'libpg-query';
import type { Column } from '../../../operations/column.ts';
import { nameOf, stringsOf } from './names.ts';
import type { Effect } from './statement.ts';

/** CREATE TABLE before it has its place. */
export type CreateTable = Extract<Effect, { kind: 'createTable' }>;

/** The table that CREATE TABLE AS or SELECT INTO fills; its columns are known as far as they are named. */
export function tableFromQuery(into: IntoClause | undefined, ifNotExists?: boolean): Effect {
  const columns: Column[] = stringsOf(into?.colNames).map((name) => ({ name, nullable: true, constraints: [] }));
  const created: CreateTable = {
    kind: 'createTable',
    table: nameOf(into?.rel),
    columns,
    constraints: [],
    indexes: [],
    from: 'query',
  };
  if (ifNotExists) created.ifNotExists = true;
  markPersistence(created, into?.rel);
  return created;
}

/** Marks a table as temporary or unlogged. */
export function markPersistence(created: CreateTable, relation: RangeVar | undefined): void {
  if (relation?.relpersistence === 't' || relation?.schemaname === 'pg_temp') created.temporary = true;
  if (relation?.relpersistence === 'u') created.unlogged = true;
}
