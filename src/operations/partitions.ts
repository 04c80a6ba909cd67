/** Which tables are partitions, and of which. */
import type { Name } from './name.ts';
import type { OperationOf } from './operation.ts';
import type { Table } from './table.ts';
import { setTable, withIndex, type Tables } from './tables.ts';

/** A table that has a partition is partitioned; `rest` is the one that holds what no other does. */
export function markPartitioned(tables: Tables, parent: Name, rest: Name | undefined): void {
  const table = tables.get(parent) ?? { name: parent, isNew: false, columns: new Map(), constraints: [], indexes: [] };
  setTable(tables, { ...table, partitioned: true, ...(rest === undefined ? {} : { rest }) });
}

/** A table becomes a partition, or is one no longer. */
export function notePartition(tables: Tables, { table, action, partition = '' }: OperationOf<'alterPartition'>): void {
  const part = tables.get(partition);
  if (!part) return;
  if (action === 'attach') setTable(tables, { ...part, partitionOf: table });
  if (action === 'detach') setTable(tables, withoutParent(part));
}

/** Its indexes are its own again. */
function withoutParent({ partitionOf: _partitionOf, ...table }: Table): Table {
  return { ...table, indexes: table.indexes.map(({ partOf: _partOf, ...index }) => index) };
}

/** The index that ALTER INDEX … ATTACH PARTITION of PostgreSQL names. */
export function attachedBy({ object, change }: OperationOf<'alterObject'>): string | undefined {
  const name = object === 'index' ? /^attach partition (.+)$/i.exec(change)?.[1] : undefined;
  return name?.replaceAll('"', '').replace(/^public\./, '');
}

/** An index of a partition becomes a part of that of its parent. */
export function noteIndexPartition(tables: Tables, operation: OperationOf<'alterObject'>): void {
  const part = attachedBy(operation);
  if (part === undefined) return;
  for (const table of withIndex(tables, part)) {
    const indexes = table.indexes.map((each) => (each.name === part ? { ...each, partOf: operation.name } : each));
    setTable(tables, { ...table, indexes });
  }
}
