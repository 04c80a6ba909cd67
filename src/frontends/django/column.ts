/** Columns, indexes and constraints of fields, as Django's schema editor writes them. */
import type { Column, Constraint, DataType, Expression, Index, Reference } from '../../operations/column.ts';
import { literalText } from '../syntax/generated-sql.ts';
import { columnType, isNumbered } from './column-type.ts';
import type { DeclaredConstraint, DeclaredIndex } from './declared.ts';
import type { Emission } from './emission.ts';
import { columnName, hasColumn, isTextual, type Field, type Relation } from './field.ts';
import { indexName } from './names.ts';
import { columnOf, defaultTable, findModel, type Model } from './state.ts';

/** A field in its place. */
export type Placed = { model: string; table: string; name: string; field: Field };

/** The column of a field with its constraints, and without the default that Python fills in. */
export function columnOfField(emission: Emission, { model, table, name, field }: Placed): Column {
  const column: Column = { name: columnName(name, field), nullable: field.null && !field.primaryKey, constraints: [] };
  const type = typeOfField(emission, model, field);
  if (type) column.type = type;
  if (isNumbered(field)) column.generated = 'identity';
  if (field.generated) column.generated = field.generated;
  const reads = readsOf(emission, model, field);
  if (reads.length > 0) column.reads = reads;
  if (field.comment !== undefined) column.comment = literalText(field.comment, emission.database);
  if (field.databaseDefault) column.default = { ...field.databaseDefault, columns: [] };
  const columns = [column.name];
  if (field.primaryKey) column.constraints.push({ kind: 'primaryKey', columns });
  else if (field.unique) column.constraints.push({ kind: 'unique', columns });
  const check = positiveCheck(emission, column.name, field);
  if (check) column.constraints.push(check);
  const key = foreignKeyOf(emission, { model, table, name, field });
  if (key) column.constraints.push(key);
  return column;
}

/** Columns of the model alone: other names stand for values, or for what the model inherits. */
function readsOf({ state, database }: Emission, model: string, { names = [] }: Field): string[] {
  if (database !== 'postgres' && database !== 'mysql' && database !== 'mariadb') return [];
  const fields = [...(findModel(state, model)?.fields ?? [])];
  return fields.flatMap(([name, field]) => {
    const column = columnName(name, field);
    return hasColumn(field) && (names.includes(name) || names.includes(column)) ? [column] : [];
  });
}

/** The type of a field's column; one that points to another has the type of that, as far as it is known. */
export function typeOfField(emission: Emission, model: string, field: Field, step = 0): DataType | undefined {
  if (!field.relation) return columnType(field, emission.database);
  const { to, toField } = field.relation;
  const target = findModel(emission.state, to === 'self' ? model : (ownModel(emission, to) ?? ''));
  const key = target && (toField === undefined ? primaryKeyOf(target) : target.fields.get(toField));
  if (!target || !key || step > 10) return undefined;
  return typeOfField(emission, target.name, key, step + 1);
}

/** The constraint of a relation, unless it has none. */
export function foreignKeyOf(
  emission: Emission,
  placed: Placed,
): Extract<Constraint, { kind: 'foreignKey' }> | undefined {
  const { field, table, name } = placed;
  if (!field.relation?.constraint || field.relation.many) return undefined;
  const onDelete = databaseAction(field.relation);
  const references = { ...referenceOf(emission, placed, field.relation), ...(onDelete && { onDelete }) };
  const column = columnName(name, field);
  const suffix = `_fk_${references.table.slice(references.table.indexOf('.') + 1)}_${references.columns[0] ?? 'id'}`;
  return {
    kind: 'foreignKey',
    name: indexName(emission.database, table, [column], suffix),
    columns: [column],
    references,
    validated: true,
    ...deferral(emission),
  };
}

