/** Which tables are partitions, and of which. */
import type { Name } from './name.ts';
import type { OperationOf } from './operation.ts';
import type { Table } from './table.ts';
import { setTable, type Tables } from './tables.ts';

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

function withoutParent({ partitionOf: _partitionOf, ...table }: Table): Table {
  return table;
}
