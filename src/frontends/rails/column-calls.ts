/** Calls that add, change and remove columns. */
import type { Column } from '../../operations/column.ts';
import type { Effect } from '../sql/effect.ts';
import { filledBy } from './assigned.ts';
import { columnFrom, defaultFrom, typeFrom } from './columns.ts';
import { headOf, type Followed } from './follow-call.ts';
import { expressionOfSql } from './fragment.ts';
import { onlineFrom } from './online.ts';
import { addReferences, removeReferences } from './references.ts';
import { emit, emitAll, emitOpaque, type Run } from './run.ts';
import { tableFrom, type SchemaCall } from './schema-calls.ts';
import { entryOf, findText, forbidsNull, isTrue, nameFrom, textAt, truthOf, type Value } from './value.ts';

/** The calls by their names. */
export const columnCalls: Readonly<Record<string, SchemaCall>> = {
  add_column: addColumn,
  add_columns: addColumns,
  add_timestamps: (run, call) => addTimestamps(run, tableFrom(call.values[0]), call.options, headOf(call)),
  add_reference: addReferences,
  add_belongs_to: addReferences,
  change_column: changeColumn,
  change_column_default: changeDefault,
  change_column_null: changeNull,
  change_column_comment: (run, call) =>
    emit(run, { kind: 'alterTable', table: tableFrom(call.values[0]), change: 'comment' }, headOf(call)),
  remove_column: removeColumns,
  remove_columns: removeColumns,
  remove_reference: removeReferences,
  remove_belongs_to: removeReferences,
  remove_timestamps: removeTimestamps,
  rename_column: (run, call) => {
    const [table, column, to] = call.values;
    emit(
      run,
      {
        kind: 'renameColumn',
        table: tableFrom(table),
        column: nameFrom(column),
        to: nameFrom(to),
        ...onlineFrom(run, call.options),
      },
      headOf(call),
    );
  },
};

function addColumn(run: Run, call: Followed): void {
  const [table, name, type] = call.values;
  const typeName = findText(type);
  if (typeName === undefined) {
    emitOpaque(run, withoutType(call), headOf(call));
    return;
  }
  const column = columnFrom(run, nameFrom(name), typeName, call.options);
  emit(run, { ...added(run, tableFrom(table), column, call.options), ...unknownIndex(run, call) }, headOf(call));
}

function added(run: Run, table: string, column: Column, options: Value | undefined): Added {
  return {
    kind: 'addColumn',
    table,
    column,
    ...(isTrue(entryOf(options, 'if_not_exists')) ? { ifNotExists: true } : {}),
    ...onlineFrom(run, options),
  };
}

type Added = Extract<Effect, { kind: 'addColumn' }>;

/** Options of columns are checked since 7.1, where `index` is none of them, and older migrations are let off: https://github.com/rails/rails/blob/v8.0.0/activerecord/lib/active_record/migration/compatibility.rb */
function unknownIndex({ version }: Run, { options, inTable }: Followed): Pick<Added, 'unknownIndex'> {
  const index = entryOf(options, 'index');
  if (inTable || (!isTrue(index) && index?.kind !== 'hash')) return {};
  return { unknownIndex: { is: version >= 7.1 ? 'refused' : 'ignored', unique: isTrue(entryOf(index, 'unique')) } };
}

function withoutType(call: Followed): string {
  return call.values.length < 3
    ? `\`${call.name}\` is given no type, which Rails refuses`
    : 'the type of the column is put together when it runs';
}

/** One statement adds them all. */
function addColumns(run: Run, call: Followed): void {
  const [table, ...names] = call.values;
  const type = findText(entryOf(call.options, 'type')) ?? 'string';
  const columns = names.map((name) => columnFrom(run, nameFrom(name), type, call.options));
  emitAll(
    run,
    columns.map((column) => added(run, tableFrom(table), column, call.options)),
    headOf(call),
  );
}

/** `created_at` and `updated_at`, NOT NULL since 5.0, in one statement. */
function addTimestamps(
  run: Run,
  table: string,
  options: Value | undefined,
  place: { start: number; end: number },
): void {
  emitAll(
    run,
    timestampColumns(run, options).map((column) => added(run, table, column, options)),
    place,
  );
}

