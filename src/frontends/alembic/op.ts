/** The operations of `alembic.op`, and of `batch_op` inside a batch, where the table is not named again. */
import type { Constraint } from '../../operations/column.ts';
import type { Name } from '../../operations/name.ts';
import type { OperationOf } from '../../operations/operation.ts';
import { alterColumn } from './alter-column.ts';
import {
  columnNames,
  deferralOf,
  uniqueDeferralOf,
  excludedColumns,
  indexOf,
  qualified,
  withActions,
} from './constraint.ts';
import { makeCounting, readColumn } from './column.ts';
import { createTable } from './create-table.ts';
import { execute } from './execute.ts';
import { conditionOf } from './expression.ts';
import { emit, emitOpaque, type Run } from './run.ts';
import { syncEnumValues } from './sync-enum-values.ts';
import { tableOf } from './table.ts';
import {
  argumentOf,
  computedName,
  itemsOf,
  nameOfValue,
  truthOf,
  unknown,
  type BatchValue,
  type CallValue,
  type Value,
} from './value.ts';

/** A call of an operation with its arguments by name. */
export type OpCall = {
  call: CallValue;
  name: string;
  table: Name;
  batch?: BatchValue;
  get: (...names: string[]) => Value | undefined;
};

/** Reads one call of `op.name(…)`, or of `batch_op.name(…)` where a batch is given. */
export function callOp(run: Run, call: CallValue, name: string, batch?: BatchValue): Value {
  const value = callWithValue(run, call, name);
  if (value) return value;
  const handler = Object.hasOwn(handlers, name) ? handlers[name] : undefined;
  if (!handler) {
    emitOpaque(run, call.node, `what \`op.${name}\` does is not known`);
    return unknown;
  }
  if (call.spread) {
    emitOpaque(run, call.node, `the arguments of \`op.${name}\` are put together at run time`);
    return unknown;
  }
  if (batch && !isAddedInPlace(run, name, call)) noteCopy(run, batch);
  handler(run, opCall(call, name, batch));
  return unknown;
}

/** What gives something back and does nothing by itself. */
function callWithValue(run: Run, call: CallValue, name: string): Value | undefined {
  const [first] = call.positional;
  switch (name) {
    case 'f':
      return first ?? unknown;
    case 'inline_literal':
      return first ?? unknown;
    case 'get_bind':
      return { kind: 'connection' };
    case 'get_context':
      return call;
    case 'batch_alter_table':
      return batchOf(run, call);
    case 'create_table':
      return call.spread ? undefined : createTable(run, call);
  }
  return undefined;
}

/** https://alembic.sqlalchemy.org/en/latest/batch.html: on SQLite the table is copied unless columns and indexes are only added. */
function batchOf(run: Run, call: CallValue): Value {
  const table = qualified(nameOfValue(argumentOf(call, 0, 'table_name')), argumentOf(call, undefined, 'schema'));
  const recreate = argumentOf(call, undefined, 'recreate');
  const copied = recreate?.kind === 'string' && recreate.text === 'always';
  const isNever = recreate?.kind === 'string' && recreate.text === 'never';
  const schema = argumentOf(call, undefined, 'schema');
  return { kind: 'batch', table, schema, changes: { copied: copied && !isNever } };
}

function noteCopy(run: Run, batch: BatchValue): void {
  if (run.database === 'sqlite') batch.changes.copied = true;
}

/** What SQLite can do without a copy: `SQLiteImpl.requires_recreate_in_batch`. */
function isAddedInPlace(run: Run, name: string, call: CallValue): boolean {
  if (name === 'create_index' || name === 'drop_index' || name === 'execute' || name === 'f') return true;
  if (name !== 'add_column') return false;
  const column = call.positional[0];
  const standard = column?.kind === 'call' ? argumentOf(column, undefined, 'server_default') : undefined;
  const reading = readColumn(run, column, '');
  return standard?.kind !== 'call' && reading?.column.constraints.length === 0;
}

type Handler = (run: Run, op: OpCall) => void;

