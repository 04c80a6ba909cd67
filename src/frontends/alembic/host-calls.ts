/** Calls on what Alembic and SQLAlchemy hand to a migration: connections, sessions, batches, queries, inspectors, rows. */
import { isData } from '../../operations/operation-questions.ts';
import { shortened } from './call.ts';
import { isContext } from './attribute.ts';
import { execute } from './execute.ts';
import { callOp } from './op.ts';
import { columnName } from './query.ts';
import { emit, emitOpaque, type Run } from './run.ts';
import { tableOf } from './table.ts';
import { computedName, unknown, type CallValue, type HostValue, type Value } from './value.ts';

/** What a call of a method of a host does and gives; undefined where the object is no host. */
export function callOnHost(run: Run, call: CallValue, object: Value, name: string): Value | undefined {
  switch (object.kind) {
    case 'connection':
      return object.second ? callOnSecond(run, call, name, object) : callOnConnection(run, call, name);
    case 'session':
      return object.second ? callOnSecond(run, call, name, object) : callOnSession(run, call, name);
    case 'batch':
      return callOp(run, call, name, object);
    case 'query':
      return callOnQuery(run, call, name, object);
    case 'rows':
      return rowMethods.has(name) ? object : { kind: 'unknown', from: 'database' };
    case 'inspector':
      return { kind: 'unknown', from: 'database' };
    case 'attribute':
      if (object.object.kind === 'connection' && object.name === 'engine') return secondOf(name);
      if (object.object.kind === 'connection') return { kind: 'unknown', from: 'database' };
      return object.object.kind === 'rows' ? { kind: 'unknown', from: 'database' } : undefined;
    case 'call':
      if (isContext(object)) return callOnContext(run, call, name);
  }
  return undefined;
}

const rowMethods = new Set(
  'all fetchall fetchone fetchmany first one one_or_none mappings scalars partitions unique tuples yield_per'.split(
    ' ',
  ),
);

const sending = new Set(['execute', 'scalar', 'scalars', 'exec_driver_sql', 'stream', 'stream_scalars']);

function callOnConnection(run: Run, call: CallValue, name: string): Value {
  if (sending.has(name)) return execute(run, call, call.positional[0] ?? call.keywords.get('statement'));
  if (name === 'commit' || name === 'rollback') emit(run, call.node, { kind: name });
  if (name === 'connect' || name === 'execution_options') return { kind: 'connection' };
  if (name.startsWith('begin')) return { kind: 'unknown', from: 'library' };
  if (name === 'run_sync' || name === 'run_callable')
    emitOpaque(run, call.node, `what \`${shortened(run, call.node)}\` does is not known`);
  return unknown;
}

/** An engine of a migration gives connections that know nothing of its transaction. */
function secondOf(name: string): Value {
  return /^(connect|begin|raw_connection)$/.test(name) ? { kind: 'connection', second: true } : unknown;
}

function callOnSecond(run: Run, call: CallValue, name: string, object: HostValue): Value {
  if (['connect', 'begin', 'execution_options', 'cursor', 'raw_connection'].includes(name)) return object;
  if (name === 'query') return { kind: 'query', table: undefined, filtered: false, limited: false, second: true };
  if (/^(close|dispose|rollback|expunge_all|remove|flush)$/.test(name)) return unknown;
  if (name !== 'commit') runCode(run, call, 'second connection');
  return { kind: 'rows' };
}

/**
 * A session on the migration's connection joins its transaction: its commit does not end it.
 * https://docs.sqlalchemy.org/en/20/orm/session_transaction.html#joining-a-session-into-an-external-transaction-such-as-for-test-suites
 */
function callOnSession(run: Run, call: CallValue, name: string): Value {
  if (sending.has(name)) return execute(run, call, call.positional[0] ?? call.keywords.get('statement'));
  const [first, second] = call.positional;
  switch (name) {
    case 'query':
    case 'get':
      return queryOf(run, call);
    case 'add':
    case 'merge':
    case 'add_all':
    case 'bulk_save_objects':
    case 'bulk_insert_mappings':
      save(run, call, name);
      return first ?? unknown;
    case 'bulk_update_mappings': {
      const table = tableOf(run, first)?.name ?? computedName;
      emit(run, call.node, { kind: 'updateRows', table, columns: mappedColumns(second), filtered: true });
      return unknown;
    }
    case 'delete': {
      const table = first?.kind === 'rows' ? first.table : undefined;
      emit(run, call.node, { kind: 'deleteRows', table: table ?? computedName, filtered: true });
      return unknown;
    }
    case 'connection':
    case 'get_bind':
      return { kind: 'connection' };
    case 'commit':
      // What is changed in objects and collections is written with the commit, and is not always seen.
      if (!run.operations.some((each) => isData(each) || each.kind === 'opaque'))
        emitOpaque(
          run,
          call.node,
          'the session writes back what was changed in its objects, and no change was recognised',
        );
      emit(run, call.node, { kind: 'noEffect', what: 'commit of a session inside the transaction of the migration' });
  }
  return unknown;
}

