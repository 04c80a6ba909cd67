/** Foreign keys of PostgreSQL that lean on a unique key: as long as they stand, it does not go. */
import type { Constraint, Index } from '../../src/operations/column.ts';
import { areSameColumns, foreignKeysTo } from '../../src/operations/foreign-keys.ts';
import { isComputedName, type Name } from '../../src/operations/name.ts';
import type { OperationOf } from '../../src/operations/operation.ts';
import { isNameOf, nameOfConstraint } from '../../src/operations/named-keys.ts';
import { findIndex } from '../../src/operations/schema.ts';
import type { Table } from '../../src/operations/table.ts';
import { withConstraint } from '../../src/operations/tables.ts';
import { code, someOf, type Context } from '../../src/rule.ts';
import { columnSql, tableSql } from '../../src/writers/identifier.ts';

/** A foreign key that points to a key; the name is that which PostgreSQL picks where it has none. */
export type LeaningKey = { table: Name; name: string };

type UniqueKey = Extract<Constraint, { kind: 'primaryKey' | 'unique' }>;

/** The foreign keys that a dropped constraint would take their key from. */
export function leaningOnConstraint({ table, name }: OperationOf<'dropConstraint'>, context: Context): LeaningKey[] {
  const known = context.schema.tables.get(table);
  const key = known?.constraints.find((each): each is UniqueKey => isUniqueKey(each) && isNameOf(name, each, table));
  return known && key ? leaningOn(known, key, context) : [];
}

/** The foreign keys that a dropped unique index would take their key from. */
export function leaningOnIndex({ name }: OperationOf<'dropIndex'>, context: Context): LeaningKey[] {
  const known = findIndex(context.schema, name);
  const table = known && context.schema.tables.get(known.table);
  if (!table || !known.index.unique || known.index.where) return [];
  return leaningOn(table, known.index, context);
}

/** The constraint that an index belongs to, so that it goes with that alone. */
export function findConstraintOfIndex(
  { name }: OperationOf<'dropIndex'>,
  { migration, schema }: Context,
): { table: Name; name: string } | undefined {
  if (migration.database !== 'postgres' || isComputedName(name) || findIndex(schema, name)) return undefined;
  const own = ownName(name);
  const table = withConstraint(schema.tables, own).find(({ name: of, constraints }) =>
    constraints.some((each) => (isUniqueKey(each) || each.kind === 'exclusion') && indexOf(each, of) === name),
  );
  return table && { table: table.name, name: own };
}

/** The keys for a sentence, a few of them by name. */
export function namesOfKeys(keys: readonly LeaningKey[]): string {
  const names = keys.map(({ table, name }) => `${code(name)} of ${code(table)}`);
  return `the foreign ${keys.length === 1 ? 'key' : 'keys'} ${someOf(names)}`;
}

/** The statements that drop them. */
export function dropsOf(keys: readonly LeaningKey[]): string {
  return keys
    .map(({ table, name }) =>
      code(`ALTER TABLE ${tableSql(table, 'postgres')} DROP CONSTRAINT ${columnSql(name, 'postgres')};`, 300),
    )
    .join(' ');
}

/** An index stands in the schema of its table. */
function indexOf(constraint: Constraint, table: Name): string | undefined {
  const name = nameOfConstraint(constraint, table);
  const schema = table.slice(0, table.lastIndexOf('.') + 1);
  return name === undefined ? undefined : `${schema}${name}`;
}

function ownName(name: string): string {
  return name.slice(name.lastIndexOf('.') + 1);
}

/** Where several keys are over the same columns, which of them the foreign key leans on is not known here. */
function leaningOn(table: Table, key: UniqueKey | Index, { migration, schema }: Context): LeaningKey[] {
  if (migration.database !== 'postgres' || key.columns.length === 0) return [];
  const others = [...table.constraints.filter(isUniqueKey), ...table.indexes.filter((each) => each.unique)];
  if (others.some((each) => each !== key && areSameColumns(each.columns, key.columns))) return [];
  return foreignKeysTo(schema, table.name).flatMap(({ owner, key: each }) => {
    const own = pointsTo(each.references.columns, key) ? nameOfConstraint(each, owner.name) : undefined;
    return own === undefined ? [] : [{ table: owner.name, name: own }];
  });
}

function isUniqueKey(constraint: Constraint): constraint is UniqueKey {
  return constraint.kind === 'primaryKey' || constraint.kind === 'unique';
}

/** What names no columns points to the primary key. */
function pointsTo(columns: readonly string[], key: UniqueKey | Index): boolean {
  return columns.length === 0 ? 'kind' in key && key.kind === 'primaryKey' : areSameColumns(columns, key.columns);
}
