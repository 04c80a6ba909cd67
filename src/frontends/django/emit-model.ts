/** Operations on whole models. */
import type { Column, DataType, Index } from '../../operations/column.ts';
import {
  columnOfField,
  constraintOfDeclared,
  deferral,
  indexesOfField,
  indexOfDeclared,
  indexTogether,
  targetTable,
  typeOfField,
  uniqueTogether,
  type Placed,
} from './column.ts';
import type { DeclaredOf, Written } from './declared.ts';
import { emit, emitNothing, type Emission } from './emission.ts';
import { hasColumn, type Field } from './field.ts';
import { indexName } from './names.ts';
import { defaultTable, findModel, tableOf, type Model } from './state.ts';

/** CreateModel: the table with everything that is new with it, and the tables between it and others. The state holds the model already. */
export function emitCreateModel(emission: Emission, declared: DeclaredOf<'createModel'>): void {
  const model = findModel(emission.state, declared.name);
  if (!model || isOutside(model)) return emitNothing(emission, declared, outsideReason(model));
  const placed = [...model.fields].map(([name, field]): Placed => ({
    model: model.name,
    table: model.table,
    name,
    field,
  }));
  const stored = placed.filter(({ field }) => hasColumn(field));
  const { options } = model;
  const made = options.constraints.flatMap((each) => constraintOfDeclared(emission, model.name, each, true) ?? []);
  emit(emission, declared, {
    kind: 'createTable',
    table: model.table,
    columns: [...implicitKey(model), ...stored.map((each) => columnOfField(emission, each)), ...orderColumn(model)],
    constraints: [
      ...options.uniqueTogether.map((fields) => uniqueTogether(emission, model.name, model.table, fields)),
      ...made.flatMap((each) => ('constraint' in each ? [each.constraint] : [])),
    ],
    indexes: [
      ...stored.flatMap((each) => indexesOfField(emission, each)),
      ...options.indexTogether.map((fields) => indexTogether(emission, model.name, model.table, fields)),
      ...options.indexes.map((index) => indexOfDeclared(emission, model.name, index)),
      ...made.flatMap((each) => ('index' in each ? [each.index] : [])),
    ],
  });
  for (const { name, field } of placed)
    if (field.relation?.many) emitTableBetween(emission, declared, model, name, field);
}

/** DeleteModel: the table, and those between it and others, before the state forgets them. */
export function emitDeleteModel(emission: Emission, declared: DeclaredOf<'deleteModel'>): void {
  const model = findModel(emission.state, declared.name);
  if (model && isOutside(model)) return emitNothing(emission, declared, outsideReason(model));
  for (const table of tablesBetween(model)) emit(emission, declared, dropTable(emission, table));
  emit(emission, declared, dropTable(emission, tableOf(emission.state, declared.name)));
}

/** AlterModelTable, as long as the state still has the old table. */
export function emitAlterModelTable(emission: Emission, declared: DeclaredOf<'alterModelTable'>): void {
  const { state } = emission;
  const model = findModel(state, declared.model);
  if (model && isOutside(model)) return emitNothing(emission, declared, outsideReason(model));
  const table = tableOf(state, declared.model);
  const to = declared.table ?? defaultTable(state.label, declared.model);
  if (to === table) return emitNothing(emission, declared, 'the table has this name already');
  emit(emission, declared, { kind: 'renameTable', table, to });
  renameTablesBetween(emission, declared, model, { table, to });
}

/** AlterOrderWithRespectTo: a column `_order` that comes or goes. */
export function emitAlterOrder(emission: Emission, declared: DeclaredOf<'alterOrder'>): void {
  const model = findModel(emission.state, declared.model);
  const table = tableOf(emission.state, declared.model);
  const had = model?.options.orderWithRespectTo !== undefined;
  if (declared.field === undefined && (had || !model))
    return emit(emission, declared, { kind: 'dropColumn', table, column: '_order' });
  if (declared.field === undefined || had) return emitNothing(emission, declared, 'the order of a model');
  const zero = { sql: '0', functions: [], columns: [], known: true };
  emit(
    emission,
    declared,
    { kind: 'addColumn', table, column: { ...orderColumnNamed, default: zero } },
    { kind: 'alterColumn', table, column: '_order', default: 'none' },
  );
}

/** The table of a many-to-many field, unless it has a model of its own. */
export function tableBetween(table: string, name: string, { relation }: Field): string | undefined {
  if (!relation?.many || relation.through !== undefined) return undefined;
  return relation.table ?? `${table}_${name}`;
}

