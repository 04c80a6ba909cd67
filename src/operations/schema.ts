/** What is known of the tables at one point of a history: replayed from operations, and unknown where nothing was. */
import { changedTable } from './changed-table.ts';
import type { Volatility } from './facts/volatility.ts';
import { changedSignatures, type FunctionSignatures } from './function-signatures.ts';
import { dropIndex, dropPolicy, dropTrigger, renameKey, renameType } from './named-parts.ts';
import type { Column, Index } from './column.ts';
import { anyComputedName, type Name } from './name.ts';
import { changedTypes, type MadeTypes } from './made-types.ts';
import type { Operation, OperationOf } from './operation.ts';
import { type DomainAsks, type SequenceOwner, type ObjectKind } from './object-operation.ts';
import { markPartitioned, noteIndexPartition, notePartition } from './partitions.ts';
import { changedPublications, type Publications } from './publications.ts';
import { rememberDroppedUniques } from './dropped-uniques.ts';
import { asKnown } from './renamed-thing.ts';
import { rememberDroppedKeys } from './said-anew.ts';
import { withoutType, withType } from './seen-types.ts';
import { createdTable, tableLike, unseenTable, withName, withNewColumns, type Table } from './table.ts';
import { deleteTable, forkTables, setTable, withIndex, type Tables } from './tables.ts';
import {
  changeViews,
  deleteView,
  dropTriggersOf,
  forkViews,
  isOfKind,
  renamedIn,
  renamedTable,
  refreshView,
  renameView,
  setView,
  spelledOut,
  type Views,
} from './view-queries.ts';

/**
 * `tables` holds what was seen. A table that is not in it may exist all the same: the answer is then unknown.
 * `views` holds those whose query could be read; a `*` in it stands for the columns of when it was made.
 */
export type Schema = {
  tables: Tables;
  views: Views;
  /** Functions of the project's own whose volatility is known; `unknown` where one name stands for several. */
  functions?: Map<Name, Volatility>;
  /** Views, routines and their like that were seen to be made, by their names. */
  objects?: Map<Name, ObjectKind>;
  /** Functions of PostgreSQL that were seen to be made, with what they take and give. */
  signatures?: FunctionSignatures | undefined;
  /** Domains that ask something of every value. */
  domains?: ReadonlyMap<Name, DomainAsks>;
  /** Types that were seen to be made of others. */
  madeTypes?: MadeTypes | undefined;
  /** Publications that were seen to be made. */
  publications?: Publications | undefined;
  /** With which column a sequence goes, where that was said by hand. */
  sequenceOwners?: ReadonlyMap<Name, SequenceOwner>;
  /** Types that were seen to be made, in lower case. */
  types?: ReadonlySet<Name>;
  /** Something before this point could not be read, or runs code, which may have changed any table. */
  unread?: true;
  /** Something before this point could not be read, which may have changed any table for all that is known. */
  opaque?: true;
  /** Some table has `droppedKeys`. */
  hasDroppedKeys?: true;
  /** Some table has `droppedUniques`. */
  hasDroppedUniques?: true;
  /** So many migrations in a row, up to this point, have no way back. */
  withoutWayBack?: number;
};

/** A schema of which nothing is known. */
export function emptySchema(): Schema {
  return { tables: new Map(), views: new Map() };
}

/** True when the change under review created the table before this point. */
export function isNewTable(schema: Schema, table: Name): boolean {
  // Two names that a program works out may be two tables: what is done to one is not done to the other.
  if (table === anyComputedName) return false;
  return schema.tables.get(table)?.isNew ?? false;
}

/** The column as it is known at this point, or undefined when it is not. */
export function findColumn(schema: Schema, table: Name, column: string): Column | undefined {
  return schema.tables.get(table)?.columns.get(column);
}

/** True for a column of the primary key, which is never NULL, said or not; false where the key is not known. */
export function isInPrimaryKey(schema: Schema, table: Name, column: string): boolean {
  const constraints = schema.tables.get(table)?.constraints;
  return constraints?.some((each) => each.kind === 'primaryKey' && each.columns.includes(column)) === true;
}

