/** What becomes of tables where a part of one is dropped or renamed by its name. */
import type { Column, Constraint } from './column.ts';
import { withRenamedKey } from './named-keys.ts';
import type { OperationOf } from './operation.ts';
import type { Table } from './table.ts';
import { setTable, withIndex, type Tables } from './tables.ts';

/** An index goes. MySQL drops a unique key as the index that it is. */
export function dropIndex(tables: Tables, { name, table: of = '' }: OperationOf<'dropIndex'>): void {
  for (const table of withIndex(tables, name))
    setTable(tables, { ...table, indexes: table.indexes.filter((index) => index.name !== name) });
  const own = tables.get(of);
  const isKey = (each: Constraint) => each.kind === 'unique' && each.name === name;
  if (own?.constraints.some(isKey))
    setTable(tables, { ...own, constraints: own.constraints.filter((each) => !isKey(each)) });
}

/** Columns stay of the type that is renamed; another one may get the old name. */
export function renameType(tables: Tables, operation: OperationOf<'renameObject'>): void {
  for (const table of tables.values()) renameTypeIn(tables, table, operation);
}

function renameTypeIn(tables: Tables, table: Table, { name, to }: OperationOf<'renameObject'>): void {
  const columns = [...table.columns.values()].filter(({ type }) => type?.name === name);
  if (columns.length === 0) return;
  const renamed = columns.map(({ type, ...column }): [string, Column] => [
    column.name,
    { ...column, type: { arguments: [], ...type, name: to } },
  ]);
  setTable(tables, { ...table, columns: new Map([...table.columns, ...renamed]) });
}

/** An index or constraint gets another name. Where the table is not said, names of indexes are told apart in their schema. */
export function renameKey(tables: Tables, { name, to, table: of }: OperationOf<'renameObject'>): void {
  for (const table of tables.values()) {
    const renamed = of === undefined || of === table.name ? withRenamedKey(table, name, to) : undefined;
    if (renamed) setTable(tables, renamed);
  }
}

/** A trigger goes, of whatever table. */
export function dropTrigger(tables: Tables, name: string): void {
  for (const table of tables.values()) {
    if (!table.triggers?.includes(name)) continue;
    const triggerFunctions = new Map([...(table.triggerFunctions ?? [])].filter(([each]) => each !== name));
    setTable(tables, { ...table, triggers: table.triggers.filter((each) => each !== name), triggerFunctions });
  }
}

/** A policy of row security goes; their names are told apart by table. */
export function dropPolicy(tables: Tables, { name, table: of = '' }: OperationOf<'dropObject'>): void {
  const table = tables.get(of);
  if (!table?.policies?.some((each) => each.name === name)) return;
  setTable(tables, { ...table, policies: table.policies.filter((each) => each.name !== name) });
}
