/** The functions that SQLite brings along and that change nothing, so that a SELECT of them is only a question. */

/** Lower case. Sources: https://www.sqlite.org/lang_corefunc.html, lang_datefunc, lang_aggfunc, lang_mathfunc, windowfunctions, json1, fts5. load_extension is left out on purpose. */
export const builtInFunctions: ReadonlySet<string> = new Set(
  `abs changes char coalesce concat concat_ws current_date current_time current_timestamp format glob hex if ifnull iif instr
  last_insert_rowid length like likelihood likely lower ltrim max min nullif octet_length printf quote random randomblob
  replace round rtrim sign soundex sqlite_compileoption_get sqlite_compileoption_used sqlite_offset sqlite_source_id
  sqlite_version substr substring total_changes trim typeof unhex unicode unistr unistr_quote unlikely upper zeroblob
  date time datetime julianday unixepoch strftime timediff
  avg count group_concat median percentile percentile_cont percentile_disc string_agg sum total
  acos acosh asin asinh atan atan2 atanh ceil ceiling cos cosh degrees exp floor ln log log10 log2 mod pi pow power radians
  sin sinh sqrt tan tanh trunc
  cume_dist dense_rank first_value lag last_value lead nth_value ntile percent_rank rank row_number
  json jsonb json_array jsonb_array json_array_insert jsonb_array_insert json_array_length json_each json_error_position
  json_extract jsonb_extract json_group_array jsonb_group_array json_group_object jsonb_group_object json_insert jsonb_insert
  json_object jsonb_object json_patch jsonb_patch json_pretty json_quote json_remove jsonb_remove json_replace jsonb_replace
  json_set jsonb_set json_tree json_type json_valid
  bm25 highlight snippet matchinfo offsets`.split(/\s+/),
);
