/** Operations on fields, all but AlterField. */
import { columnOfField, evaluatedDefault, foreignKeyOf, indexesOfField, typeOfField, type Placed } from './column.ts';
import type { DeclaredOf, Written } from './declared.ts';
import type { Column, DataType } from '../../operations/column.ts';
import type { Effect } from '../sql/effect.ts';
import { defer, emit, emitNothing, emitTogether, type Emission } from './emission.ts';
import { emitTableBetween, isOutside, outsideReason, tableBetween } from './emit-model.ts';
import { columnName, hasColumn } from './field.ts';
import { columnOf, findField, findModel, tableOf } from './state.ts';

/** AddField: the column, and the indexes that Django keeps back until the end. */
export function emitAddField(emission: Emission, declared: DeclaredOf<'addField' | 'alterField'>): void {
  const model = findModel(emission.state, declared.model);
  const { name, field } = declared;
  if (model && isOutside(model)) return emitNothing(emission, declared, outsideReason(model));
  const table = tableOf(emission.state, declared.model);
  if (field.relation?.many) {
    const owner = model ?? { name: declared.model, table, fields: new Map(), options: unknownOptions };
    if (tableBetween(table, name, field) === undefined) emitNothing(emission, declared, 'a relation through a model');
    return emitTableBetween(emission, declared, owner, name, field);
  }
  if (!hasColumn(field)) return emitNothing(emission, declared, 'a field without a column');
  const placed: Placed = { model: declared.model, table, name, field };
  emitColumn(emission, declared, placed);
  for (const index of indexesOfField(emission, placed))
    defer(emission, declared, { kind: 'createIndex', table, index });
}

/** RemoveField, before the state forgets the field. */
export function emitRemoveField(emission: Emission, declared: DeclaredOf<'removeField'>): void {
  const { state, database } = emission;
  const model = findModel(state, declared.model);
  const field = model?.fields.get(declared.name);
  if (model && isOutside(model)) return emitNothing(emission, declared, outsideReason(model));
  const table = tableOf(state, declared.model);
  const between = field && tableBetween(table, declared.name, field);
  if (between !== undefined)
    return emit(emission, declared, {
      kind: 'dropTable',
      table: between,
      ...(database === 'postgres' ? { cascade: true } : {}),
    });
  if (field && !hasColumn(field)) return emitNothing(emission, declared, 'a field without a column');
  const key =
    field && isMysql(database)
      ? foreignKeyOf(emission, { model: declared.model, table, name: declared.name, field })
      : undefined;
  if (key?.name !== undefined)
    emit(emission, declared, { kind: 'dropConstraint', table, name: key.name, constraint: 'foreignKey' });
  const column = columnName(declared.name, field);
  emit(emission, declared, {
    kind: 'dropColumn',
    table,
    column,
    ...(database === 'postgres' ? { cascade: true } : {}),
  });
}

/** RenameField, before the state knows the new name. */
export function emitRenameField(emission: Emission, declared: DeclaredOf<'renameField'>): void {
  const { state } = emission;
  const model = findModel(state, declared.model);
  if (model && isOutside(model)) return emitNothing(emission, declared, outsideReason(model));
  const field = findField(state, declared.model, declared.name);
  const table = tableOf(state, declared.model);
  const [before, after] = [declared.name, declared.to].map((name) => field && tableBetween(table, name, field));
  if (before !== undefined && after !== undefined) {
    if (before !== after) emit(emission, declared, { kind: 'renameTable', table: before, to: after });
    return;
  }
  if (field && !hasColumn(field)) return emitNothing(emission, declared, 'a field without a column');
  const column = columnOf(state, declared.model, declared.name);
  const to = columnName(declared.to, field);
  if (column === to) return emitNothing(emission, declared, 'the name of a field whose column has one of its own');
  const placed = { model: declared.model, table, field };
  const [old, made] = [keyNamed(emission, placed, declared.name), keyNamed(emission, placed, declared.to)];
  if (old) emit(emission, declared, { kind: 'dropConstraint', table, constraint: 'foreignKey', ...named(old) });
  emit(emission, declared, { kind: 'renameColumn', table, column, to });
  if (made) emit(emission, declared, { kind: 'addConstraint', table, constraint: made });
}

/**
 * The foreign key of a field under one of its names. Where the name of the column changes, Django drops the key and makes it
 * again (`_alter_field`); on SQLite the column alone is renamed.
 */
function keyNamed(
  emission: Emission,
  { field, ...place }: Omit<Placed, 'name' | 'field'> & { field: Placed['field'] | undefined },
  name: string,
): ReturnType<typeof foreignKeyOf> {
  return field && emission.database !== 'sqlite' ? foreignKeyOf(emission, { ...place, name, field }) : undefined;
}

function named({ name }: { name?: string }): { name?: string } {
  return name === undefined ? {} : { name };
}

/** AddDefaultValue of django-add-default-value: a default that the database keeps. It passes over SQLite. */
export function emitSetDefault(emission: Emission, declared: DeclaredOf<'setDefault'>): void {
  if (emission.database === 'sqlite') return emitNothing(emission, declared, 'a default that SQLite is not given');
  const { text, known } = declared;
  const table = tableOf(emission.state, declared.model);
  const column = columnOf(emission.state, declared.model, declared.name);
  const value = { sql: text, functions: [], columns: [], known };
  emit(emission, declared, { kind: 'alterColumn', table, column, default: value });
}

/** A column with what Python fills into the rows: the database gets it as a default that is dropped at once. */
function emitColumn(emission: Emission, written: Written, placed: Placed): void {
  const { table, field } = placed;
  const { database } = emission;
  const column = columnOfField(emission, placed);
  const filled = column.default ?? (field.generated ? undefined : evaluatedDefault(field));
  const isDropped = filled !== undefined && column.default === undefined;
  const given = filled ? { ...column, default: filled } : column;
  const isObeyed = database === 'postgres' && givesPositive(given);
  const add: Effect = { kind: 'addColumn', table, column: isObeyed ? { ...given, ownCheck: 'obeyed' } : given };
  const drop: Effect = { kind: 'alterColumn', table, column: column.name, default: 'none' };
  if (database === 'sqlite' && (filled !== undefined || !column.nullable || field.unique)) {
    const rebuild: Effect = { kind: 'rebuildTable', table, how: 'Django copies the table' };
    return emitTogether(emission, written, add, ...(isDropped ? [drop] : []), rebuild);
  }
  emit(emission, written, add);
  if (isDropped && !keepsDefault(emission, placed)) emit(emission, written, drop);
}

/** True where the check of a `PositiveIntegerField` lets pass what the rows that are there get: NULL, or a number. */
function givesPositive({ constraints, nullable, default: value }: Column): boolean {
  if (!constraints.some(({ kind }) => kind === 'check')) return false;
  return value === undefined ? nullable : /^\d+$/.test(value.sql);
}

/** `skip_default_on_alter` of https://github.com/django/django/blob/main/django/db/backends/mysql/schema.py */
function keepsDefault(emission: Emission, { model, field }: Placed): boolean {
  return emission.database === 'mysql' && isLimited(typeOfField(emission, model, field));
}

function isLimited(type: DataType | undefined): boolean {
  return type !== undefined && /^(long)?(text|blob)$|^json$/.test(type.name);
}

function isMysql(database: Emission['database']): boolean {
  return database === 'mysql' || database === 'mariadb';
}

const unknownOptions = {
  managed: true,
  proxy: false,
  uniqueTogether: [],
  indexTogether: [],
  indexes: [],
  constraints: [],
};