/** https://alembic.sqlalchemy.org/en/latest/ops.html: where the parameters of each stand; a batch leaves out the table. */
const signatures: Record<string, string[]> = {
  add_column: ['table_name', 'column'],
  alter_column: ['table_name', 'column_name'],
  drop_column: ['table_name', 'column_name'],
  drop_table: ['table_name'],
  rename_table: ['table_name', 'new_table_name'],
  create_index: ['index_name', 'table_name', 'columns'],
  drop_index: ['index_name', 'table_name'],
  create_foreign_key: ['constraint_name', 'table_name', 'referent_table', 'local_cols', 'remote_cols'],
  create_unique_constraint: ['constraint_name', 'table_name', 'columns'],
  create_check_constraint: ['constraint_name', 'table_name', 'condition'],
  create_primary_key: ['constraint_name', 'table_name', 'columns'],
  create_exclude_constraint: ['constraint_name', 'table_name'],
  drop_constraint: ['constraint_name', 'table_name', 'type_'],
  create_table_comment: ['table_name', 'comment'],
  drop_table_comment: ['table_name'],
  bulk_insert: ['table', 'rows'],
  execute: ['sqltext'],
};

/** Names that parameters had before. */
const aliases: Record<string, string[]> = {
  table_name: ['source_table', 'source', 'tablename', 'old_table_name'],
  constraint_name: ['name'],
  index_name: ['name'],
  referent_table: ['referent'],
  type_: ['type'],
};

function opCall(call: CallValue, name: string, batch: BatchValue | undefined): OpCall {
  const signature = (signatures[name] ?? []).filter((parameter) => !batch || parameter !== 'table_name');
  const get = (...names: string[]): Value | undefined => {
    for (const each of names) {
      const position = signature.indexOf(each);
      const found = argumentOf(call, position === -1 ? undefined : position, each, ...(aliases[each] ?? []));
      if (found) return found;
    }
    return undefined;
  };
  const schema = get('schema', 'source_schema');
  const table = batch ? batch.table : qualified(nameOfValue(get('table_name')), schema);
  return { call, name, table, get, ...(batch ? { batch } : {}) };
}

const handlers: Record<string, Handler> = {
  add_column: addColumn,
  alter_column: alterColumn,
  drop_column: (run, op) => {
    const ifExists = flag(op, 'if_exists') ? { ifExists: true as const } : {};
    emit(run, op.call.node, {
      kind: 'dropColumn',
      table: op.table,
      column: nameOfValue(op.get('column_name')),
      ...ifExists,
    });
  },
  drop_table: (run, op) => {
    const ifExists = flag(op, 'if_exists') ? { ifExists: true as const } : {};
    emit(run, op.call.node, { kind: 'dropTable', table: op.table, ...ifExists });
  },
  rename_table: (run, op) => {
    const to = qualified(nameOfValue(op.get('new_table_name')), op.get('schema'));
    emit(run, op.call.node, { kind: 'renameTable', table: op.table, to });
  },
  create_index: createIndex,
  drop_index: dropIndex,
  create_foreign_key: (run, op) => addConstraint(run, op, foreignKey(op)),
  create_unique_constraint: (run, op) =>
    addConstraint(run, op, {
      kind: 'unique',
      columns: columnNames(itemsOf(op.get('columns'))),
      ...uniqueDeferralOf(op.call),
    }),
  create_check_constraint: (run, op) =>
    addConstraint(run, op, {
      kind: 'check',
      ...conditionOf(run, op.get('condition')),
      validated: !flag(op, 'postgresql_not_valid'),
    }),
  create_primary_key: (run, op) =>
    addConstraint(run, op, { kind: 'primaryKey', columns: columnNames(itemsOf(op.get('columns'))) }),
  create_exclude_constraint: (run, op) =>
    addConstraint(run, op, {
      kind: 'exclusion',
      columns: excludedColumns(run, op.call.positional.slice(op.batch ? 1 : 2)),
    }),
  drop_constraint: dropConstraint,
  create_table_comment: (run, op) =>
    emit(run, op.call.node, { kind: 'alterTable', table: op.table, change: 'comment' }),
  drop_table_comment: (run, op) => emit(run, op.call.node, { kind: 'alterTable', table: op.table, change: 'comment' }),
  bulk_insert: bulkInsert,
  execute: (run, op) => execute(run, op.call, op.get('sqltext')),
  sync_enum_values: (run, op) => syncEnumValues(run, op.call),
};

