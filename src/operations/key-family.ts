/** A column of a key and the columns that point to it: none of them takes another type alone. */
import { isWidened, keyTypeMismatch } from './facts/key-types.ts';
import { nameOfConstraint } from './named-keys.ts';
import type { Column, Constraint, DataType, Index } from './column.ts';
import type { Name } from './name.ts';
import type { Operation } from './operation.ts';
import { foreignKeysTo, referencedColumns, type ForeignKey } from './foreign-keys.ts';
import type { Schema } from './schema.ts';
import type { Table } from './table.ts';
import { viewsOf } from './view-queries.ts';

/** Constraints under the names that they have in the database; each is of this column alone. */
export type FamilyColumn = {
  table: Name;
  column: string;
  was: Column;
  keys: Key[];
  foreignKeys: Pointing[];
  /** Those that hold the column, beside the ones of keys. */
  indexes: Index[];
};

export type Key = Extract<Constraint, { kind: 'primaryKey' | 'unique' }> & { name: string };

/** `key` with the one column that it points to; `isIndexed` where an index or a key begins with its own. */
export type Pointing = { key: ForeignKey & { name: string }; to: string; isIndexed: boolean };

/** Why a column cannot be replaced step by step: completes `what`, the name, `does`. */
export type Hindrance = { what: string; name: string; does: string };

/** `columns` begins with the one that is asked about. `keys` are foreign keys whose own column stays, as it is large enough. */
export type KeyFamily = {
  columns: FamilyColumn[];
  staying: (Pointing & { table: Name })[];
  hindrances: Hindrance[];
  /** Something was not read, so that others may point to it. */
  mayMiss: boolean;
};

/** The column with all that points to it and is smaller than `type`; undefined where it belongs to no key, as far as that is known. */
export function findKeyFamily(schema: Schema, table: Name, column: string, type: DataType): KeyFamily | undefined {
  const mayMiss = schema.unread === true;
  if (!schema.tables.has(table)) {
    const unseen = { what: 'the table', name: table, does: 'is not known here, and this may be its primary key' };
    return column === 'id' ? { columns: [], staying: [], hindrances: [unseen], mayMiss } : undefined;
  }
  const family: KeyFamily = { columns: [], staying: [], hindrances: [], mayMiss };
  const asked = [{ table, column }];
  for (const each of asked) {
    const known = schema.tables.get(each.table);
    if (!known || family.columns.some((one) => one.table === each.table && one.column === each.column)) continue;
    family.hindrances.push(...hindrancesOf(known, each.column, schema));
    const was = known.columns.get(each.column);
    if (!was) continue;
    family.columns.push(memberOf(known, was, schema));
    for (const pointing of pointingTo(schema, each.table, each.column)) {
      const own = schema.tables.get(pointing.table)?.columns.get(pointing.key.columns[0] ?? '')?.type;
      if (!own || keyTypeMismatch(own, type, 'postgres') !== undefined)
        asked.push({ table: pointing.table, column: pointing.key.columns[0] ?? '' });
      else family.staying.push(pointing);
    }
  }
  const [first] = family.columns;
  // A unique column that nothing points to makes way by itself, where another type is not its like.
  const isKept = first?.was.type !== undefined && isWidened(first.was.type, type);
  const isFamily =
    first !== undefined &&
    (first.foreignKeys.length > 0 || first.keys.some(({ kind }) => kind === 'primaryKey' || isKept));
  const isPointed = family.columns.length > 1 || family.staying.length > 0;
  return isFamily || isPointed || isComposite(schema, table, column) ? family : undefined;
}

/** True where an operation before has changed the type of what the column points to, and takes it along. */
export function isAlong({ columns: [first] }: KeyFamily, before: readonly Operation[]): boolean {
  return (first?.foreignKeys ?? []).some(({ key, to }) =>
    before.some(
      (each) => each.kind === 'alterColumn' && each.type && each.table === key.references.table && each.column === to,
    ),
  );
}

