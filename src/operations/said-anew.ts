/** Foreign keys that rows obeyed before: one is dropped and added anew, often to do something else ON DELETE. */
import { referencedColumns, type ForeignKey } from './foreign-keys.ts';
import { isNameOf } from './named-keys.ts';
import type { Constraint } from './column.ts';
import type { Name } from './name.ts';
import { isData } from './operation-questions.ts';
import type { Operation } from './operation.ts';
import type { Schema } from './schema.ts';
import type { Table } from './table.ts';
import { setTable, type Tables } from './tables.ts';

/** The validated key of the same columns to the same ones, under whatever name, that stands or that this change dropped; undefined where rows may break the new one. */
export function findKeyBefore(
  schema: Schema,
  table: Name,
  key: ForeignKey,
): { key: ForeignKey; isDropped: boolean } | undefined {
  const known = schema.tables.get(table);
  const isSame = (each: Constraint): each is ForeignKey =>
    each.kind === 'foreignKey' && each.validated && pointsAlike(each, key, schema);
  const standing = known?.constraints.find(isSame);
  if (standing) return { key: standing, isDropped: false };
  const dropped = known?.droppedKeys?.find(isSame);
  return dropped && { key: dropped, isDropped: true };
}

/** The key of the same columns to the same ones, under whatever name, that a new one takes the place of: this change has dropped it, or does so behind. */
export function findReplacedKey(
  schema: Schema,
  table: Name,
  key: ForeignKey,
  after: readonly Operation[],
): ForeignKey | undefined {
  const known = schema.tables.get(table);
  const isDropped = (each: ForeignKey) =>
    after.some((next) => next.kind === 'dropConstraint' && next.table === table && isNameOf(next.name, each, table));
  const alike = (each: Constraint): each is ForeignKey => each.kind === 'foreignKey' && pointsAlike(each, key, schema);
  const standing = known?.constraints.filter(alike) ?? [];
  return standing.length > 0 ? standing.find(isDropped) : known?.droppedKeys?.findLast(alike);
}

function pointsAlike(one: ForeignKey, other: ForeignKey, schema: Schema): boolean {
  return (
    one.columns.join('\n') === other.columns.join('\n') &&
    one.references.table === other.references.table &&
    referenced(one, schema) === referenced(other, schema)
  );
}

function referenced({ references }: ForeignKey, schema: Schema): string {
  return referencedColumns(references, schema).join('\n');
}

/** Remembers the keys that an operation drops; as validated ones until rows are written that nothing holds to them, or their columns change. */
export function rememberDroppedKeys(schema: Schema, before: Table | undefined, operation: Operation): void {
  const { tables } = schema;
  if (operation.kind === 'dropConstraint') {
    const after = tables.get(operation.table);
    const gone = (before?.constraints ?? []).filter(isForeignKey).filter((each) => !after?.constraints.includes(each));
    const { name } = operation;
    // One that was given no name is known by that which it was dropped by.
    const named = gone.map((each) => ({ ...each, ...(name !== undefined && { name }) }));
    if (!after || named.length === 0) return;
    setTable(tables, { ...after, droppedKeys: [...(after.droppedKeys ?? []), ...named] });
    schema.hasDroppedKeys = true;
    return;
  }
  if (!schema.hasDroppedKeys || !mayBreak(operation)) return;
  for (const table of tables.values()) doubtKeys(tables, table, operation);
}

function isForeignKey(constraint: Constraint): constraint is ForeignKey {
  return constraint.kind === 'foreignKey';
}

function mayBreak(operation: Operation): boolean {
  if (operation.kind === 'dropColumn' || operation.kind === 'renameColumn') return true;
  if (operation.kind === 'alterColumn') return operation.type !== undefined;
  return isData(operation) || operation.kind === 'opaque' || operation.kind === 'dropTable';
}

/** What names no table may write any. */
function doubtKeys(tables: Tables, table: Table, operation: Operation): void {
  const named = 'table' in operation ? operation.table : undefined;
  const isBroken = (key: ForeignKey) =>
    key.validated && (named === undefined || named === table.name || named === key.references.table);
  if (!table.droppedKeys?.some(isBroken)) return;
  const droppedKeys = table.droppedKeys.map((key) => (isBroken(key) ? { ...key, validated: false } : key));
  setTable(tables, { ...table, droppedKeys });
}
