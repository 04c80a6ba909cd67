/** Which key of a table goes, and whether something else keeps its rows unique. */
import type { Constraint, Index } from '../../src/operations/column.ts';
import type { Name } from '../../src/operations/name.ts';
import { isNameOf } from '../../src/operations/named-keys.ts';
import type { Operation, OperationOf } from '../../src/operations/operation.ts';
import type { Schema } from '../../src/operations/schema.ts';
import { withConstraint, withIndex } from '../../src/operations/tables.ts';
import type { Context } from '../../src/rule.ts';

/** A key that keeps rows apart; as `known` the one that goes. */
export type UniqueKey = Index | Exclude<Constraint, { kind: 'check' }>;

/** The key that goes with a constraint, by its name or, where it has none, by its kind. */
export function keyOfConstraint(
  { table, name, constraint }: OperationOf<'dropConstraint'>,
  { tables }: Schema,
): UniqueKey | undefined {
  return tables
    .get(table)
    ?.constraints.filter((each) => each.kind === 'unique' || each.kind === 'primaryKey')
    .find((each) => (name === undefined ? each.kind === constraint : isNameOf(name, each, table)));
}

/** The key that goes with an index, and the table that it is of; a partial one keeps only some rows apart. */
export function keyOfIndex(name: string, { tables }: Schema): { table: Name; key: UniqueKey } | undefined {
  for (const { name: table, indexes, constraints } of [...withIndex(tables, name), ...withConstraint(tables, name)]) {
    const key =
      indexes.find((each) => each.name === name && each.unique && !each.where) ??
      constraints.find((each) => each.kind === 'unique' && each.name === name);
    if (key && 'columns' in key) return { table, key };
  }
  return undefined;
}

/** Another key over the same columns stands, or is made by this migration, and serves those whom the one that goes has served. */
export function staysUnique(table: Name, known: UniqueKey, context: Context): boolean {
  const others = otherKeys(table, known, context);
  return others.some((each) => !isDeferrable(each)) || (isDeferrable(known) && others.length > 0);
}

/** The other key that keeps the rows apart and is no arbiter for `ON CONFLICT`. https://www.postgresql.org/docs/current/sql-insert.html#SQL-ON-CONFLICT */
export function findDeferrable(table: Name, known: UniqueKey, context: Context): UniqueKey | undefined {
  return otherKeys(table, known, context).find(isDeferrable);
}

function otherKeys(table: Name, known: UniqueKey, { schema, before, after }: Context): UniqueKey[] {
  const isSame = (each: readonly string[]) => each.length > 0 && each.every((column) => known.columns.includes(column));
  const owner = schema.tables.get(table);
  const standing = [
    ...(owner?.constraints ?? []).filter((each) => each.kind === 'unique' || each.kind === 'primaryKey'),
    ...(owner?.indexes ?? []).filter((each) => each.unique && !each.where),
  ].filter((each) => isSame(each.columns));
  const made = [...before, ...after].flatMap((each) => madeKey(each, table, isSame) ?? []);
  return [...standing.filter((each) => each !== known), ...made];
}

function isDeferrable(key: UniqueKey): boolean {
  return 'deferrable' in key && key.deferrable;
}

/** A partial unique index over the same columns, that stands or is made by this migration: it keeps only some rows apart. */
export function findPartial(
  table: Name,
  columns: readonly string[],
  { schema, before, after }: Context,
): Index | undefined {
  const made = [...before, ...after].flatMap((each) =>
    each.kind === 'createIndex' && each.table === table ? [each.index] : [],
  );
  return [...(schema.tables.get(table)?.indexes ?? []), ...made].find(
    (each) => each.unique && each.where && each.columns.join() === columns.join(),
  );
}

function madeKey(each: Operation, table: Name, isSame: (columns: readonly string[]) => boolean): UniqueKey | undefined {
  if (each.kind === 'createIndex')
    return each.table === table && each.index.unique && !each.index.where && isSame(each.index.columns)
      ? each.index
      : undefined;
  if (each.kind !== 'addConstraint' || each.table !== table) return undefined;
  const { constraint } = each;
  if (constraint.kind !== 'unique' && constraint.kind !== 'primaryKey') return undefined;
  return constraint.usingIndex !== undefined || isSame(constraint.columns) ? constraint : undefined;
}

/** The column or the table goes or is renamed, and the rule about that speaks. */
export function goesToo(table: Name, columns: readonly string[], { after }: Context): boolean {
  return after.some(
    (each) =>
      (each.kind === 'dropTable' && each.table === table) ||
      ((each.kind === 'dropColumn' || each.kind === 'renameColumn') &&
        each.table === table &&
        columns.includes(each.column)),
  );
}