/** The index of this name, with its table; undefined when it is not known. */
export function findIndex(schema: Schema, name: string): { table: Name; index: Index } | undefined {
  const [table] = withIndex(schema.tables, name);
  const index = table?.indexes.find((each) => each.name === name);
  return table && index && { table: table.name, index };
}

/** A schema that can go its own way from here; tables are never changed in place, so that they are shared. */
export function forkSchema(schema: Schema): Schema {
  const { tables, views, functions, objects } = schema;
  return {
    ...schema,
    tables: forkTables(tables),
    views: forkViews(views),
    ...(functions && { functions: new Map(functions) }),
    ...(objects && { objects: new Map(objects) }),
  };
}

/** Applies one operation. What it names and was not seen before becomes known as far as the operation says. */
export function applyOperation(schema: Schema, operation: Operation, isNew: boolean): void {
  const before = 'table' in operation && operation.table !== undefined ? schema.tables.get(operation.table) : undefined;
  const index = isNew && operation.kind === 'dropIndex' ? findIndex(schema, operation.name) : undefined;
  const named = before ?? (index && schema.tables.get(index.table));
  change(schema, operation, isNew);
  if (!isNew) return;
  rememberDroppedKeys(schema, before, operation);
  rememberDroppedUniques(schema, named, operation);
}

/** Kinds that have their names beside those of tables. */
const sharesNames: ReadonlySet<ObjectKind> = new Set([
  'view',
  'procedure',
  'function',
  'trigger',
  'synonym',
  'sequence',
]);

function change(schema: Schema, told: Operation, isNew: boolean): void {
  const operation = asKnown(told, schema);
  const { tables } = schema;
  if ((operation.kind === 'createObject' || operation.kind === 'alterObject') && operation.ownedBy)
    schema.sequenceOwners = new Map(schema.sequenceOwners).set(operation.name, operation.ownedBy);
  const signatures = changedSignatures(schema.signatures, operation);
  if (signatures !== schema.signatures) schema.signatures = signatures;
  const madeTypes = changedTypes(schema.madeTypes, operation);
  if (madeTypes !== schema.madeTypes) schema.madeTypes = madeTypes;
  const publications = changedPublications(schema.publications, operation);
  if (publications !== schema.publications) schema.publications = publications;
  switch (operation.kind) {
    case 'createTable':
      // It is gone with its session, before the next migration.
      if (operation.temporary && !isNew) return;
      if (!operation.ifNotExists || !tables.has(operation.table)) setTable(tables, made(tables, operation, isNew));
      if (operation.partitionOf !== undefined)
        markPartitioned(tables, operation.partitionOf, operation.holdsRest && operation.table);
      return;
    case 'alterPartition':
      notePartition(tables, operation);
      break;
    case 'opaque':
      schema.opaque = true;
      schema.unread = true;
      return;
    case 'runCode':
      schema.unread = true;
      return;
    case 'dropTable':
      deleteTable(tables, operation.table);
      dropTriggersOf(schema, operation.table);
      return;
    case 'createType':
      schema.types = withType(schema.types, operation.type);
      return;
    case 'createObject':
      if (sharesNames.has(operation.object)) objectsOf(schema).set(operation.name, operation.object);
      if (!(operation.ifNotExists && schema.views.has(operation.name))) define(schema, operation);
      if (operation.object === 'function') noteFunction(schema, operation);
      if (operation.asks) schema.domains = new Map(schema.domains).set(operation.name, operation.asks);
      if (isNew && operation.object === 'materialized view' && !operation.ifNotExists)
        setTable(tables, { ...unseenTable(operation.name), isNew });
      break;
    case 'alterObject':
      if (operation.change === 'definition') define(schema, operation);
      if (operation.object === 'function') functionsOf(schema).set(operation.name, 'unknown');
      if (operation.object === 'domain') constrainDomain(schema, operation);
      if (operation.object === 'index') noteIndexPartition(tables, operation);
      if (operation.object === 'materialized view') refreshView(schema.views, operation);
      break;
    case 'dropObject':
      schema.objects?.delete(operation.name);
      if (isOfKind(schema.views.get(operation.name), operation.object)) deleteView(schema.views, operation.name);
      if (operation.object.endsWith('view')) deleteTable(tables, operation.name);
      if (operation.object === 'trigger') dropTrigger(tables, operation.name);
      if (operation.object === 'policy') dropPolicy(tables, operation);
      if (operation.object === 'type') schema.types = withoutType(schema.types, operation.name);
      return;
    case 'renameObject':
      if (schema.objects?.delete(operation.name)) schema.objects.set(operation.to, operation.object);
      renameView(schema, operation.name, operation.to);
      if (operation.object === 'materialized view') renameTable(tables, operation.name, operation.to);
      if (operation.object === 'type') schema.types = withType(withoutType(schema.types, operation.name), operation.to);
      if (operation.object === 'type' || operation.object === 'domain') renameType(tables, operation);
      if (operation.object === 'index' || operation.object === 'constraint') renameKey(tables, operation);
      break;
    case 'renameTable': {
      changeViews(schema, operation.table, (view) => renamedTable(view, operation.table, operation.to));
      renameTable(tables, operation.table, operation.to);
      return;
    }
    case 'renameColumn':
      changeViews(schema, operation.table, (view) => renamedIn(view, operation));
      break;
    case 'dropSchema':
      for (const name of tables.keys()) if (name.startsWith(`${operation.schema}.`)) deleteTable(tables, name);
      return;
    case 'dropIndex':
      dropIndex(tables, operation);
      return;
  }
  if (!('table' in operation) || operation.table === undefined) return;
  const table = tables.get(operation.table) ?? unseenTable(operation.table);
  const changed = changedTable(table, operation);
  if (changed) setTable(tables, isNew ? withNewColumns(changed, table, operation) : changed);
}