/** New rows are inserted; rows that came out of the database are written back where they are changed. */
function save(run: Run, call: CallValue, name: string): void {
  const [first] = call.positional;
  const items = first?.kind === 'list' ? first.items : [first];
  if (name !== 'bulk_insert_mappings' && items.every((item) => item?.kind === 'rows')) return;
  const tables = new Set(items.map((item) => tableOf(run, item)?.name ?? computedName));
  const isForeign =
    items.some((item) => item?.kind === 'call' && item.callee.kind === 'name') && tables.has(computedName);
  if (isForeign) runCode(run, call, 'application code');
  else for (const table of tables) emit(run, call.node, { kind: 'insertRows', table, source: 'values' });
}

function mappedColumns(value: Value | undefined): string[] {
  const [first] = value?.kind === 'list' ? value.items : [];
  return first?.kind === 'dictionary' ? first.entries.map(([key]) => columnName(key)) : [];
}

function queryOf(run: Run, call: CallValue): Value {
  const found = call.positional.map((each) => tableOf(run, each)?.name).find((each) => each !== undefined);
  if (found !== undefined) return { kind: 'query', table: found, filtered: false, limited: false };
  const isForeign = call.positional.some(
    (each) => rootPath(each)?.includes('.') && !rootPath(each)?.startsWith('sqlalchemy.'),
  );
  if (isForeign) runCode(run, call, 'application code');
  return { kind: 'query', table: undefined, filtered: false, limited: false };
}

function rootPath(value: Value): string | undefined {
  if (value.kind === 'attribute') return rootPath(value.object);
  return value.kind === 'name' ? value.path : undefined;
}

function callOnQuery(run: Run, call: CallValue, name: string, query: Extract<Value, { kind: 'query' }>): Value {
  const table = query.table ?? computedName;
  const { filtered, limited } = query;
  const more = { filtered, ...(limited ? { limited: true as const } : {}) };
  switch (name) {
    case 'filter':
    case 'filter_by':
    case 'where':
    case 'join':
    case 'having':
      return { ...query, filtered: true };
    case 'limit':
      return { ...query, limited: true };
    case 'update':
      if (query.second) runCode(run, call, 'second connection');
      else emit(run, call.node, { kind: 'updateRows', table, columns: updatedColumns(call), ...more });
      return unknown;
    case 'delete':
      if (query.second) runCode(run, call, 'second connection');
      else emit(run, call.node, { kind: 'deleteRows', table, ...more });
      return unknown;
  }
  if (refining.has(name)) return query;
  if (query.second) runCode(run, call, 'second connection');
  if (name === 'count' || name === 'exists' || name === 'scalar') return { kind: 'unknown', from: 'database' };
  return query.table === undefined ? { kind: 'rows' } : { kind: 'rows', table: query.table };
}

const refining = new Set(
  (
    'options order_by group_by outerjoin select_from distinct offset yield_per with_entities with_for_update ' +
    'execution_options enable_eagerloads populate_existing add_columns correlate subquery'
  ).split(' '),
);

function updatedColumns(call: CallValue): string[] {
  const values = call.positional[0] ?? call.keywords.get('values');
  return values?.kind === 'dictionary' ? values.entries.map(([key]) => columnName(key)) : [];
}

function callOnContext(run: Run, call: CallValue, name: string): Value {
  if (name === 'execute') return execute(run, call, call.positional[0]);
  return name === 'autocommit_block' || name === 'begin_transaction' ? call : unknown;
}

function runCode(run: Run, call: CallValue, does: 'application code' | 'second connection'): void {
  emit(run, call.node, { kind: 'runCode', code: shortened(run, call.node), does });
}
