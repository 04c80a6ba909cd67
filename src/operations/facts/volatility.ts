/** How often an expression changes its value, which decides whether a database can store it once for all existing rows. */
import { isConstant, type Expression } from '../column.ts';
import type { Name } from '../name.ts';
import type { Database } from '../migration.ts';

/** `stable`: one value for the whole statement. `unknown`: it calls a function that is not the database's own, or could not be read. */
export type Volatility = 'constant' | 'stable' | 'volatile' | 'unknown';

/** The volatility of an expression; the strongest of its functions counts. `own` are those that the project declares. */
export function volatilityOf(
  expression: Expression,
  database: Database,
  own?: ReadonlyMap<Name, Volatility>,
): Volatility {
  if (!expression.known) return 'unknown';
  if (isConstant(expression)) return 'constant';
  if (expression.columns.length > 0) return 'volatile';
  const found = new Set(expression.functions.map((name) => functionVolatility(name, database, own)));
  if (found.has('volatile')) return 'volatile';
  return found.has('unknown') ? 'unknown' : 'stable';
}

function functionVolatility(name: string, database: Database, own?: ReadonlyMap<Name, Volatility>): Volatility {
  const known = knownFunctions(database);
  const bare = name.slice(name.lastIndexOf('.') + 1);
  // Extensions live in schemas of any name, and nobody names a function of their own after these.
  if (known.volatile.has(bare)) return 'volatile';
  return known.stable.has(name) ? 'stable' : (own?.get(name) ?? 'unknown');
}

type Functions = { volatile: ReadonlySet<string>; stable: ReadonlySet<string> };

/** The functions of a database whose volatility is known by their name; immutable ones stand among the stable. */
export function knownFunctions(database: Database): Functions {
  if (database === 'postgres') return postgres;
  if (database === 'mysql' || database === 'mariadb') return mysql;
  if (database === 'sqlserver') return sqlserver;
  return { volatile: new Set(['random', 'randomblob']), stable: currentTime };
}

const currentTime: ReadonlySet<string> = new Set(['current_date', 'current_time', 'current_timestamp']);

function set(names: string): ReadonlySet<string> {
  return new Set(names.trim().split(/\s+/));
}

/**
 * `provolatile` of pg_proc, as https://www.postgresql.org/docs/current/functions-datetime.html#FUNCTIONS-DATETIME-CURRENT,
 * https://www.postgresql.org/docs/current/functions-uuid.html and https://www.postgresql.org/docs/current/uuid-ossp.html tell it.
 */
const postgres: Functions = {
  volatile: set(`
    clock_timestamp timeofday random random_normal setseed
    gen_random_uuid uuidv4 uuidv7 uuid_generate_v1 uuid_generate_v1mc uuid_generate_v4 gen_random_bytes gen_salt
    nextval currval lastval setval set_config pg_sleep
  `),
  stable: set(`
    now transaction_timestamp statement_timestamp
    current_date current_time current_timestamp localtime localtimestamp timezone
    current_user current_role session_user user current_catalog current_schema current_database current_setting
    txid_current pg_current_xact_id inet_client_addr
    abs ceil ceiling floor round trunc greatest least coalesce nullif
    pi sqrt cbrt power exp ln log sign mod div gcd lcm degrees radians sin cos tan atan2 width_bucket
    ascii chr char_length character_length octet_length bit_length strpos position overlay reverse translate split_part starts_with
    quote_literal quote_ident regexp_replace regexp_substr string_to_array array_to_string array_append array_cat array_length
    array_remove cardinality jsonb_set jsonb_strip_nulls jsonb_build_object row_to_json array_to_json sha256 sha512 crc32 hashtext
    date_bin justify_days justify_hours justify_interval isfinite daterange tstzrange numrange version inet_server_addr
    lower upper initcap concat concat_ws format left right length replace repeat substr substring trim btrim ltrim rtrim lpad rpad md5 encode decode
    date_part date_trunc extract age to_char to_date to_timestamp to_number make_date make_interval make_time make_timestamp make_timestamptz
    to_json to_jsonb json_build_object json_build_array jsonb_build_object jsonb_build_array array_fill
    int4range int8range numrange tsrange tstzrange daterange to_tsvector uuid_nil uuid_generate_v3 uuid_generate_v5
  `),
};

/** https://dev.mysql.com/doc/refman/8.4/en/replication-rbr-safe-unsafe.html names the functions that differ from row to row. */
const mysql: Functions = {
  volatile: set('uuid uuid_short rand random_bytes sysdate connection_id uuid_to_bin sys_guid uuid_v4 uuid_v7'),
  stable: new Set([...currentTime, 'now', 'localtime', 'localtimestamp', 'curdate', 'curtime', 'utc_timestamp']),
};

/** https://learn.microsoft.com/sql/t-sql/statements/alter-table-transact-sql#add-not-null-columns-as-an-online-operation */
const sqlserver: Functions = {
  volatile: set('newid newsequentialid crypt_gen_random rand'),
  stable: new Set([
    ...currentTime,
    'getdate',
    'getutcdate',
    'sysdatetime',
    'sysutcdatetime',
    'sysdatetimeoffset',
    'current_user',
    'suser_sname',
  ]),
};
