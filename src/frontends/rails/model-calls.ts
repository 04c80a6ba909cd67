/** Calls on models, on the rows that a query picks, and on single rows. */
import { logMethods } from '../syntax/loggers.ts';
import { tellCallbacks } from './callbacks.ts';
import { evaluateBlock } from './evaluate.ts';
import { headOf, type Followed } from './follow-call.ts';
import { columnsSetBy } from './fragment.ts';
import { runsCode } from './constant-calls.ts';
import { isEffect } from './harmless-calls.ts';
import { assignedBy, conditionsOf } from './assigned.ts';
import { noteStop } from '../syntax/stopped-loop.ts';
import { emit, inLoop, underCondition, type Run } from './run.ts';
import { followSchemaCall } from './schema-calls.ts';
import {
  computedName,
  findText,
  nameFrom,
  nothing,
  plainText,
  textAt,
  unknown,
  type Model,
  type Row,
  type Rows,
  type Value,
} from './value.ts';

const filters = new Set(
  'where not joins left_joins left_outer_joins having find_by_sql rewhere merge or and excluding without only'.split(
    ' ',
  ),
);
const chains = new Set(
  (
    'all order reorder offset unscoped unscope includes preload eager_load references select distinct group readonly ' +
    'lock with_deleted from scoped extending strict_loading annotate none with create_with uniq reselect in_order_of ' +
    'regroup optimizer_hints'
  ).split(' '),
);
const reads = new Set(
  (
    'count exists? any? none? many? empty? pluck pick ids sum maximum minimum average size length blank? present? ' +
    'column_names columns columns_hash table_name quoted_table_name primary_key table_exists? arel_table ' +
    'sanitize_sql sanitize_sql_array sanitize_sql_for_conditions sanitize_sql_for_assignment connection_pool name ' +
    'arel to_sql explain inspect logger attribute_names human_attribute_name model_name defined_enums statuses ' +
    'reflect_on_association reflect_on_all_associations instance_methods method_defined? respond_to? const_get ' +
    'const_defined? inheritance_column reset_sequence_name sequence_name to_s ancestors superclass class nil? is_a? ' +
    'include? attribute_method? type_for_attribute attribute_types load to_a each_value keys values find_in_batches ' +
    'table_name_prefix reload ignored_columns'
  ).split(' '),
);
/** They change how Ruby sees the class, and nothing in the database. */
const declarations = new Set(
  (
    'reset_column_information belongs_to has_many has_one has_and_belongs_to_many validates scope default_scope ' +
    'enum serialize attribute skip_callback set_callback record_timestamps attr_accessor store before_save after_save ' +
    'class_eval instance_eval send include extend undef_method define_method alias_method remove_method clear_cache! ' +
    'set_table_name reset_callbacks class_variable_set instance_variable_set inheritance_column self_and_descendants'
  ).split(' '),
);
const inserts = new Set(
  'create create! insert insert! insert_all insert_all! import import! bulk_insert build_and_save'.split(' '),
);
const upserts = new Set('upsert upsert_all'.split(' '));
const findsOrInserts = new Set(
  'find_or_create_by find_or_create_by! first_or_create first_or_create! create_or_find_by create_or_find_by! create_if_missing'.split(
    ' ',
  ),
);
const updates = new Set('update_all touch_all update update! update_attributes update_attributes!'.split(' '));
const counters = new Set('update_counters increment_counter decrement_counter reset_counters'.split(' '));
const deletes = new Set('delete_all destroy_all delete_by destroy_by destroy_each'.split(' '));
const oneRow = new Set(
  'find find_by find_by! first first! last last! take take! find_or_initialize_by first_or_initialize second sole find_sole_by new build'.split(
    ' ',
  ),
);
const jobs = new Set(
  'perform_later perform_async perform_in perform_at enqueue delay deliver_later bulk_perform_async perform_bulk push_bulk delay_for set'.split(
    ' ',
  ),
);

