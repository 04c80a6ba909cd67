/** Calls about what is no table: types, extensions, schemas, and the views, functions and triggers of the gems scenic and fx. */
import type { ObjectKind } from '../../operations/object-operation.ts';
import { headOf, type Followed } from './follow-call.ts';
import { emit, type Run } from './run.ts';
import { tableFrom, type SchemaCall } from './schema-calls.ts';
import { entryOf, findText, isTrue, nameFrom, namesFrom } from './value.ts';

/** The calls by their names. */
export const objectCalls: Readonly<Record<string, SchemaCall>> = {
  create_enum: (run, call) =>
    emit(run, { kind: 'createType', type: tableFrom(call.values[0]), values: namesFrom(call.values[1]) }, headOf(call)),
  drop_enum: (run, call) => drop(run, call, 'type'),
  rename_enum: (run, call) => {
    const to = entryOf(call.options, 'to') ?? call.values[1];
    emit(
      run,
      { kind: 'renameObject', object: 'type', name: tableFrom(call.values[0]), to: nameFrom(to) },
      headOf(call),
    );
  },
  add_enum_value: (run, call) => {
    const ifNotExists = isTrue(entryOf(call.options, 'if_not_exists')) ? { ifNotExists: true as const } : {};
    const [type, value] = call.values;
    emit(run, { kind: 'addEnumValue', type: tableFrom(type), value: nameFrom(value), ...ifNotExists }, headOf(call));
  },
  rename_enum_value: (run, call) => {
    const [value, to] = ['from', 'to'].map((key) => nameFrom(entryOf(call.options, key)));
    if (value === undefined || to === undefined) return;
    emit(run, { kind: 'renameEnumValue', type: tableFrom(call.values[0]), value, to }, headOf(call));
  },
  enable_extension: (run, call) => create(run, call, 'extension', { ifNotExists: true }),
  disable_extension: (run, call) => drop(run, call, 'extension'),
  create_schema: (run, call) => create(run, call, 'schema'),
  drop_schema: (run, call) =>
    emit(run, { kind: 'dropSchema', schema: nameFrom(call.values[0]), cascade: true }, headOf(call)),
  rename_schema: (run, call) =>
    emit(
      run,
      { kind: 'renameObject', object: 'schema', name: nameFrom(call.values[0]), to: nameFrom(call.values[1]) },
      headOf(call),
    ),
  create_view: (run, call) => create(run, call, viewKind(call)),
  update_view: (run, call) => create(run, call, viewKind(call), { replaces: true }),
  replace_view: (run, call) => create(run, call, viewKind(call), { replaces: true }),
  drop_view: (run, call) => drop(run, call, viewKind(call)),
  create_function: (run, call) => create(run, call, 'function'),
  update_function: (run, call) => create(run, call, 'function', { replaces: true }),
  drop_function: (run, call) => drop(run, call, 'function'),
  create_trigger: (run, call) => create(run, call, 'trigger', onTable(call)),
  update_trigger: (run, call) => create(run, call, 'trigger', { replaces: true, ...onTable(call) }),
  drop_trigger: (run, call) => drop(run, call, 'trigger', onTable(call)),
  create_virtual_table: (run, call) =>
    emit(
      run,
      { kind: 'createTable', table: tableFrom(call.values[0]), columns: [], constraints: [], indexes: [] },
      headOf(call),
    ),
  drop_virtual_table: (run, call) => emit(run, { kind: 'dropTable', table: tableFrom(call.values[0]) }, headOf(call)),
};

function create(
  run: Run,
  call: Followed,
  object: ObjectKind,
  more: { ifNotExists?: true; replaces?: true; table?: string } = {},
): void {
  emit(run, { kind: 'createObject', object, name: tableFrom(call.values[0]), ...more }, headOf(call));
}

function drop(run: Run, call: Followed, object: ObjectKind, more: { table?: string } = {}): void {
  const ifExists = isTrue(entryOf(call.options, 'if_exists')) ? { ifExists: true as const } : {};
  const cascade = findText(entryOf(call.options, 'force')) === 'cascade' ? { cascade: true as const } : {};
  emit(
    run,
    { kind: 'dropObject', object, name: tableFrom(call.values[0]), ...ifExists, ...cascade, ...more },
    headOf(call),
  );
}

function viewKind(call: Followed): ObjectKind {
  const materialized = entryOf(call.options, 'materialized');
  return isTrue(materialized) || materialized?.kind === 'hash' ? 'materialized view' : 'view';
}

function onTable(call: Followed): { table?: string } {
  const table = entryOf(call.options, 'on');
  return table ? { table: tableFrom(table) } : {};
}