/** The columns that `timestamps` stands for. */
export function timestampColumns(run: Run, options: Value | undefined): Column[] {
  return ['created_at', 'updated_at'].map((name) => {
    const column = columnFrom(run, name, 'datetime', options);
    const isNullable =
      entryOf(options, 'null') === undefined ? run.version < 5 : !forbidsNull(entryOf(options, 'null'));
    return { ...column, nullable: isNullable };
  });
}

/** MySQL says the whole column anew, with what is not asked for as it was. */
function changeColumn(run: Run, call: Followed): void {
  const [table, name, type] = call.values;
  const { options } = call;
  const typeName = findText(type);
  if (typeName === undefined) {
    emitOpaque(run, withoutType(call), headOf(call));
    return;
  }
  const altered: Extract<Effect, { kind: 'alterColumn' }> = {
    kind: 'alterColumn',
    table: tableFrom(table),
    column: nameFrom(name),
    type: typeFrom(run, typeName, options),
    ...onlineFrom(run, options),
  };
  const using = findText(entryOf(options, 'using'));
  const given = defaultFrom(run, entryOf(options, 'default'), typeName);
  const nullable = entryOf(options, 'null');
  if (using !== undefined) altered.using = expressionOfSql(using, run.database);
  if (nullable !== undefined) altered.nullable = !forbidsNull(nullable);
  if (altered.nullable === true && restates(run)) altered.saidNullable = true;
  if (given !== undefined) altered.default = given;
  if (restates(run)) altered.restated = true;
  emit(run, altered, headOf(call));
}

function restates(run: Run): boolean {
  return run.database === 'mysql' || run.database === 'mariadb';
}

/** The new default, or the hash of `from:` and `to:`. */
function changeDefault(run: Run, call: Followed): void {
  const [table, name, positional] = call.values;
  const value = entryOf(call.options, 'to') ?? positional;
  const given = defaultFrom(run, value) ?? 'none';
  const from = entryOf(call.options, 'from');
  const before = from && (defaultFrom(run, from) ?? 'none');
  const was = before && { was: before === 'none' ? {} : { default: before } };
  emit(
    run,
    { kind: 'alterColumn', table: tableFrom(table), column: nameFrom(name), default: given, ...was },
    headOf(call),
  );
}

/** A fourth argument is written into the rows that hold NULL first. */
function changeNull(run: Run, call: Followed): void {
  const [tableValue, name, allowed, filler] = call.values;
  const table = tableFrom(tableValue);
  const column = nameFrom(name);
  const nullable = allowed === undefined ? undefined : truthOf(allowed);
  if (nullable === undefined) {
    emitOpaque(run, 'whether the column takes NULL is worked out when it runs', headOf(call));
    return;
  }
  if (!nullable && filler !== undefined && filler.kind !== 'nil')
    emit(
      run,
      { kind: 'updateRows', table, columns: [column], filtered: true, ...filledBy(run, column, filler) },
      headOf(call),
    );
  const restated = restates(run) ? { restated: true as const, ...(nullable && { saidNullable: true as const }) } : {};
  emit(run, { kind: 'alterColumn', table, column, nullable, ...restated }, headOf(call));
}

/** `remove_column` takes one name and a type that is only for the way back; `remove_columns` takes many, in one statement. */
function removeColumns(run: Run, call: Followed): void {
  const [table, ...rest] = call.values;
  const names = call.name === 'remove_columns' ? rest.flatMap(listed) : rest.slice(0, 1).flatMap(listed);
  const ifExists = isTrue(entryOf(call.options, 'if_exists')) ? { ifExists: true as const } : {};
  const online = onlineFrom(run, call.options);
  const type = findText(call.name === 'remove_columns' ? entryOf(call.options, 'type') : rest[1]);
  emitAll(
    run,
    names.map((name) => ({
      kind: 'dropColumn',
      table: tableFrom(table),
      column: nameFrom(name),
      ...(type === undefined ? {} : { was: columnFrom(run, nameFrom(name), type, call.options) }),
      ...ifExists,
      ...online,
    })),
    headOf(call),
  );
}

function listed(value: Value): Value[] {
  return value.kind === 'list' ? value.items : [value];
}

function removeTimestamps(run: Run, call: Followed): void {
  const names = ['created_at', 'updated_at'].map((name) => textAt(name, call.node));
  const { options: _options, ...rest } = call;
  removeColumns(run, {
    ...rest,
    name: 'remove_columns',
    values: [...call.values.slice(0, 1), ...names],
    options: undefined,
  });
}