const arounds = new Set(['transaction', 'unscoped', 'with_advisory_lock', 'uncached', 'no_touching']);
const batches = new Set(['in_batches', 'find_in_batches', 'find_each', 'each', 'limit']);
/** All that a model answers without code of the application. */
const rowMethods: ReadonlySet<string> = new Set(
  [filters, chains, reads, inserts, upserts, findsOrInserts, updates, counters, deletes, oneRow, arounds, batches]
    .flatMap((names) => [...names])
    .concat('delete', 'destroy'),
);

/** Follows a call on a model or on rows of it. */
export function followModelCall(run: Run, receiver: Model | Rows, call: Followed): Value {
  const { name } = call;
  const model = receiver.kind === 'rows' ? receiver.model : receiver;
  const rows: Rows = receiver.kind === 'rows' ? receiver : { kind: 'rows', model, filtered: false };
  if (name === 'connection' || name === 'lease_connection') return { kind: 'connection', isDirect: true };
  if (jobs.has(name)) return runsCode(run, call, 'enqueues a job');
  if (name === 'reset_column_information') emit(run, { kind: 'noEffect', what: name }, headOf(call));
  if (name === 'table_name') return textAt(model.table, call.node);
  if (declarations.has(name)) return unknown;
  // Constants of Ruby are not imported: what is named for a logger, and asked to log, is one.
  if (receiver.kind !== 'rows' && model.name.endsWith('Logger') && logMethods.has(name)) return unknown;
  if (name === 'establish_connection') return runsCode(run, call, 'second connection');
  if (!isOwnCode(call)) noteModel(run, model, call);
  if (arounds.has(name)) return followAround(run, rows, call);
  if (filters.has(name))
    return { ...rows, filtered: true, conditions: [...(rows.conditions ?? []), ...conditionsOf(run, rows, call)] };
  if (name === 'limit') return { ...rows, filtered: true, limited: true };
  if (chains.has(name)) return rows;
  if (name === 'in_batches' || name === 'find_in_batches' || name === 'find_each' || name === 'each')
    return { ...rows, filtered: true, limited: true };
  if (oneRow.has(name)) return rowOf(model, call);
  if (reads.has(name)) return unknown;
  return followWrite(run, rows, call) ?? followOwnCall(run, rows, call);
}

/** The application's models are not those that the migration was written against by the time it runs elsewhere. */
export function noteModel(run: Run, model: Model, call: Followed): void {
  if (!model.isApplication || run.models.has(model.name)) return;
  run.models.add(model.name);
  emit(run, { kind: 'runCode', code: model.name, does: 'application code' }, headOf(call));
}

function followAround(run: Run, rows: Rows, call: Followed): Value {
  const { block } = call;
  if (!block) return rows;
  const begins = call.name === 'transaction' && run.isOutsideTransaction;
  if (begins) emit(run, { kind: 'begin' }, headOf(call));
  const value = evaluateBlock(run, block, call.scope, [], true);
  if (begins) emit(run, { kind: 'commit' }, { start: block.end - 1, end: block.end });
  return value;
}

function rowOf(model: Model, call: Followed): Row {
  const isNew = call.name === 'new' || call.name === 'build' || call.name.includes('initialize');
  return { kind: 'row', model, isNew, columns: new Set(isNew ? keysOf(call.options) : []) };
}

