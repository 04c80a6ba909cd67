/** The calls that Rails' migrations and connections answer, by name. */
import { columnCalls } from './column-calls.ts';
import { constraintCalls } from './constraint-calls.ts';
import { headOf, type Followed } from './follow-call.ts';
import { indexCalls } from './index-calls.ts';
import { objectCalls } from './object-calls.ts';
import { noteReversal } from './reversal.ts';
import { emitOpaque, type Run } from './run.ts';
import { sqlCalls } from './sql-calls.ts';
import { tableCalls } from './table-calls.ts';
import { computedName, nameFrom, nothing, textAt, unknown, type Value } from './value.ts';

/** Records what one call does; gives a value where somebody may look at it. */
export type SchemaCall = (run: Run, call: Followed) => Value | void;

const calls: Readonly<Record<string, SchemaCall>> = {
  ...tableCalls,
  ...columnCalls,
  ...indexCalls,
  ...constraintCalls,
  ...objectCalls,
  ...sqlCalls,
};

/** Questions to the database, and words that change nothing. */
const questions = new Set(
  (
    'table_exists? column_exists? index_exists? index_name_exists? foreign_key_exists? check_constraint_exists? ' +
    'data_source_exists? view_exists? extension_enabled? columns indexes tables views foreign_keys check_constraints ' +
    'primary_key primary_keys table_comment column_comment schema_exists? schema_names schema_search_path ' +
    'current_database current_schema enum_types extensions index_name unique_constraint_exists? unique_constraints ' +
    'exclusion_constraints supports_datetime_with_precision? supports_json? active? open_transactions ' +
    'transaction_open? database_version postgresql_version mariadb? get_database_version extension_available? ' +
    'native_database_types raw_connection schema_cache clear_cache! clear! pool db_config config visitor ' +
    'assume_migrated_upto_version quoted_date max_identifier_length enable_query_cache! disable_query_cache! ' +
    'foreign_key_for index_name_for_remove data_sources table_options charset collation show_variable ' +
    'add_sql_comment! reconnect! verify! schema_migration internal_metadata migration_context create_schema_dumper ' +
    'supports_concurrent_connections? supports_check_constraints? reset_pk_sequence! reset_sequence! ' +
    'supports_ddl_transactions? supports_foreign_keys? supports_expression_index? supports_partial_index? ' +
    'supports_index_include? supports_advisory_locks? supports_extensions? type_to_sql lookup_cast_type'
  ).split(' '),
);

/** Follows a call of the schema, or gives undefined where it is none. */
export function followSchemaCall(run: Run, call: Followed): Value | undefined {
  if (isQuotation(call.name)) return quoted(call);
  if (call.name === 'adapter_name') return adapterName(run, call);
  if (questions.has(call.name) || call.name.startsWith('supports_')) return unknown;
  const follow = Object.hasOwn(calls, call.name) ? calls[call.name] : undefined;
  if (!follow) return undefined;
  noteReversal(run, call);
  if (call.options?.kind === 'hash' && !call.options.whole && call.name !== 'execute') {
    emitOpaque(run, `the options of \`${call.name}\` are put together when it runs`, headOf(call));
    return unknown;
  }
  return follow(run, call) ?? nothing;
}

/** The name of the table that a call is about, without the default schema. */
export function tableFrom(value: Value | undefined): string {
  const name = value === undefined ? computedName : nameFrom(value);
  return name.replace(/^(public|dbo)\./, '').replaceAll(/[`"]/g, '');
}

function isQuotation(name: string): boolean {
  return /^(quote|quote_string|quote_table_name|quote_column_name|quoted_true|quoted_false)$/.test(name);
}

function quoted(call: Followed): Value {
  if (call.name === 'quoted_true' || call.name === 'quoted_false') return textAt(call.name.slice(7), call.node);
  const [first] = call.values;
  if (call.name !== 'quote' || first?.kind !== 'text') return first ?? unknown;
  const mark = textAt("'", { start: call.node.start, end: call.node.start }).parts;
  return { kind: 'text', parts: [...mark, ...first.parts, ...mark] };
}

/** What a comparison with the adapter's name sees; MySQL has two adapters. */
function adapterName(run: Run, call: Followed): Value {
  const names: Partial<Record<typeof run.database, string>> = { postgres: 'PostgreSQL', sqlite: 'SQLite' };
  const name = names[run.database];
  return name === undefined ? unknown : textAt(name, call.node);
}
