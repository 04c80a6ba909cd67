/** Foreign keys that come with a migration and whose rows no index finds. */
import type { ForeignKey } from '../../src/operations/foreign-keys.ts';
import type { Migration } from '../../src/operations/migration.ts';
import type { Constraint } from '../../src/operations/column.ts';
import type { Name } from '../../src/operations/name.ts';
import type { Operation } from '../../src/operations/operation.ts';
import { findKeyBefore } from '../../src/operations/said-anew.ts';
import type { ChangeContext } from '../../src/rule.ts';
import type { IndexedFirst } from './indexed-first.ts';

/** A key, and the operation that brings it. */
export type LackingKey = { operation: Operation; table: Name; key: ForeignKey };

/** In the order of the migration; those that were there before are left out. */
export function keysWithoutIndex(migration: Migration, indexedOf: IndexedFirst, context: ChangeContext): LackingKey[] {
  return migration.up.flatMap((operation): LackingKey[] => {
    if (!('table' in operation) || operation.table === undefined) return [];
    const { table } = operation;
    const keys = keysOf(operation, migration.framework).filter((key) => !isReplaced(key, table, migration, context));
    const indexed = keys.length > 0 ? indexedOf(table) : undefined;
    return indexed
      ? keys.filter(({ columns }) => !indexed.has(columns[0] ?? '')).map((key) => ({ operation, table, key }))
      : [];
  });
}

/** Django makes the index by itself, and who switches it off knows why. */
function keysOf(operation: Operation, framework: string): ForeignKey[] {
  if (framework === 'django') return [];
  const isKey = (each: Constraint): each is ForeignKey => each.kind === 'foreignKey';
  if (operation.kind === 'addConstraint') return [operation.constraint].filter(isKey);
  return operation.kind === 'addColumn' ? operation.column.constraints.filter(isKey) : [];
}

/** It was there, and is only said anew: known by what it points to, or by its name. */
function isReplaced(key: ForeignKey, table: Name, { up }: Migration, { schemasBefore }: ChangeContext): boolean {
  if (schemasBefore.some((schema) => findKeyBefore(schema, table, key))) return true;
  const { name } = key;
  return (
    name !== undefined &&
    up.some((each) => each.kind === 'dropConstraint' && each.table === table && each.name === name)
  );
}