function followWrite(run: Run, rows: Rows, call: Followed): Value | undefined {
  const { name } = call;
  const { table } = rows.model;
  const place = headOf(call);
  tellCallbacks(run, rows.model, call);
  if (inserts.has(name)) return inserted(run, rows.model, call, {});
  if (upserts.has(name)) return inserted(run, rows.model, call, { replaces: true });
  if (findsOrInserts.has(name)) return underCondition(run, () => inserted(run, rows.model, call, {}));
  const limited = rows.limited ? { limited: true as const } : {};
  if (updates.has(name) || counters.has(name)) {
    const filtered = rows.filtered || counters.has(name) || (!name.endsWith('_all') && call.values.length > 1);
    const said = name === 'update_all' ? assignedBy(run, rows, call) : undefined;
    const effect = { kind: 'updateRows' as const, table, columns: columnsOf(run, call), filtered, ...limited, ...said };
    // `in_batches.update_all` runs once for each batch.
    (rows.limited ? inLoop : once)(run, () => emit(run, effect, place));
    return unknown;
  }
  const isDelete = deletes.has(name) || ((name === 'delete' || name === 'destroy') && call.values.length > 0);
  if (!isDelete) return undefined;
  const filtered = rows.filtered || !name.endsWith('_all') || call.values.length > 0;
  // Rows that are destroyed are loaded, and deleted one by one.
  const each = rows.limited || name.startsWith('destroy_') ? inLoop : once;
  each(run, () => emit(run, { kind: 'deleteRows', table, filtered, ...limited }, place));
  return unknown;
}

function once(_run: Run, follow: () => void): void {
  follow();
}

function inserted(run: Run, model: Model, call: Followed, more: { replaces?: true }): Value {
  emit(run, { kind: 'insertRows', table: model.table, source: 'values', ...more }, headOf(call));
  noteValidation(run, model, call);
  const { block } = call;
  const row: Row = { kind: 'row', model, isNew: false, columns: new Set() };
  if (block) evaluateBlock(run, block, call.scope, [row]);
  return row;
}

/** The columns of `a: 1, b: 2`, of `"a = 1"`, or of `["a = ?", 1]`. */
function columnsOf(run: Run, call: Followed): string[] {
  if (call.name === 'touch_all') return ['updated_at'];
  if (call.options) return keysOf(call.options);
  const first = call.values[0]?.kind === 'list' ? call.values[0].items[0] : call.values[0];
  if (first?.kind !== 'text') return [];
  if (call.name === 'increment_counter' || call.name === 'decrement_counter') return [nameFrom(first)];
  return columnsSetBy(
    plainText(first)
      .replaceAll('?', 'NULL')
      .replaceAll(/(?<!:):\w+/g, 'NULL'),
    run.database,
  );
}

function keysOf(options: Value | undefined): string[] {
  return options?.kind === 'hash' ? options.entries.map(({ key }) => nameFrom(key)) : [];
}

/** True for a method of the application's own that is called for what it does; one that is looked at is a scope. */
function isOwnCode(call: Followed): boolean {
  return !rowMethods.has(call.name) && (call.isStatement || call.name.endsWith('!'));
}

/** A scope or a method of the application. */
function followOwnCall(run: Run, rows: Rows, call: Followed): Value {
  const { block } = call;
  if (followsAsSchema(run, rows, call)) return unknown;
  const isOwn = isOwnCode(call);
  if (isOwn) runsCode(run, call, 'application code');
  if (block) evaluateBlock(run, block, call.scope, [unknown], true);
  return isOwn ? unknown : { ...rows, filtered: true };
}

function followsAsSchema(run: Run, rows: Rows, call: Followed): boolean {
  return rows.model.name === 'Migration' && followSchemaCall(run, call) !== undefined;
}

const saves = new Set('save save!'.split(' '));
const rowUpdates = new Set(
  'update update! update_attributes update_attributes! update_attribute update_attribute! update_column update_columns increment! decrement! toggle! touch reset_counters'.split(
    ' ',
  ),
);
const rowDeletes = new Set('destroy destroy! delete really_destroy! delete!'.split(' '));
const quiet = new Set(
  'reload valid? errors attributes inspect persisted? new_record? changed? puts lock! with_lock to_s id class nil? present? blank? respond_to? is_a? freeze dup clone try tap then [] increment decrement assign_attributes attributes= write_attribute read_attribute changes skip_callbacks record_timestamps'.split(
    ' ',
  ),
);

