/** Rows that a key kept apart until it was dropped: what makes them unique anew meets no duplicates. */
import { isData } from './operation-questions.ts';
import type { Operation } from './operation.ts';
import type { Schema } from './schema.ts';
import type { Table } from './table.ts';
import { setTable } from './tables.ts';

/** Remembers the columns of a unique key or index that an operation drops, until rows are written or the columns change. */
export function rememberDroppedUniques(schema: Schema, before: Table | undefined, operation: Operation): void {
  const { tables } = schema;
  if (operation.kind === 'dropConstraint' || operation.kind === 'dropIndex') {
    const after = before && tables.get(before.name);
    if (!after) return;
    const left = new Set(uniquesOf(after).map(String));
    const gone = uniquesOf(before).filter((each) => !left.has(String(each)));
    if (gone.length === 0) return;
    setTable(tables, { ...after, droppedUniques: [...(after.droppedUniques ?? []), ...gone] });
    schema.hasDroppedUniques = true;
    return;
  }
  if (!schema.hasDroppedUniques || !mayRepeat(operation)) return;
  const named = 'table' in operation ? operation.table : undefined;
  for (const table of tables.values())
    if (table.droppedUniques?.length && (named === undefined || named === table.name))
      setTable(tables, { ...table, droppedUniques: [] });
}

/** Columns that no two rows have in common. */
export function uniquesOf({ constraints, indexes }: Table): (readonly string[])[] {
  return [
    ...constraints.flatMap((each) => (each.kind === 'primaryKey' || each.kind === 'unique' ? [each.columns] : [])),
    ...indexes.flatMap((each) => (each.unique && !each.where ? [each.columns] : [])),
  ];
}

/** What names no table may write any. Rows that go make none alike. */
function mayRepeat(operation: Operation): boolean {
  if (operation.kind === 'dropColumn' || operation.kind === 'renameColumn' || operation.kind === 'commit') return true;
  if (operation.kind === 'alterColumn') return operation.type !== undefined;
  return (isData(operation) && operation.kind !== 'deleteRows') || operation.kind === 'opaque';
}
