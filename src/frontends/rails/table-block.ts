/** What `t` answers inside `create_table` and `change_table`. */
import type { Column, Constraint } from '../../operations/column.ts';
import { checkFrom, columnFrom } from './columns.ts';
import { timestampColumns } from './column-calls.ts';
import { foreignKeyFrom } from './constraint-calls.ts';
import { headOf, unknownCall, type Followed } from './follow-call.ts';
import { referenceParts } from './references.ts';
import { emitOpaque, type Run } from './run.ts';
import { followSchemaCall, tableFrom } from './schema-calls.ts';
import {
  entryOf,
  findText,
  nameFrom,
  namesFrom,
  nothing,
  textAt,
  truthOf,
  unknown,
  type Text,
  type Value,
} from './value.ts';

type Place = { start: number; end: number };

export type TableBlock =
  | {
      kind: 'create';
      table: string;
      columns: Column[];
      constraints: Constraint[];
      indexes: { columns: Value; options: Value | undefined; place: Place }[];
    }
  | { kind: 'change'; table: Text; bulk: boolean };

/** The types that Rails and its adapters have a method for, PostGIS among them. */
const typeMethods = new Set(
  (
    'string text integer bigint float decimal numeric datetime timestamp timestamptz time date binary blob boolean ' +
    'json jsonb hstore uuid xml inet cidr macaddr bit bit_varying citext ltree point line lseg box path polygon ' +
    'circle tsvector tsquery int4range int8range numrange daterange tsrange tstzrange money interval oid serial ' +
    'bigserial enum virtual tinyint tinytext mediumtext longtext tinyblob mediumblob longblob unsigned_integer ' +
    'unsigned_bigint unsigned_float unsigned_decimal geometry geography st_point st_polygon multi_polygon ' +
    'line_string multi_point multi_line_string geometry_collection spatial vector halfvec double real smallint'
  ).split(' '),
);

/** The calls of `change_table` by the names that they have outside it. */
const outsideNames: Readonly<Record<string, string>> = {
  rename: 'rename_column',
  remove: 'remove_columns',
  change: 'change_column',
  change_default: 'change_column_default',
  change_null: 'change_column_null',
  index: 'add_index',
  remove_index: 'remove_index',
  rename_index: 'rename_index',
  references: 'add_reference',
  belongs_to: 'add_reference',
  remove_references: 'remove_reference',
  remove_belongs_to: 'remove_reference',
  timestamps: 'add_timestamps',
  remove_timestamps: 'remove_timestamps',
  foreign_key: 'add_foreign_key',
  remove_foreign_key: 'remove_foreign_key',
  check_constraint: 'add_check_constraint',
  remove_check_constraint: 'remove_check_constraint',
  exclusion_constraint: 'add_exclusion_constraint',
  remove_exclusion_constraint: 'remove_exclusion_constraint',
  unique_constraint: 'add_unique_constraint',
  remove_unique_constraint: 'remove_unique_constraint',
  validate_constraint: 'validate_constraint',
  validate_check_constraint: 'validate_check_constraint',
  column_exists: 'column_exists?',
  'column_exists?': 'column_exists?',
  'index_exists?': 'index_exists?',
  'foreign_key_exists?': 'foreign_key_exists?',
};

/** Follows a call on `t`. */
export function followTableCall(run: Run, block: TableBlock, call: Followed): Value {
  if (call.options?.kind === 'hash' && !call.options.whole) {
    emitOpaque(run, `the options of \`${call.name}\` are put together when it runs`, headOf(call));
    return unknown;
  }
  return block.kind === 'create' ? followInCreate(run, block, call) : followInChange(run, block, call);
}

type Creating = Extract<TableBlock, { kind: 'create' }>;