/** Follows a call on one row. */
export function followRowCall(run: Run, row: Row, call: Followed): Value {
  const { name, block } = call;
  const table = row.model?.table ?? computedName;
  const place = headOf(call);
  if (jobs.has(name) && name !== 'set') return runsCode(run, call, 'enqueues a job');
  tellCallbacks(run, row.model, call);
  noteValidation(run, row.model, call);
  if (saves.has(name) && row.isNew) emit(run, { kind: 'insertRows', table, source: 'values' }, place);
  else if (saves.has(name)) emit(run, { kind: 'updateRows', table, columns: [...row.columns], filtered: true }, place);
  else if (rowUpdates.has(name))
    emit(run, { kind: 'updateRows', table, columns: rowColumns(call), filtered: true }, place);
  else if (rowDeletes.has(name)) emit(run, { kind: 'deleteRows', table, filtered: true }, place);
  else return followRowRead(run, row, call);
  if (block) evaluateBlock(run, block, call.scope, [row]);
  return unknown;
}

/** https://guides.rubyonrails.org/active_record_validations.html#when-does-validation-happen-questionmark */
const raising = new Set('save! update! update_attributes! create! first_or_create! find_or_create_by!'.split(' '));

/** A row that the application's validations do not let pass raises an error. */
function noteValidation(run: Run, model: Model | undefined, call: Followed): void {
  if (run.loops === 0 || !model?.isApplication || !raising.has(call.name)) return;
  if (keysOf(call.options).includes('validate')) return;
  noteStop(run.stops, call.name);
}

function rowColumns(call: Followed): string[] {
  if (call.options) return keysOf(call.options);
  if (call.name === 'touch') return ['updated_at', ...call.values.map(nameFrom)];
  return call.values.slice(0, 1).map(nameFrom);
}

function followRowRead(run: Run, row: Row, call: Followed): Value {
  const { block, name, values } = call;
  if (name === 'write_attribute' || name === '[]=') row.columns.add(nameFrom(values[0]));
  if (name === 'assign_attributes' || name === 'attributes=')
    for (const key of keysOf(call.options)) row.columns.add(key);
  if (name === 'send' || name === 'public_send') {
    const attribute = findText(values[0]);
    if (attribute?.endsWith('=')) row.columns.add(attribute.slice(0, -1));
    else if (attribute !== undefined)
      return followRowCall(run, row, { ...call, name: attribute, values: values.slice(1) });
    else return runsCode(run, call, 'application code');
    return unknown;
  }
  if (block) evaluateBlock(run, block, call.scope, [row], true);
  if (quiet.has(name)) return name === 'tap' || name === 'reload' ? row : unknown;
  if (call.isStatement || name.endsWith('!')) return runsCode(run, call, 'application code');
  return unknown;
}

/** Follows a call on something that is not known: what writes rows is taken to do so, on a table that is not known. */
export function followUnknownCall(run: Run, _receiver: Value, call: Followed): Value {
  const { name, block } = call;
  const place = headOf(call);
  const table = computedName;
  if (jobs.has(name) && name !== 'set' && name !== 'delay') return runsCode(run, call, 'enqueues a job');
  if (name === 'update_all' || rowUpdates.has(name) || saves.has(name))
    emit(run, { kind: 'updateRows', table, columns: columnsOf(run, call), filtered: true }, place);
  else if (deletes.has(name) || (rowDeletes.has(name) && call.values.length === 0))
    emit(run, { kind: 'deleteRows', table, filtered: true }, place);
  else if (
    name === 'create!' ||
    name === 'insert_all' ||
    name === 'insert_all!' ||
    name === 'upsert_all' ||
    name === 'create'
  )
    emit(run, { kind: 'insertRows', table, source: 'values' }, place);
  else if (name === 'execute' || name === 'exec_query' || name === 'exec')
    return followSchemaCall(run, { ...call, name: 'execute' }) ?? nothing;
  else if (isEffect(call)) runsCode(run, call, 'application code');
  if (block) evaluateBlock(run, block, call.scope, [unknown], true);
  return unknown;
}
