/** The functions that MySQL and MariaDB bring along and that change no rows, so that a SELECT of them is only a question. */

/** Lower case. Sources: https://dev.mysql.com/doc/refman/8.4/en/built-in-function-reference.html and https://mariadb.com/kb/en/function-and-operator-reference/ */
export const builtInFunctions: ReadonlySet<string> = new Set(
  `abs acos adddate addtime aes_decrypt aes_encrypt any_value ascii asin atan atan2 avg benchmark bin bin_to_uuid bit_and
  bit_count bit_length bit_or bit_xor cast ceil ceiling char char_length character_length charset coalesce coercibility
  collation compress concat concat_ws connection_id conv convert convert_tz cos cot count crc32 cume_dist curdate
  current_date current_role current_time current_timestamp current_user curtime database date date_add date_format date_sub
  datediff day dayname dayofmonth dayofweek dayofyear default degrees dense_rank elt encode exp export_set extract
  extractvalue field find_in_set first_value floor format format_bytes format_pico_time found_rows from_base64 from_days
  from_unixtime get_format get_lock greatest group_concat grouping hex hour if ifnull in inet6_aton inet6_ntoa inet_aton
  inet_ntoa insert instr interval is_free_lock is_ipv4 is_ipv6 is_used_lock is_uuid isnull json_array json_array_append
  json_array_insert json_arrayagg json_compact json_contains json_contains_path json_depth json_detailed json_exists
  json_extract json_insert json_keys json_length json_loose json_merge json_merge_patch json_merge_preserve json_object
  json_objectagg json_overlaps json_pretty json_query json_quote json_remove json_replace json_schema_valid
  json_schema_validation_report json_search json_set json_storage_free json_storage_size json_table json_type json_unquote
  json_valid json_value lag last_day last_insert_id last_value lastval lcase lead least left length ln load_file localtime
  localtimestamp locate log log10 log2 lower lpad ltrim make_set makedate maketime master_pos_wait max md5 microsecond mid
  min minute mod month monthname name_const nextval now nth_value ntile nullif nvl nvl2 oct octet_length ord percent_rank
  percentile_cont percentile_disc median period_add period_diff pi point position pow power quarter quote radians rand
  random_bytes rank regexp_instr regexp_like regexp_replace regexp_substr release_all_locks release_lock repeat replace
  reverse right roles_graphml round row row_count row_number rpad rtrim schema sec_to_time second session_user setval sha
  sha1 sha2 sign sin sleep soundex space sqrt st_area st_asgeojson st_asbinary st_aswkb st_astext st_aswkt st_buffer st_contains
  st_distance st_distance_sphere st_geomfromgeojson st_geomfromtext st_geomfromwkb st_intersects st_isvalid st_pointfromtext
  st_srid st_within st_x st_y std stddev stddev_pop stddev_samp str_to_date strcmp subdate substr substring
  substring_index subtime sum sys_guid sysdate system_user tan time time_format time_to_sec timediff timestamp timestampadd
  timestampdiff to_base64 to_char to_days to_seconds trim truncate ucase uncompress uncompressed_length unhex
  unix_timestamp updatexml upper user utc_date utc_time utc_timestamp uuid uuid_short uuid_to_bin validate_password_strength
  values var_pop var_samp variance version week weekday weekofyear weight_string year yearweek`.split(/\s+/),
);

/** Words that may stand before a parenthesis and are no call: keywords, and the types that CAST names. Upper case. */
export const wordsBeforeParentheses: ReadonlySet<string> = new Set(
  `ALL AND ANY AS BETWEEN BINARY BY CASE DISTINCT DIV ELSE ESCAPE EXCEPT EXISTS FROM GROUP HAVING IN INDEX INTERSECT INTO IS
  JOIN KEY LATERAL LIKE LIMIT NOT OF OFFSET ON OR ORDER OVER PARTITION RANGE REGEXP RETURNING RLIKE ROLLUP ROW ROWS SELECT
  SET SOME SOUNDS STRAIGHT_JOIN TABLE THEN UNION USING VALUE VALUES WHEN WHERE WINDOW WITH XOR AGAINST MATCH
  CHAR DATETIME DECIMAL DOUBLE FLOAT NCHAR REAL SIGNED TIME UNSIGNED VARCHAR VARBINARY YEAR COLUMNS PATH`.split(/\s+/),
);