/** What the database does itself, since Django 6.1; all else is done by the program: https://docs.djangoproject.com/en/6.1/releases/6.1/ */
export function databaseAction({ onDelete }: Relation): Reference['onDelete'] {
  return databaseActions[onDelete ?? ''];
}

const databaseActions: Partial<Record<string, Reference['onDelete']>> = {
  DB_CASCADE: 'cascade',
  DB_SET_NULL: 'set null',
  DB_SET_DEFAULT: 'set default',
};

/** `DEFERRABLE INITIALLY DEFERRED`: `deferrable_sql` of https://github.com/django/django/blob/main/django/db/backends/postgresql/operations.py and that of SQLite. */
export function deferral({ database }: Emission): { initiallyDeferred?: true } {
  return database === 'postgres' || database === 'sqlite' ? { initiallyDeferred: true } : {};
}

/** The indexes of a field: its own, and on PostgreSQL one for LIKE beside each of a text. */
export function indexesOfField(emission: Emission, placed: Placed): Index[] {
  const { field } = placed;
  const isIndexed = field.index && !field.unique && !(placed.field.relation && isMysql(emission));
  const own = isIndexed ? [fieldIndex(emission, placed)] : [];
  return [...own, ...(field.index || field.unique ? likeIndexesOf(emission, placed) : [])];
}

/** The index of one field. */
export function fieldIndex(emission: Emission, { table, name, field }: Placed): Index {
  const columns = [columnName(name, field)];
  return { name: indexName(emission.database, table, columns), columns, unique: false };
}

/** `_create_like_index_sql` of https://github.com/django/django/blob/main/django/db/backends/postgresql/schema.py */
export function likeIndexesOf(emission: Emission, { model, table, name, field }: Placed): Index[] {
  if (emission.database !== 'postgres' || !isTextual(typeOfField(emission, model, field))) return [];
  const columns = [columnName(name, field)];
  return [{ name: indexName('postgres', table, columns, '_like'), columns, unique: false }];
}

/** An index of `Meta.indexes` with the columns behind its fields. */
export function indexOfDeclared(
  emission: Emission,
  model: string,
  { name, fields, reads, method, where, text, saysMore }: DeclaredIndex,
): Index {
  const columns = fields.map((field) => columnOf(emission.state, model, field));
  const isMore = saysMore === true || columns.some((column, position) => column !== fields[position]);
  return {
    ...(name === undefined ? {} : { name }),
    columns,
    ...readIn(emission, model, reads),
    unique: false,
    ...(method === undefined ? {} : { method }),
    ...(where ? { where: expressionOf(emission, model, where) } : {}),
    ...(isMore && text !== undefined ? { declaration: text } : {}),
  };
}

/** A constraint of `Meta.constraints`, or the index that stands for one. */
export function constraintOfDeclared(
  emission: Emission,
  model: string,
  declared: DeclaredConstraint,
  validated: boolean,
): { constraint: Constraint } | { index: Index } | undefined {
  const named = declared.name === undefined ? {} : { name: declared.name };
  if (declared.kind === 'unknown') return undefined;
  if (declared.kind === 'check')
    return { constraint: { ...named, kind: 'check', expression: expressionOf(emission, model, declared), validated } };
  const columns = declared.fields.map((field) => columnOf(emission.state, model, field));
  if (declared.kind === 'exclusion') return { constraint: { ...named, kind: 'exclusion', columns } };
  if (!declared.isIndex) return { constraint: { ...named, kind: 'unique', columns } };
  const where = declared.where ? { where: expressionOf(emission, model, declared.where) } : {};
  return { index: { ...named, columns, ...readIn(emission, model, declared.reads), unique: true, ...where } };
}

function readIn(emission: Emission, model: string, reads: readonly string[] | undefined): { reads?: string[] } {
  if (!reads || emission.database !== 'postgres') return {};
  return { reads: reads.map((field) => columnOf(emission.state, model, field)) };
}