function memberOf({ name: table, constraints, indexes }: Table, was: Column, schema: Schema): FamilyColumn {
  const keys: Key[] = [];
  const foreignKeys: Pointing[] = [];
  for (const each of constraints) {
    const name = nameOfConstraint(each, table) ?? '';
    if (!('columns' in each) || each.columns.join('\n') !== was.name) continue;
    if (each.kind === 'primaryKey' || each.kind === 'unique') keys.push({ ...each, name });
    const to = each.kind === 'foreignKey' ? referencedColumns(each.references, schema)[0] : undefined;
    if (each.kind === 'foreignKey' && to !== undefined)
      foreignKeys.push({ key: { ...each, name }, to, isIndexed: isIndexed(was.name, constraints, indexes) });
  }
  const own = indexes.filter(
    (index) =>
      index.columns.includes(was.name) && !keys.some(({ name, usingIndex }) => [name, usingIndex].includes(index.name)),
  );
  return { table, column: was.name, was, keys, foreignKeys, indexes: own };
}

/** The foreign keys of one column that point to this one. */
function pointingTo(schema: Schema, table: Name, column: string): (Pointing & { table: Name })[] {
  return foreignKeysTo(schema, table, column).flatMap(({ owner: { name: own, constraints, indexes }, key: each }) => {
    if (each.columns.length > 1) return [];
    const key = { ...each, name: nameOfConstraint(each, own) ?? '' };
    return [{ table: own, key, to: column, isIndexed: isIndexed(each.columns[0] ?? '', constraints, indexes) }];
  });
}

function isIndexed(column: string, constraints: readonly Constraint[], indexes: readonly Index[]): boolean {
  const ofKeys = constraints.filter(({ kind }) => kind === 'primaryKey' || kind === 'unique');
  return [...indexes, ...ofKeys].some((each) => 'columns' in each && each.columns[0] === column);
}

function isComposite(schema: Schema, table: Name, column: string): boolean {
  const own = schema.tables.get(table)?.constraints ?? [];
  return (
    own.some((each) => isKey(each) && each.columns.includes(column)) || compositesTo(schema, table, column).length > 0
  );
}

function isKey(constraint: Constraint): constraint is Extract<Constraint, { kind: 'primaryKey' | 'foreignKey' }> {
  return constraint.kind === 'primaryKey' || constraint.kind === 'foreignKey';
}

/** Foreign keys of several columns that point to this one among others. */
function compositesTo(schema: Schema, table: Name, column: string): { name: string; columns: readonly string[] }[] {
  return foreignKeysTo(schema, table, column).flatMap(({ owner, key }) =>
    key.columns.length > 1 ? [{ name: nameOfConstraint(key, owner.name) ?? '', columns: key.columns }] : [],
  );
}

function hindrancesOf(known: Table, column: string, schema: Schema): Hindrance[] {
  const { name: table, constraints, indexes, columns } = known;
  const found: Hindrance[] = compositesTo(schema, table, column).map(({ name }) => ofSeveral(name));
  if (known.partitioned) found.push({ what: 'the table', name: table, does: 'is partitioned' });
  for (const each of constraints) {
    const name = nameOfConstraint(each, table) ?? table;
    if (each.kind === 'check' && each.expression.columns.includes(column))
      found.push({ what: each.name === undefined ? 'a check of' : 'the check', name, does: `names ${column}` });
    if ('columns' in each && each.columns.includes(column) && each.columns.length > 1) found.push(ofSeveral(name));
    if (each.kind === 'exclusion' && each.columns.includes(column))
      found.push({ what: 'the constraint', name, does: 'excludes by it' });
  }
  for (const index of indexes)
    if (index.where?.columns.includes(column) || index.reads?.includes(column))
      found.push({ what: 'the index', name: index.name ?? table, does: 'computes with it' });
  for (const [view, query] of viewsOf(schema.views, table))
    if (query.columns.some(({ name }) => name === column || name === '*'))
      found.push({ what: 'the view', name: view, does: 'may read it' });
  for (const each of columns.values())
    if (each.name === column && (each.generated === 'stored' || each.generated === 'virtual'))
      found.push({ what: 'the column', name: column, does: 'is computed' });
  return found;
}

function ofSeveral(name: string): Hindrance {
  return { what: 'the key', name, does: 'is of several columns' };
}
