/** What an app's models look like at one point of its migrations. */
import type { Declared, DeclaredConstraint, DeclaredIndex, DeclaredOf, ModelOptions } from './declared.ts';
import { columnName, type Field } from './field.ts';

export type Model = {
  name: string;
  table: string;
  fields: Map<string, Field>;
  options: ModelOptions;
};

export type AppState = {
  label: string;
  /** By lower-case name, as Django compares them. A model that is not in it may exist all the same. */
  models: Map<string, Model>;
  /** Something before this point could not be read, so that fields may look otherwise than here. */
  isUnsure: boolean;
  /** The value of AUTH_USER_MODEL, where a settings file tells it. */
  userModel?: string;
};

/** The state before the first migration of an app. */
export function emptyState(label: string, userModel: string | undefined): AppState {
  return { label, models: new Map(), isUnsure: false, ...(userModel === undefined ? {} : { userModel }) };
}

/** The model of that name, or undefined where nothing was seen of it. */
export function findModel(state: AppState, name: string): Model | undefined {
  return state.models.get(bareName(name).toLowerCase());
}

/** The table of a model: as seen, or as Django names it. */
export function tableOf(state: AppState, name: string): string {
  return findModel(state, name)?.table ?? defaultTable(state.label, name);
}

/** https://docs.djangoproject.com/en/stable/ref/models/options/#table-names */
export function defaultTable(label: string, model: string): string {
  return `${label}_${bareName(model).toLowerCase()}`;
}

/** The field of that name as it is known at this point. */
export function findField(state: AppState, model: string, name: string): Field | undefined {
  return findModel(state, model)?.fields.get(name);
}

/** The column behind a name of a field. */
export function columnOf(state: AppState, model: string, name: string): string {
  return name.startsWith('(') ? name : columnName(name, findField(state, model, name));
}

/** Applies what one operation does to the state (`state_forwards`). */
export function applyDeclared(state: AppState, declared: Declared): void {
  const { models } = state;
  switch (declared.kind) {
    case 'createModel':
      models.set(declared.name.toLowerCase(), createdModel(state, declared));
      return;
    case 'deleteModel':
      models.delete(declared.name.toLowerCase());
      return;
    case 'renameModel':
      renameModel(state, declared);
      return;
    case 'separate':
    case 'runSql':
      for (const each of declared.state) applyDeclared(state, each);
      return;
    case 'unread':
      forget(state, declared);
      return;
  }
  if (!('model' in declared)) return;
  const model = findModel(state, declared.model);
  if (model) changeModel(state, model, declared);
}

/** What could not be read leaves the model or field that it names unknown. */
function forget(state: AppState, { model, field }: DeclaredOf<'unread'>): void {
  if (model === undefined) return;
  if (field === undefined) state.models.delete(model.toLowerCase());
  else findModel(state, model)?.fields.delete(field);
}

function createdModel(state: AppState, { name, fields, options }: DeclaredOf<'createModel'>): Model {
  return {
    name,
    table: options.table ?? defaultTable(state.label, name),
    fields: new Map(fields),
    options: { ...options, indexes: [...options.indexes], constraints: [...options.constraints] },
  };
}

function renameModel(state: AppState, { name, to }: DeclaredOf<'renameModel'>): void {
  const model = findModel(state, name);
  state.models.delete(name.toLowerCase());
  if (!model) return;
  const table = model.options.table ?? defaultTable(state.label, to);
  state.models.set(to.toLowerCase(), { ...model, name: to, table });
  for (const other of state.models.values()) retarget(state, other, name, to);
}

/** Relations to a renamed model follow it. */
function retarget(state: AppState, model: Model, name: string, to: string): void {
  for (const [key, field] of model.fields) {
    const target = field.relation?.to;
    if (!field.relation || target === undefined || target === 'self') continue;
    const isOwn = !target.includes('.') || target.split('.')[0] === state.label;
    if (!isOwn || bareName(target).toLowerCase() !== name.toLowerCase()) continue;
    model.fields.set(key, { ...field, relation: { ...field.relation, to: `${state.label}.${to}` } });
  }
}

function changeModel(state: AppState, model: Model, declared: Declared): void {
  const { fields, options } = model;
  switch (declared.kind) {
    case 'addField':
    case 'alterField':
      fields.set(declared.name, declared.field);
      return;
    case 'removeField':
      fields.delete(declared.name);
      return;
    case 'renameField':
      renameField(model, declared.name, declared.to);
      return;
    case 'alterModelTable':
      model.table = declared.table ?? defaultTable(state.label, model.name);
      if (declared.table === undefined) delete options.table;
      else options.table = declared.table;
      return;
    case 'alterTogether':
      options[declared.option] = declared.groups;
      return;
    case 'alterModelOptions':
      if (declared.managed !== undefined) options.managed = declared.managed;
      return;
    case 'alterOrder':
      if (declared.field === undefined) delete options.orderWithRespectTo;
      else options.orderWithRespectTo = declared.field;
      return;
    case 'addIndex':
      options.indexes = [...options.indexes, declared.index];
      return;
    case 'removeIndex':
      options.indexes = options.indexes.filter((index) => index.name !== declared.name);
      return;
    case 'renameIndex':
      renameIndex(model, declared);
      return;
    case 'addConstraint':
      options.constraints = [...options.constraints, declared.constraint];
      return;
    case 'removeConstraint':
      options.constraints = options.constraints.filter((constraint) => constraint.name !== declared.name);
      return;
  }
}

function renameField(model: Model, name: string, to: string): void {
  const { fields, options } = model;
  const rename = (field: string): string => (field === name ? to : field);
  // The order of the fields is kept.
  model.fields = new Map([...fields].map(([key, field]) => [rename(key), field]));
  options.uniqueTogether = options.uniqueTogether.map((group) => group.map(rename));
  options.indexTogether = options.indexTogether.map((group) => group.map(rename));
  options.indexes = options.indexes.map((index): DeclaredIndex => ({ ...index, fields: index.fields.map(rename) }));
  options.constraints = options.constraints.map((constraint): DeclaredConstraint =>
    constraint.kind === 'unique' ? { ...constraint, fields: constraint.fields.map(rename) } : constraint,
  );
}

function renameIndex({ options }: Model, { name, fields, to }: DeclaredOf<'renameIndex'>): void {
  options.indexes = options.indexes.map((index) => (index.name === name ? { ...index, name: to } : index));
  if (!fields) return;
  options.indexes = [...options.indexes, { name: to, fields }];
  options.indexTogether = options.indexTogether.filter((group) => group.join() !== fields.join());
}

function bareName(name: string): string {
  return name.slice(name.lastIndexOf('.') + 1);
}