/** ADD COLUMN, then what Alembic sends after it: constraints, indexes. A primary key is left out unless it is asked for. */
function addColumn(run: Run, op: OpCall): void {
  const reading = readColumn(run, op.get('column'), op.table, op.batch?.schema ?? op.get('schema'));
  const { node } = op.call;
  if (!reading) {
    emitOpaque(run, node, 'the column is put together elsewhere');
    return;
  }
  const keys = reading.column.constraints.filter((constraint) => constraint.kind === 'primaryKey');
  const inline = reading.column.constraints.filter((constraint) => constraint.kind === 'check');
  const column = { ...reading.column, constraints: [...(flag(op, 'inline_primary_key') ? keys : []), ...inline] };
  if (keys.length > 0 && reading.counts) makeCounting(run, column, op.table);
  const ifNotExists = flag(op, 'if_not_exists') ? { ifNotExists: true as const } : {};
  // Types are made with the table: https://github.com/sqlalchemy/alembic/issues/1347
  const unmade = run.database === 'postgres' && reading.enumType ? { unmadeType: reading.enumType.name } : {};
  emit(run, node, { kind: 'addColumn', table: op.table, column, ...ifNotExists, ...unmade });
  for (const constraint of reading.column.constraints)
    if (constraint.kind !== 'primaryKey' && constraint.kind !== 'check')
      emit(run, node, { kind: 'addConstraint', table: op.table, constraint });
  if (reading.index) emit(run, node, { kind: 'createIndex', table: op.table, index: reading.index });
}

function createIndex(run: Run, op: OpCall): void {
  const { call } = op;
  const columns = itemsOf(op.get('columns')) ?? [unknown];
  const effect: Omit<OperationOf<'createIndex'>, 'span' | 'statement'> = {
    kind: 'createIndex',
    table: op.table,
    index: indexOf(run, call, op.get('index_name'), columns),
  };
  if (flag(op, 'postgresql_concurrently') && run.database === 'postgres') effect.concurrently = true;
  if (flag(op, 'if_not_exists')) effect.ifNotExists = true;
  emit(run, call.node, effect);
}

function dropIndex(run: Run, op: OpCall): void {
  const schema = op.get('schema');
  const given = op.batch !== undefined || op.get('table_name') !== undefined;
  const isKnown = given && op.table !== computedName;
  const name = nameOfValue(op.get('index_name'));
  const effect: Omit<OperationOf<'dropIndex'>, 'span' | 'statement'> = {
    kind: 'dropIndex',
    name: run.database === 'postgres' ? qualified(name, schema) : name,
    ...(isKnown ? { table: op.table } : {}),
  };
  if (flag(op, 'postgresql_concurrently') && run.database === 'postgres') effect.concurrently = true;
  if (flag(op, 'if_exists')) effect.ifExists = true;
  emit(run, op.call.node, effect);
}

function foreignKey(op: OpCall): Constraint {
  const table = qualified(nameOfValue(op.get('referent_table')), op.get('referent_schema'));
  const references = withActions({ table, columns: columnNames(itemsOf(op.get('remote_cols'))) }, op.call);
  const columns = columnNames(itemsOf(op.get('local_cols')));
  const validated = !flag(op, 'postgresql_not_valid');
  return { kind: 'foreignKey', columns, references, validated, ...deferralOf(op.call) };
}

function addConstraint(run: Run, op: OpCall, constraint: Constraint): void {
  const name = op.get('constraint_name');
  const named = !name || name.kind === 'none' ? constraint : { ...constraint, name: nameOfValue(name) };
  emit(run, op.call.node, { kind: 'addConstraint', table: op.table, constraint: named });
}

const constraintKinds: Record<string, Constraint['kind']> = {
  foreignkey: 'foreignKey',
  primary: 'primaryKey',
  unique: 'unique',
  check: 'check',
};

function findKind(type: string): Constraint['kind'] | undefined {
  return Object.hasOwn(constraintKinds, type) ? constraintKinds[type] : undefined;
}

function dropConstraint(run: Run, op: OpCall): void {
  const type = op.get('type_');
  const constraint = type?.kind === 'string' ? findKind(type.text.toLowerCase()) : undefined;
  const name = op.get('constraint_name');
  emit(run, op.call.node, {
    kind: 'dropConstraint',
    table: op.table,
    // Autogenerate writes None for a foreign key that it did not name.
    ...(name?.kind === 'none' ? {} : { name: nameOfValue(name) }),
    ...(constraint ? { constraint } : {}),
    ...(flag(op, 'if_exists') ? { ifExists: true as const } : {}),
  });
}

function bulkInsert(run: Run, op: OpCall): void {
  const target = tableOf(run, op.get('table'));
  emit(run, op.call.node, { kind: 'insertRows', table: target?.name ?? computedName, source: 'values' });
}

function flag(op: OpCall, keyword: string): boolean {
  return truthOf(op.get(keyword)) === true;
}
