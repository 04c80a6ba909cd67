/** Calls that create, change, rename and drop tables. */
import type { Column, Constraint } from '../../operations/column.ts';
import type { Effect } from '../sql/effect.ts';
import { textOf } from '../syntax/tree.ts';
import { columnFrom, keyType } from './columns.ts';
import { evaluateBlock } from './evaluate.ts';
import { headOf, type Followed } from './follow-call.ts';
import { tableOptionsOfSql } from './fragment.ts';
import { createIndex, indexFrom } from './index-calls.ts';
import { singularOf } from './inflection.ts';
import { emit, emitOpaque, type Run } from './run.ts';
import { tableFrom, type SchemaCall } from './schema-calls.ts';
import type { TableBlock } from './table-block.ts';
import { entryOf, findText, forbidsNull, isFalse, isTrue, nameFrom, namesFrom, textAt, type Value } from './value.ts';

/** The calls by their names. */
export const tableCalls: Readonly<Record<string, SchemaCall>> = {
  create_table: (run, call) => createTable(run, call, tableFrom(call.values[0]), primaryKeyOf(run, call.options)),
  create_join_table: createJoinTable,
  change_table: changeTable,
  rename_table: (run, call) =>
    emit(run, { kind: 'renameTable', table: tableFrom(call.values[0]), to: tableFrom(call.values[1]) }, headOf(call)),
  drop_table: (run, call) => {
    for (const value of call.values) drop(run, call, tableFrom(value));
  },
  drop_join_table: (run, call) => drop(run, call, joinTableName(call)),
  change_table_comment: (run, call) =>
    emit(run, { kind: 'alterTable', table: tableFrom(call.values[0]), change: 'comment' }, headOf(call)),
  truncate: (run, call) => emit(run, { kind: 'truncateTable', table: tableFrom(call.values[0]) }, headOf(call)),
  truncate_tables: (run, call) => {
    for (const value of call.values) emit(run, { kind: 'truncateTable', table: tableFrom(value) }, headOf(call));
  },
};

function createTable(
  run: Run,
  call: Followed,
  table: string,
  key: { columns: Column[]; constraints: Constraint[] },
): void {
  const { options, block } = call;
  const force = entryOf(options, 'force');
  if (force && !isFalse(force)) emit(run, forcedDrop(table, force), headOf(call));
  const content: TableBlock = {
    kind: 'create',
    table,
    columns: key.columns,
    constraints: key.constraints,
    indexes: [],
  };
  if (block) evaluateBlock(run, block, call.scope, [{ kind: 'table', block: content }]);
  // On MySQL the indexes stand inside CREATE TABLE; elsewhere each is a statement of its own.
  const inside = run.database === 'mysql' || run.database === 'mariadb';
  const created: Extract<Effect, { kind: 'createTable' }> = {
    kind: 'createTable',
    table,
    columns: content.columns,
    constraints: content.constraints,
    indexes: inside ? content.indexes.map((index) => indexFrom(run, table, index.columns, index.options)) : [],
  };
  if (isTrue(entryOf(options, 'if_not_exists'))) created.ifNotExists = true;
  if (isTrue(entryOf(options, 'temporary'))) created.temporary = true;
  const collation = findText(entryOf(options, 'collation')) ?? findText(entryOf(options, 'charset'));
  if (inside && collation !== undefined) created.collation = collation.toLowerCase();
  const extra = findText(entryOf(options, 'options'));
  if (extra !== undefined) Object.assign(created, tableOptionsOfSql(extra, run.database));
  if (entryOf(options, 'as')) created.from = 'query';
  emit(run, created, call.node);
  if (inside) return;
  const guarded = created.ifNotExists === true;
  for (const index of content.indexes) createIndex(run, table, index.columns, index.options, index.place, guarded);
}

function forcedDrop(table: string, force: Value): Effect {
  const cascade = findText(force) === 'cascade' ? { cascade: true as const } : {};
  return { kind: 'dropTable', table, ifExists: true, ...cascade };
}

