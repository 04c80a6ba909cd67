/** What reads a table or a column of it, and is in the way of its change: views, and what else goes by its own query. */
import type { Name } from '../../src/operations/name.ts';
import type { ViewQuery } from '../../src/operations/object-operation.ts';
import { viewsOf } from '../../src/operations/view-queries.ts';
import type { Context } from '../../src/rule.ts';

/** `isSure`: what is read is the column that is asked about, and no other of the same name. `queries` are in the order of `names`. */
export type Readers = { names: Name[]; isSure: boolean; queries: ViewQuery[] };

/** Views that read a table, or one column of it; of SQLite triggers of other tables too, of SQL Server what is bound to the table. */
export function readersOf(table: Name, column: string | undefined, { schema, migration }: Context): Readers {
  if (!isHeldBack.has(migration.database)) return { names: [], isSure: false, queries: [] };
  const readers: { name: Name; isSure: boolean; query: ViewQuery }[] = [];
  for (const [name, query] of viewsOf(schema.views, table)) {
    const isSure = reads(query, table, column);
    if (isSure !== undefined) readers.push({ name, isSure, query });
  }
  const sure = readers.filter(({ isSure }) => isSure);
  const told = sure.length > 0 ? sure : readers;
  return {
    names: told.map(({ name }) => name),
    isSure: sure.length > 0,
    queries: told.map(({ query }) => query),
  };
}

/** Triggers of SQLite that write a column and do not read it: the table lets it go, and they fail when they fire. */
export function writersOf(table: Name, column: string, { schema, migration }: Context): { name: Name; on: Name }[] {
  if (migration.database !== 'sqlite') return [];
  return viewsOf(schema.views, table).flatMap(([name, { columns, on }]) => {
    const writes = columns.some((each) => each.written && each.table === table && each.name === column);
    return writes && on !== undefined ? [{ name, on }] : [];
  });
}

const isHeldBack: ReadonlySet<string> = new Set(['postgres', 'sqlite', 'sqlserver']);

/** Whether it is sure that a view of the table reads the column; undefined where it is sure that it does not. */
function reads({ columns, on }: ViewQuery, table: Name, column: string | undefined): boolean | undefined {
  // A trigger goes with its table.
  if (column === undefined) return on === table ? undefined : true;
  const found = columns.filter(
    (each) =>
      !each.written &&
      (each.name === column || each.name === '*') &&
      (each.table === table || each.among?.includes(table)),
  );
  return found.length === 0 ? undefined : found.some((each) => each.name === column && each.table === table);
}