/** A group of unique_together. */
export function uniqueTogether(emission: Emission, model: string, table: string, fields: string[]): Constraint {
  const columns = fields.map((field) => columnOf(emission.state, model, field));
  return { kind: 'unique', name: indexName(emission.database, table, columns, '_uniq'), columns };
}

/** A group of index_together. */
export function indexTogether(emission: Emission, model: string, table: string, fields: string[]): Index {
  const columns = fields.map((field) => columnOf(emission.state, model, field));
  return { name: indexName(emission.database, table, columns, '_idx'), columns, unique: false };
}

/** The value that existing rows get: Python makes it once, whatever makes it. */
export function evaluatedDefault(field: Field): Expression | undefined {
  return field.default === undefined ? undefined : { sql: field.default, functions: [], columns: [], known: true };
}

/** Where a relation points to. */
export function referenceOf(emission: Emission, { model, table }: Placed, relation: Relation): Reference {
  const { to, toField } = relation;
  if (to === 'self')
    return { table, columns: toField === undefined ? keyColumns(findModel(emission.state, model)) : [toField] };
  const target = targetTable(emission, to);
  const own = findModel(emission.state, ownModel(emission, to) ?? '');
  const columns = toField === undefined ? keyColumns(own) : [columnOf(emission.state, own?.name ?? '', toField)];
  return { table: target, columns };
}

/** The table of the model that a relation points to. */
export function targetTable(emission: Emission, to: string | undefined): string {
  const { state } = emission;
  const named = to === 'settings.AUTH_USER_MODEL' ? state.userModel : to;
  // What stands there instead is known when the migration runs.
  if (named === undefined || named.startsWith('settings.')) return '_computed_user_model';
  const own = ownModel(emission, named);
  if (own !== undefined) return findModel(state, own)?.table ?? defaultTable(state.label, own);
  const [app = '', model = ''] = named.split('.');
  return contributedTables[named.toLowerCase()] ?? defaultTable(app, model);
}

/** The name of a model of this app, without the app. */
function ownModel({ state }: Emission, to: string | undefined): string | undefined {
  if (to === undefined) return undefined;
  const named = to === 'settings.AUTH_USER_MODEL' ? state.userModel : to;
  const [first = '', second] = (named ?? '').split('.');
  if (second === undefined) return first;
  return first === state.label ? second : undefined;
}

/** Models of django.contrib whose table has a name of its own. */
const contributedTables: Record<string, string> = {
  'admin.logentry': 'django_admin_log',
  'contenttypes.contenttype': 'django_content_type',
  'flatpages.flatpage': 'django_flatpage',
  'redirects.redirect': 'django_redirect',
  'sessions.session': 'django_session',
  'sites.site': 'django_site',
};

function primaryKeyOf(model: Model): Field | undefined {
  for (const field of model.fields.values()) if (field.primaryKey) return field;
  return undefined;
}

function keyColumns(model: Model | undefined): string[] {
  for (const [name, field] of model?.fields ?? []) if (field.primaryKey) return [columnName(name, field)];
  return [];
}

/** `data_type_check_constraints`: MySQL has types for it. */
export function positiveCheck(
  emission: Emission,
  column: string,
  field: Field,
): Extract<Constraint, { kind: 'check' }> | undefined {
  if (!field.isKnown || !/^Positive\w*IntegerField$/.test(field.type)) return undefined;
  if (emission.database !== 'postgres' && emission.database !== 'sqlite') return undefined;
  const expression = { sql: `"${column}" >= 0`, functions: [], columns: [column], known: true };
  return { kind: 'check', expression, validated: true };
}

function expressionOf(
  emission: Emission,
  model: string,
  { text, fields }: { text: string; fields: string[] },
): Expression {
  return {
    sql: text,
    functions: [],
    columns: fields.map((field) => columnOf(emission.state, model, field)),
    known: false,
  };
}

function isMysql({ database }: Emission): boolean {
  return database === 'mysql' || database === 'mariadb';
}