/** The column `id`, bigint since 5.1, or what `id:` and `primary_key:` ask for. */
function primaryKeyOf(run: Run, options: Value | undefined): { columns: Column[]; constraints: Constraint[] } {
  const id = entryOf(options, 'id');
  const named = entryOf(options, 'primary_key');
  // What `primary_key:` says counts for nothing then: `set_primary_key` of TableDefinition asks for `id` first.
  if (isFalse(id) || entryOf(options, 'as')) return { columns: [], constraints: [] };
  if (named?.kind === 'list') return { columns: [], constraints: [{ kind: 'primaryKey', columns: namesFrom(named) }] };
  const asked = findText(id?.kind === 'hash' ? entryOf(id, 'type') : id);
  const isUsual = asked === undefined || asked === 'primary_key' || (asked === 'bigint' && run.database === 'sqlite');
  const type = isUsual ? keyType(run) : asked;
  const given = id?.kind === 'hash' ? id : options;
  const name = named ? nameFrom(named) : 'id';
  const column = columnFrom(run, name, type, keyOptions(given));
  column.nullable = false;
  column.constraints = [{ kind: 'primaryKey', columns: [name] }];
  const isCounted = type === 'bigint' || type === 'integer' || type === 'serial' || type === 'bigserial';
  if (isCounted && entryOf(given, 'default') === undefined) column.generated = 'identity';
  if (type === 'uuid' && run.database === 'postgres' && entryOf(given, 'default') === undefined)
    column.default = uuidDefault(run);
  return { columns: [column], constraints: [] };
}

/** What `create_table` says about its key; the rest of its options is about the table. */
function keyOptions(options: Value | undefined): Value {
  const about = new Set(['default', 'limit', 'unsigned', 'precision']);
  const entries = options?.kind === 'hash' ? options.entries.filter(({ key }) => about.has(findText(key) ?? '')) : [];
  return { kind: 'hash', entries, whole: true };
}

function uuidDefault(run: Run): NonNullable<Column['default']> {
  const name = run.version >= 5.1 ? 'gen_random_uuid' : 'uuid_generate_v4';
  return { sql: `${name}()`, functions: [name], columns: [], known: true };
}

/** Two references without a key of their own. */
function createJoinTable(run: Run, call: Followed): void {
  const options = entryOf(call.options, 'column_options');
  const type = findText(entryOf(options, 'type')) ?? keyType(run);
  const columns = call.values.slice(0, 2).map((value) => {
    const name = `${singularOf(tableFrom(value))}_id`;
    const nullable = entryOf(options, 'null');
    return { ...columnFrom(run, name, type, options), nullable: nullable !== undefined && !forbidsNull(nullable) };
  });
  createTable(run, call, joinTableName(call), { columns, constraints: [] });
}

/** Both names in alphabetical order; what they begin with in common is said once. */
function joinTableName(call: Followed): string {
  const given = entryOf(call.options, 'table_name');
  if (given) return tableFrom(given);
  const [one = '', other = ''] = call.values.slice(0, 2).map(tableFrom).sort();
  const shared = Math.max(one.lastIndexOf('_'), one.lastIndexOf('.')) + 1;
  const isShared = shared > 0 && other.length > shared && other.startsWith(one.slice(0, shared));
  return `${one}_${isShared ? other.slice(shared) : other}`;
}

function drop(run: Run, call: Followed, table: string): void {
  const ifExists = isTrue(entryOf(call.options, 'if_exists')) ? { ifExists: true as const } : {};
  const cascade = findText(entryOf(call.options, 'force')) === 'cascade' ? { cascade: true as const } : {};
  emit(run, { kind: 'dropTable', table, ...ifExists, ...cascade, ...wayBackIn(run, call) }, headOf(call));
}

/** The block of a table that is named in place, without the indentation of the call. */
function wayBackIn(
  { mustReverse, file, loops }: Run,
  { node, block, arguments: [name] }: Followed,
): { written?: string } {
  if (!mustReverse || !block || loops > 0 || !/^:?["'\w]+$/.test(name ? textOf(name, file.text) : '')) return {};
  const begin = file.text.slice(0, node.start).split('\n').at(-1)?.length ?? 0;
  const lines = textOf(node, file.text).split('\n');
  return {
    written: lines
      .map((line, at) => (at > 0 && line.slice(0, begin).trim() === '' ? line.slice(begin) : line).trimEnd())
      .join('\n'),
  };
}

/** With `bulk: true` PostgreSQL and MySQL get one ALTER TABLE for neighbouring calls. */
function changeTable(run: Run, call: Followed): void {
  const { block } = call;
  if (!block) {
    emitOpaque(run, '`change_table` is given a block that is not followed', call.node);
    return;
  }
  const canCombine = ['postgres', 'mysql', 'mariadb'].includes(run.database);
  const table = textAt(tableFrom(call.values[0]), call.node);
  const content: TableBlock = { kind: 'change', table, bulk: canCombine && isTrue(entryOf(call.options, 'bulk')) };
  evaluateBlock(run, block, call.scope, [{ kind: 'table', block: content }]);
  delete run.bulk;
}
