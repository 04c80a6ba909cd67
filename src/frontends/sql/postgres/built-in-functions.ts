/** Functions of PostgreSQL's own, which leave schema and data alone when a SELECT calls them. */

/**
 * True for a function that comes with PostgreSQL and runs no SQL of the project's: not query_to_xml, not lo_unlink, not those of extensions.
 * Names that begin with pg_ are kept for the system.
 * Names are as in https://www.postgresql.org/docs/current/functions.html; a name with a schema is never one.
 */
export function isBuiltIn(name: string): boolean {
  return (
    builtIn.has(name) || /^(pg|has|json|jsonb|to|txid|inet|xml|regexp|date|array|bit|range|string)_\w+$/.test(name)
  );
}

/** Those that the project or an extension has made. */
export function notBuiltIn(functions: Iterable<string>): string[] {
  return [...functions].filter((name) => !isBuiltIn(name));
}

const builtIn = new Set(
  `abs acos acosd acosh age any_value area arraycontains ascii asin asind asinh atan atan2 atan2d atand atanh avg
  bool_and bool_or bound_box box broadcast brin_summarize_new_values btrim
  cardinality casefold cbrt ceil ceiling center char_length character_length chr circle clock_timestamp col_description concat concat_ws
  convert convert_from convert_to corr cos cosd cosh cot cotd count covar_pop covar_samp crc32 crc32c cume_dist current_catalog
  current_database current_query current_role current_schema current_schemas current_setting current_user currval
  decode degrees dense_rank diagonal diameter div encode enum_first enum_last enum_range erf erfc every exists exp extract
  factorial family first_value floor format format_type gamma gcd gen_random_uuid generate_series generate_subscripts
  get_bit get_byte get_current_ts_config gin_clean_pending_list greatest grouping height host hostmask
  icu_unicode_version initcap int4range int8range isclosed isempty isfinite isopen is_normalized
  justify_days justify_hours justify_interval lag last_value lastval lcm lead least left length lgamma line ln localtime localtimestamp
  log log10 lower lower_inc lower_inf lpad lseg ltrim make_date make_interval make_time make_timestamp make_timestamptz makeaclitem
  masklen max md5 merge_action min min_scale mod mode multirange mxid_age netmask network nextval normalize now npoints nth_value ntile
  nullif num_nonnulls num_nulls numeric numrange nummultirange obj_description octet_length overlaps overlay
  parse_ident path pclose percent_rank percentile_cont percentile_disc phraseto_tsquery pi plainto_tsquery point polygon popen position
  power quote_ident quote_literal quote_nullable radians radius random random_normal rank regr_avgx regr_avgy regr_count regr_intercept
  regr_r2 regr_slope regr_sxx regr_sxy regr_syy repeat replace reverse right round row_number row_security_active row_to_json rpad rtrim
  scale session_user set_bit set_byte set_masklen setseed setweight sha224 sha256 sha384 sha512 shobj_description sign sin sind sinh slope
  split_part sqrt starts_with statement_timestamp stddev stddev_pop stddev_samp strip strpos substr substring sum system_user
  tan tand tanh text timeofday timezone transaction_timestamp translate trim trim_array trim_scale trunc
  ts_delete ts_filter ts_headline ts_rank ts_rank_cd ts_rewrite tsquery_phrase tsrange tstzrange tsmultirange tstzmultirange
  tsvector_to_array unicode_assigned unicode_version unistr unnest upper upper_inc upper_inf user uuid_extract_timestamp
  uuid_extract_version uuidv4 uuidv7 var_pop var_samp variance version websearch_to_tsquery width width_bucket
  xmlagg xmlcomment xmlconcat xmlelement xmlexists xmlforest xmlparse xmlpi xmlroot xmlserialize xmltext xpath xpath_exists
  daterange datemultirange int4multirange int8multirange boolean timestamp timestamptz date time interval
  aclexplode acldefault aclcontains bpchar varchar int4 int8 int2 float4 float8 bool uuid hashtext hashtextextended
  array_agg array_append array_cat array_dims array_fill array_length array_lower array_ndims array_position array_positions
  array_prepend array_remove array_replace array_reverse array_sample array_shuffle array_sort array_to_json array_to_string
  array_to_tsvector array_upper bit_and bit_count bit_length bit_or bit_xor date_add date_bin date_part date_subtract date_trunc
  has_any_column_privilege has_column_privilege has_database_privilege has_foreign_data_wrapper_privilege has_function_privilege
  has_language_privilege has_largeobject_privilege has_parameter_privilege has_schema_privilege has_sequence_privilege
  has_server_privilege has_table_privilege has_tablespace_privilege has_type_privilege inet_client_addr inet_client_port inet_merge
  inet_same_family inet_server_addr inet_server_port json_agg json_array json_array_elements json_array_elements_text
  json_array_length json_arrayagg json_build_array json_build_object json_each json_each_text json_exists json_extract_path
  json_extract_path_text json_object json_object_agg json_object_keys json_objectagg json_populate_record json_populate_recordset
  json_query json_scalar json_serialize json_strip_nulls json_table json_to_record json_to_recordset json_typeof json_value
  jsonb_agg jsonb_array_elements jsonb_array_elements_text jsonb_array_length jsonb_build_array jsonb_build_object jsonb_each
  jsonb_each_text jsonb_extract_path jsonb_extract_path_text jsonb_insert jsonb_object jsonb_object_agg jsonb_object_keys
  jsonb_path_exists jsonb_path_match jsonb_path_query jsonb_path_query_array jsonb_path_query_first jsonb_populate_record
  jsonb_populate_recordset jsonb_pretty jsonb_set jsonb_set_lax jsonb_strip_nulls jsonb_to_record jsonb_to_recordset jsonb_typeof
  range_agg range_intersect_agg range_merge regexp_count regexp_instr regexp_like regexp_match regexp_matches regexp_replace
  regexp_split_to_array regexp_split_to_table regexp_substr string_agg string_to_array string_to_table to_ascii to_bin to_char
  to_date to_hex to_json to_jsonb to_number to_oct to_regclass to_regcollation to_regnamespace to_regoper to_regoperator to_regproc
  to_regprocedure to_regrole to_regtype to_regtypemod to_timestamp to_tsquery to_tsvector txid_current txid_current_if_assigned
  txid_current_snapshot txid_snapshot_xip txid_snapshot_xmax txid_snapshot_xmin txid_status txid_visible_in_snapshot
  xml_is_well_formed xml_is_well_formed_content xml_is_well_formed_document`.split(/\s+/),
);