function followInCreate(run: Run, block: Creating, call: Followed): Value {
  const { name, values, options } = call;
  const [first, second] = values;
  switch (name) {
    case 'column':
      addColumn(run, block, call, first, findText(second));
      return nothing;
    case 'primary_key':
      addColumn(run, block, call, first, findText(second) ?? 'primary_key');
      return nothing;
    case 'timestamps':
      block.columns.push(...timestampColumns(run, options));
      return nothing;
    case 'references':
    case 'belongs_to':
      for (const value of values) addReference(run, block, call, value);
      return nothing;
    case 'index':
      if (first) block.indexes.push({ columns: first, options, place: headOf(call) });
      return nothing;
    case 'foreign_key':
      block.constraints.push(foreignKeyFrom(run, block.table, tableFrom(first), options));
      return nothing;
    case 'check_constraint':
    case 'check':
      block.constraints.push(checkFrom(run, first, options));
      return nothing;
    case 'unique_constraint':
      block.constraints.push(withName(options, { kind: 'unique', columns: namesFrom(first) }));
      return nothing;
    case 'exclusion_constraint':
      block.constraints.push(withName(options, { kind: 'exclusion', columns: [nameFrom(first)] }));
      return nothing;
    case 'send':
      return first ? followInCreate(run, block, { ...call, name: nameFrom(first), values: values.slice(1) }) : unknown;
    default:
      if (!typeMethods.has(name)) return unknownColumn(run, call);
      for (const value of values) addColumn(run, block, call, value, name);
      return nothing;
  }
}

function addColumn(run: Run, block: Creating, call: Followed, name: Value | undefined, type: string | undefined): void {
  const column = columnFrom(run, nameFrom(name), type, call.options);
  block.columns.push(column);
  const index = entryOf(call.options, 'index');
  if (!index || truthOf(index) !== true) return;
  const options = index.kind === 'hash' ? index : undefined;
  block.indexes.push({ columns: textAt(column.name, headOf(call)), options, place: headOf(call) });
}

function addReference(run: Run, block: Creating, call: Followed, name: Value): void {
  const { columns, index, foreignKey } = referenceParts(run, block.table, name, call.options);
  block.columns.push(...columns);
  if (index) block.indexes.push({ ...index, place: headOf(call) });
  if (foreignKey) block.constraints.push(foreignKey);
}

function withName(options: Value | undefined, constraint: Constraint): Constraint {
  const name = findText(entryOf(options, 'name'));
  return name === undefined ? constraint : { ...constraint, name };
}

function unknownColumn(run: Run, call: Followed): Value {
  if (!call.name.endsWith('?')) unknownCall(run, { ...call, name: `t.${call.name}` });
  return unknown;
}

function followInChange(run: Run, block: Extract<TableBlock, { kind: 'change' }>, call: Followed): Value {
  if (call.name === 'column' || typeMethods.has(call.name)) return addInChange(run, block, call);
  const name = Object.hasOwn(outsideNames, call.name) ? outsideNames[call.name] : undefined;
  if (name === undefined) return unknownColumn(run, call);
  follow(run, block, { ...call, name, values: [block.table, ...call.values] });
  return unknown;
}

function addInChange(run: Run, block: Extract<TableBlock, { kind: 'change' }>, call: Followed): Value {
  const [first, second] = call.values;
  const pairs =
    call.name === 'column' ? [[first, second]] : call.values.map((name) => [name, textAt(call.name, call.node)]);
  for (const [name, type] of pairs) {
    const values = [block.table, ...(name ? [name] : []), ...(type ? [type] : [])];
    follow(run, block, { ...call, name: 'add_column', values, inTable: true });
    const index = entryOf(call.options, 'index');
    if (!name || !index || truthOf(index) !== true) continue;
    const options = index.kind === 'hash' ? index : undefined;
    follow(run, block, { ...call, name: 'add_index', values: [block.table, name], options });
  }
  return nothing;
}

/** What adapters can put into one ALTER TABLE: the methods `…_for_alter` of Rails. */
const combinable = new Set([
  'add_column',
  'add_timestamps',
  'change_column',
  'change_column_default',
  'change_column_null',
  'remove_columns',
  'remove_timestamps',
  'rename_column',
]);

function follow(run: Run, block: Extract<TableBlock, { kind: 'change' }>, call: Followed): void {
  const isIndex = call.name === 'add_index' || call.name === 'remove_index';
  const canCombine = combinable.has(call.name) || (isIndex && run.database !== 'postgres');
  if (!block.bulk || !canCombine) delete run.bulk;
  else run.bulk ??= ++run.statements;
  followSchemaCall(run, call);
}
