/** A table as far as it is known, and what makes one. */
import type { Column, Constraint, Index } from './column.ts';
import type { ForeignKey } from './foreign-keys.ts';
import type { Name } from './name.ts';
import type { Operation, OperationOf } from './operation.ts';
import type { RangePart } from './range-parts.ts';
import type { ReplicaIdentity } from './replica-identity.ts';
import type { Policy } from './object-operation.ts';
import type { TableKind } from './schema-operation.ts';

export type Table = {
  name: Name;
  /** Created by the change under review; nothing runs on it yet and it holds no rows but those the change puts in. */
  isNew: boolean;
  columns: Map<string, Column>;
  constraints: Constraint[];
  indexes: Index[];
  /** As of `createTable`, and as it was changed since. */
  kinds?: readonly TableKind[];
  history?: Name;
  /** Columns that the change under review added to it, under the names that they have now: no release that runs knows them. */
  newColumns?: ReadonlySet<string>;
  /** All its columns are known: it was seen to be created, and each is written out. */
  whole?: true;
  /** It is the parent of partitions; absent where it is not, or not known to be. */
  partitioned?: true;
  /** As of `createTable`, where it was seen. */
  partitionKey?: string[];
  /** As of `createTable`; absent where not all of them are known. */
  parts?: readonly RangePart[];
  /** Its DEFAULT partition, where it was seen to be made. */
  rest?: Name;
  /** The collation, or character set, of columns of MySQL that say none; absent where it is not known. */
  collation?: string;
  /** Rows of MySQL are stored compressed; absent where they are not, or not known to be. */
  compressed?: true;
  /** Its rows are COMPACT or REDUNDANT, as it says; absent where they are not, or not known to be. */
  compact?: true;
  /** A constraint was dropped whose name is not known here, which may have been the default of a column. */
  defaultsDropped?: true;
  /** Foreign keys that the change under review dropped; validated as long as no row was written since and no column changed. */
  droppedKeys?: readonly ForeignKey[];
  /** Columns that a key or index kept unique until the change under review dropped it, and that nothing has written since. */
  droppedUniques?: readonly (readonly string[])[];
  /** The table of which it holds every row, as it was made to take the name of the other. */
  copyOf?: Name;
  /** Names of its triggers, as far as they were seen. */
  triggers?: string[];
  /** The functions that its triggers run, by trigger, where they were seen to be made. */
  triggerFunctions?: ReadonlyMap<string, Name>;
  /** What tells its rows apart for those who get its changes was set by hand; absent where it is the primary key. */
  replicaIdentity?: ReplicaIdentity;
  /** Its policies of row security, as far as they were seen. */
  policies?: Policy[];
  /** It is a partition of this one. */
  partitionOf?: Name;
};

/** Which of its columns the change under review has added. */
export function withNewColumns(changed: Table, { newColumns = new Set() }: Table, operation: Operation): Table {
  if (operation.kind === 'addColumn')
    return { ...changed, newColumns: new Set([...newColumns, operation.column.name]) };
  if (!newColumns.size || (operation.kind !== 'dropColumn' && operation.kind !== 'renameColumn')) return changed;
  const rest = new Set([...newColumns].filter((name) => name !== operation.column));
  if (operation.kind === 'renameColumn' && newColumns.has(operation.column)) rest.add(operation.to);
  return { ...changed, newColumns: rest };
}

/** The table that a statement makes. */
export function createdTable(operation: Operation & OperationOf<'createTable'>, isNew: boolean): Table {
  return {
    name: operation.table,
    isNew,
    columns: new Map(operation.columns.map((column) => [column.name, column])),
    constraints: [...operation.constraints, ...operation.columns.flatMap((column) => column.constraints)],
    indexes: operation.indexes,
    ...(operation.partitioned ? { partitioned: true } : {}),
    ...(operation.partitionKey ? { partitionKey: operation.partitionKey } : {}),
    ...(operation.partitionOf === undefined ? {} : { partitionOf: operation.partitionOf }),
    ...(operation.parts ? { parts: operation.parts } : {}),
    ...(isWhole(operation) ? { whole: true } : {}),
    ...(operation.collation === undefined ? {} : { collation: operation.collation }),
    ...(operation.compressed ? { compressed: true } : {}),
    ...(operation.compact ? { compact: true } : {}),
    ...(operation.kinds ? { kinds: operation.kinds } : {}),
    ...(operation.history === undefined ? {} : { history: operation.history }),
  };
}

/** The table that LIKE of MySQL makes, which copies neither foreign keys nor triggers: https://dev.mysql.com/doc/refman/8.4/en/create-table-like.html */
export function tableLike(made: Table, { triggers: _none, ...like }: Table): Table {
  const constraints = like.constraints.filter(({ kind }) => kind !== 'foreignKey');
  return { ...withName(like, made.name), isNew: made.isNew, constraints };
}

/** A partition and a child have the columns of their parent, a copy those of another table. */
function isWhole({
  from,
  partitionOf,
  inherits,
  columns,
  conditional,
}: Operation & OperationOf<'createTable'>): boolean {
  return from === undefined && partitionOf === undefined && !inherits && columns.length > 0 && !conditional;
}

/** A table that was there before anything was seen of it. */
export function unseenTable(name: Name): Table {
  return { name, isNew: false, columns: new Map(), constraints: [], indexes: [] };
}

/** Under another name it is a table of its own. */
export function withName({ copyOf: _copyOf, ...table }: Table, name: Name): Table {
  return { ...table, name };
}
