/** The methods of Active Record by what they do: https://api.rubyonrails.org/classes/ActiveRecord/Base.html */

/** They pick some of the rows. */
export const filters = new Set(
  'where not joins left_joins left_outer_joins having find_by_sql rewhere merge or and excluding without only'.split(
    ' ',
  ),
);

/** They hand the rows on. */
export const chains = new Set(
  (
    'all order reorder offset unscoped unscope includes preload eager_load references select distinct group readonly ' +
    'lock with_deleted from scoped extending strict_loading annotate none with create_with uniq reselect in_order_of ' +
    'regroup optimizer_hints'
  ).split(' '),
);

/** They read, or are asked of the class. */
export const reads = new Set(
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
export const declarations = new Set(
  (
    'reset_column_information belongs_to has_many has_one has_and_belongs_to_many validates scope default_scope ' +
    'enum serialize attribute skip_callback set_callback record_timestamps attr_accessor store before_save after_save ' +
    'class_eval instance_eval send include extend undef_method define_method alias_method remove_method clear_cache! ' +
    'set_table_name reset_callbacks class_variable_set instance_variable_set inheritance_column self_and_descendants'
  ).split(' '),
);

/** They write new rows. */
export const inserts = new Set(
  'create create! insert insert! insert_all insert_all! import import! bulk_insert build_and_save'.split(' '),
);

/** They write new rows, or over those that are there. */
export const upserts = new Set('upsert upsert_all'.split(' '));

/** They write a row where none is found. */
export const findsOrInserts = new Set(
  'find_or_create_by find_or_create_by! first_or_create first_or_create! create_or_find_by create_or_find_by! create_if_missing'.split(
    ' ',
  ),
);

/** They change rows. */
export const updates = new Set('update_all touch_all update update! update_attributes update_attributes!'.split(' '));

/** They change the rows of the keys that they are given. */
export const counters = new Set('update_counters increment_counter decrement_counter reset_counters'.split(' '));

/** They delete rows. */
export const deletes = new Set('delete_all destroy_all delete_by destroy_by destroy_each'.split(' '));

/** They give one row, found or new. */
export const oneRow = new Set(
  'find find_by find_by! first first! last last! take take! find_or_initialize_by first_or_initialize second sole find_sole_by new build'.split(
    ' ',
  ),
);

/** They put work into a queue. */
export const jobs = new Set(
  'perform_later perform_async perform_in perform_at enqueue delay deliver_later bulk_perform_async perform_bulk push_bulk delay_for set'.split(
    ' ',
  ),
);

/** They run their block as it stands. */
export const arounds = new Set(['transaction', 'unscoped', 'with_advisory_lock', 'uncached', 'no_touching']);

/** They give the rows in parts. */
export const batches = new Set(['in_batches', 'find_in_batches', 'find_each', 'each', 'limit']);

/** All that a model answers without code of the application. */
export const rowMethods: ReadonlySet<string> = new Set(
  [filters, chains, reads, inserts, upserts, findsOrInserts, updates, counters, deletes, oneRow, arounds, batches]
    .flatMap((names) => [...names])
    .concat('delete', 'destroy'),
);

/** They write the row as it is in memory. */
export const saves = new Set('save save!'.split(' '));

/** They change the row. */
export const rowUpdates = new Set(
  'update update! update_attributes update_attributes! update_attribute update_attribute! update_column update_columns increment! decrement! toggle! touch reset_counters'.split(
    ' ',
  ),
);

/** They delete the row. */
export const rowDeletes = new Set('destroy destroy! delete really_destroy! delete!'.split(' '));

/** They ask the row, or change it in memory alone. */
export const quiet = new Set(
  'reload valid? errors attributes inspect persisted? new_record? changed? puts lock! with_lock to_s id class nil? present? blank? respond_to? is_a? freeze dup clone try tap then [] increment decrement assign_attributes attributes= write_attribute read_attribute changes skip_callbacks record_timestamps'.split(
    ' ',
  ),
);

/** They raise an error where a validation fails: https://guides.rubyonrails.org/active_record_validations.html#when-does-validation-happen-questionmark */
export const raising = new Set(
  'save! update! update_attributes! create! first_or_create! find_or_create_by!'.split(' '),
);
