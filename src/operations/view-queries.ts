/** The views of a schema, found by what they read, and what becomes of their queries when that changes. */
import { lookupBy } from './lookup.ts';
import type { Name } from './name.ts';
import type { OperationOf } from './operation.ts';
import type { ObjectKind, ViewQuery } from './object-operation.ts';
import type { Schema } from './schema.ts';

export type Views = ReadonlyMap<Name, ViewQuery>;

const lookup = lookupBy<ViewQuery>(({ tables }, before) => (before ? undefined : tables));

/** Puts a view in the place of the one of its name. */
export function setView(views: Views, name: Name, view: ViewQuery): void {
  lookup.set(views, name, view);
}

/** Takes a view away. */
export function deleteView(views: Views, name: Name): void {
  lookup.remove(views, name);
}

/** Whether it is what a DROP of this kind of object names. */
export function isOfKind(query: ViewQuery | undefined, object: ObjectKind): boolean {
  return query?.of === undefined ? object.endsWith('view') : query.of === object;
}

/** The triggers of a table go with it. */
export function dropTriggersOf({ views }: Schema, table: Name): void {
  for (const [name, { on }] of viewsOf(views, table)) if (on === table) deleteView(views, name);
}

/** Views that go their own way from here. */
export function forkViews(views: Views): Views {
  return lookup.fork(views);
}

/** The views that read a table, by name, in the order in which they were made. */
export function viewsOf(views: Views, table: Name): [Name, ViewQuery][] {
  return lookup.find(views, table).flatMap((name): [Name, ViewQuery][] => {
    const view = views.get(name);
    return view ? [[name, view]] : [];
  });
}

/** The query with the columns that its `*` stands for now, each of the table that has it; where that is not known, it stays as it is. */
export function spelledOut(query: ViewQuery, tables: Schema['tables']): ViewQuery {
  const columns = query.columns.flatMap((each) => {
    if (each.among) return placed(each.name, each.among, tables);
    const known = each.name === '*' && each.table !== undefined ? tables.get(each.table)?.columns : undefined;
    return known && known.size > 0 ? [...known.keys()].map((name) => ({ ...each, name })) : [each];
  });
  return { ...query, columns };
}

/** The first table that has the column, unless one before it may have it too; none where it can be of none of them. */
function placed(name: string, among: readonly Name[], tables: Schema['tables']): ViewQuery['columns'] {
  const mayHave = among.filter((each) => {
    const table = tables.get(each);
    return !table?.whole || table.columns.has(name);
  });
  const [first] = mayHave;
  if (first !== undefined && tables.get(first)?.columns.has(name)) return [{ table: first, name }];
  return mayHave.length > 0 ? [{ among: mayHave, name }] : [];
}

/** The view is found under another name. */
export function renameView({ views }: Schema, name: Name, to: Name): void {
  const view = views.get(name);
  deleteView(views, name);
  if (view) setView(views, to, view);
}

/** A materialized view is filled, or emptied. */
export function refreshView(views: Views, { name, change }: OperationOf<'alterObject'>): void {
  const view = change.startsWith('refresh') ? views.get(name) : undefined;
  if (!view) return;
  const { unfilled: _unfilled, ...filled } = view;
  setView(views, name, change === 'refresh with no data' ? { ...filled, unfilled: true } : filled);
}

/** Every view that reads the table, as the change makes it. */
export function changeViews({ views }: Schema, table: Name, change: (view: ViewQuery) => ViewQuery): void {
  for (const [name, view] of viewsOf(views, table)) setView(views, name, change(view));
}

/** The query after its table got another name. */
export function renamedTable(view: ViewQuery, from: Name, to: Name): ViewQuery {
  const tables = view.tables.map((each) => (each === from ? to : each));
  return {
    ...view,
    tables,
    ...(view.on === from ? { on: to } : {}),
    columns: view.columns.map((each) => {
      if (each.among) return { ...each, among: each.among.map((name) => (name === from ? to : name)) };
      return each.table === from ? { ...each, table: to } : each;
    }),
  };
}

/** A column of a table that is not said may be the one that is renamed, and is then known by both names. */
export function renamedIn(view: ViewQuery, { table, column, to }: OperationOf<'renameColumn'>): ViewQuery {
  const columns = view.columns.flatMap((each) => {
    if (each.name !== column) return [each];
    if (each.among) return each.among.includes(table) ? [each, { ...each, name: to }] : [each];
    return [each.table === table ? { table, name: to } : each];
  });
  return { ...view, columns };
}
