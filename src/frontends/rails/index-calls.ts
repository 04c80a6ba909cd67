/** Calls that make, rename and drop indexes. */
import type { Database } from '../../operations/migration.ts';
import type { Index, Prefixes } from '../../operations/column.ts';
import type { Effect } from '../sql/effect.ts';
import { definitionFrom } from './index-definition.ts';
import { headOf, type Followed } from './follow-call.ts';
import { expressionOfSql, indexColumnsOfSql } from './fragment.ts';
import { defaultIndexName } from './hashed-name.ts';
import { onlineFrom } from './online.ts';
import { emit, type Run } from './run.ts';
import { tableFrom, type SchemaCall } from './schema-calls.ts';
import { computedName, entryOf, findText, isTrue, nameFrom, namesFrom, type Value } from './value.ts';

/** The calls by their names. */
export const indexCalls: Readonly<Record<string, SchemaCall>> = {
  add_index: (run, call) => createIndex(run, tableFrom(call.values[0]), call.values[1], call.options, headOf(call)),
  remove_index: removeIndex,
  rename_index: (run, call) => {
    const [table, name, to] = call.values;
    emit(
      run,
      { kind: 'renameObject', object: 'index', name: nameFrom(name), to: nameFrom(to), table: tableFrom(table) },
      headOf(call),
    );
  },
};

type Place = { start: number; end: number };

/** Records CREATE INDEX as `add_index` and its kin send it; `guarded` where Rails hands `if_not_exists` of the table on. */
export function createIndex(
  run: Run,
  table: string,
  columns: Value | undefined,
  options: Value | undefined,
  place: Place,
  guarded = false,
): void {
  const created: Extract<Effect, { kind: 'createIndex' }> = {
    kind: 'createIndex',
    table,
    index: indexFrom(run, table, columns, options),
  };
  if (findText(entryOf(options, 'algorithm')) === 'concurrently') created.concurrently = true;
  else Object.assign(created, onlineFrom(run, options));
  if (guarded || isTrue(entryOf(options, 'if_not_exists'))) created.ifNotExists = true;
  emit(run, created, place);
}

/** The index that columns and options make, with the name that Rails gives it. */
export function indexFrom(run: Run, table: string, columns: Value | undefined, options: Value | undefined): Index {
  const written = findText(columns);
  const isExpression = written !== undefined && /\W/.test(written);
  const names = isExpression ? indexColumnsOfSql(written, run.database) : { columns: namesFrom(columns) };
  const index: Index = { ...names, unique: isTrue(entryOf(options, 'unique')) };
  const prefixes = prefixesFrom(index.columns, entryOf(options, 'length'), run.database);
  if (prefixes) index.prefixes = prefixes;
  const name = indexName(run, table, columns, options);
  if (name !== undefined) index.name = name;
  const definition = run.database === 'postgres' ? definitionFrom(index.columns, options) : undefined;
  if (definition !== undefined) index.definition = definition;
  const method = findText(entryOf(options, 'using')) ?? findText(entryOf(options, 'type'));
  if (method !== undefined) index.method = method;
  const where = entryOf(options, 'where');
  if (where && where.kind !== 'nil') index.where = expressionOfSql(nameFrom(where), run.database);
  return index;
}

/** `length` is one number for all columns, or one for each by its name; only MySQL heeds it. */
function prefixesFrom(columns: readonly string[], length: Value | undefined, database: Database): Prefixes | undefined {
  if (length === undefined || length.kind === 'nil' || (database !== 'mysql' && database !== 'mariadb'))
    return undefined;
  const prefixes: Prefixes = {};
  for (const column of columns) {
    const own = length.kind === 'hash' ? entryOf(length, column) : length;
    if (own) prefixes[column] = own.kind === 'number' ? own.value : 0;
  }
  return prefixes;
}

/** The name given, or the one that Rails makes; undefined where it is worked out at run time. */
function indexName(
  run: Run,
  table: string,
  columns: Value | undefined,
  options: Value | undefined,
): string | undefined {
  const named = entryOf(options, 'name');
  if (named) return nameFrom(named);
  const name = defaultIndexName(table, namesFrom(columns), run.version);
  return name.includes(computedName) ? undefined : name;
}

function removeIndex(run: Run, call: Followed): void {
  const [tableValue, positional] = call.values;
  const table = tableFrom(tableValue);
  const columns = positional ?? entryOf(call.options, 'column');
  const name = indexName(run, table, columns, call.options) ?? computedName;
  const dropped: Extract<Effect, { kind: 'dropIndex' }> = { kind: 'dropIndex', table, name };
  if (findText(entryOf(call.options, 'algorithm')) === 'concurrently') dropped.concurrently = true;
  else Object.assign(dropped, onlineFrom(run, call.options));
  if (isTrue(entryOf(call.options, 'if_exists'))) dropped.ifExists = true;
  if (columns) dropped.was = { ...indexFrom(run, table, columns, call.options), name };
  emit(run, dropped, headOf(call));
}