/** `create_many_to_many_intermediary_model` of https://github.com/django/django/blob/main/django/db/models/fields/related.py */
export function emitTableBetween(emission: Emission, written: Written, model: Model, name: string, field: Field): void {
  const { relation } = field;
  const table = tableBetween(model.table, name, field);
  if (table === undefined || !relation) return;
  const [from, to] = columnsBetween(emission, model.name, relation.to);
  const ends = [
    { column: from, table: model.table, type: keyType(emission, model) },
    {
      column: to,
      table: relation.to === 'self' ? model.table : targetTable(emission, relation.to),
      type: typeOfField(emission, model.name, field),
    },
  ];
  const columns = ends.map((end): Column => keyTo(emission, table, end, relation.constraint));
  emit(emission, written, {
    kind: 'createTable',
    table,
    columns: [
      { name: 'id', nullable: false, generated: 'identity', constraints: [{ kind: 'primaryKey', columns: ['id'] }] },
      ...columns,
    ],
    constraints: [
      { kind: 'unique', name: indexName(emission.database, table, [from, to], '_uniq'), columns: [from, to] },
    ],
    indexes: ends.map(({ column }): Index => ({
      name: indexName(emission.database, table, [column]),
      columns: [column],
      unique: false,
    })),
  });
}

/** True for a model of which Django writes no table. */
export function isOutside(model: Model): boolean {
  return !model.options.managed || model.options.proxy;
}

/** Why nothing is written for a model. */
export function outsideReason(model: Model | undefined): string {
  return model?.options.proxy ? 'a proxy has no table of its own' : 'the table is not managed by Django';
}

function dropTable(emission: Emission, table: string): { kind: 'dropTable'; table: string; cascade?: true } {
  return { kind: 'dropTable', table, ...(emission.database === 'postgres' ? { cascade: true } : {}) };
}

/** Where no field is the primary key, Django adds one; of which size its settings say. */
function implicitKey(model: Model): Column[] {
  const hasKey = [...model.fields.values()].some((field) => field.primaryKey || field.type === 'CompositePrimaryKey');
  if (hasKey) return [];
  return [
    { name: 'id', nullable: false, generated: 'identity', constraints: [{ kind: 'primaryKey', columns: ['id'] }] },
  ];
}

const orderColumnNamed: Column = {
  name: '_order',
  type: { name: 'integer', arguments: [] },
  nullable: false,
  constraints: [],
};

function orderColumn({ options }: Model): Column[] {
  return options.orderWithRespectTo === undefined ? [] : [orderColumnNamed];
}

/** The two columns of a table between models: one for its own, one for the other. */
export function columnsBetween(emission: Emission, model: string, to: string | undefined): [string, string] {
  const own = model.toLowerCase();
  const named =
    to === 'settings.AUTH_USER_MODEL' ? (emission.state.userModel ?? '_computed_user') : (to ?? '_computed');
  const other = named.slice(named.lastIndexOf('.') + 1).toLowerCase();
  return named === 'self' || other === own ? [`from_${own}_id`, `to_${own}_id`] : [`${own}_id`, `${other}_id`];
}

function keyType(emission: Emission, model: Model): DataType | undefined {
  const key = [...model.fields.values()].find((field) => field.primaryKey);
  return key && typeOfField(emission, model.name, key);
}

function keyTo(
  emission: Emission,
  table: string,
  end: { column: string; table: string; type: DataType | undefined },
  constraint: boolean,
): Column {
  const suffix = `_fk_${end.table}_id`;
  const name = indexName(emission.database, table, [end.column], suffix);
  const references = { table: end.table, columns: [] };
  return {
    name: end.column,
    ...(end.type ? { type: end.type } : {}),
    nullable: false,
    constraints: constraint
      ? [{ kind: 'foreignKey', name, columns: [end.column], references, validated: true, ...deferral(emission) }]
      : [],
  };
}

function tablesBetween(model: Model | undefined): string[] {
  if (!model) return [];
  return [...model.fields].flatMap(([name, field]) => tableBetween(model.table, name, field) ?? []);
}

/** Renames the tables of many-to-many fields with the model that they belong to. */
export function renameTablesBetween(
  emission: Emission,
  written: Written,
  model: Model | undefined,
  { table, to }: { table: string; to: string },
): void {
  for (const [name, field] of model?.fields ?? []) {
    const before = tableBetween(table, name, field);
    const after = tableBetween(to, name, field);
    if (before !== undefined && after !== undefined && before !== after)
      emit(emission, written, { kind: 'renameTable', table: before, to: after });
  }
}