/** What reads tables is known by its newest query, and no longer where that cannot be told. */
function define({ views, tables }: Schema, { object, name, query }: OperationOf<'createObject' | 'alterObject'>): void {
  const known = views.get(name);
  if (query) setView(views, name, spelledOut(query, tables));
  else if (known && isOfKind(known, object)) deleteView(views, name);
}

/** Of one name there may be several, told apart by their arguments. */
function noteFunction(schema: Schema, operation: OperationOf<'createObject'>): void {
  const { name, replaces, volatility = 'unknown' } = operation;
  const declared = volatility === 'immutable' ? 'stable' : volatility;
  const functions = functionsOf(schema);
  const known = functions.get(name);
  const isOther = known !== undefined && known !== declared && !replaces;
  functions.set(name, isOther ? 'unknown' : declared);
}

function functionsOf(schema: Schema): Map<Name, Volatility> {
  schema.functions ??= new Map();
  return schema.functions;
}

function objectsOf(schema: Schema): Map<Name, ObjectKind> {
  schema.objects ??= new Map();
  return schema.objects;
}

function constrainDomain(schema: Schema, { name, change }: OperationOf<'alterObject'>): void {
  const asks = schema.domains?.get(name);
  if (change.startsWith('add constraint')) schema.domains = new Map(schema.domains).set(name, asks ?? 'constraint');
  if (change === 'set not null') schema.domains = new Map(schema.domains).set(name, 'value');
  if (change === 'drop not null' && asks === 'value') schema.domains = new Map(schema.domains).set(name, 'constraint');
}

function made(tables: Tables, operation: Operation & OperationOf<'createTable'>, isNew: boolean): Table {
  const table = createdTable(operation, isNew);
  const like = operation.like === undefined ? undefined : tables.get(operation.like);
  return like && !operation.conditional ? tableLike(table, like) : table;
}

function renameTable(tables: Tables, from: Name, to: Name): void {
  const table = tables.get(from);
  deleteTable(tables, from);
  if (table) setTable(tables, withName(table, to));
}
