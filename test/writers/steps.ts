/** One of each kind of step, on PostgreSQL. */
import type { Constraint } from '../../src/operations/column.ts';
import type { Step } from '../../src/writers/step.ts';

const integer = { name: 'integer', arguments: [] };
const varchar = { name: 'character varying', arguments: [50] };
const zero = { sql: '0', functions: [], columns: [], known: true };
const positive = { sql: 'total > 0', functions: [], columns: ['total'], known: true };
const table = 'shop_order';

const foreignKey: Constraint & { name: string } = {
  kind: 'foreignKey',
  name: 'shop_order_customer_id_fkey',
  columns: ['customer_id'],
  references: { table: 'shop_customer', columns: ['id'] },
  validated: false,
};
const check: Constraint & { name: string } = {
  kind: 'check',
  name: 'shop_order_total',
  expression: positive,
  validated: false,
};
const index = { name: 'shop_order_total_idx', columns: ['total'], unique: false };

export const steps: Record<string, Step> = {
  'an empty column': {
    kind: 'addColumn',
    table,
    column: { name: 'total', type: integer, nullable: true, constraints: [] },
  },
  'an empty column of text with a length': {
    kind: 'addColumn',
    table,
    column: { name: 'note', type: varchar, nullable: true, constraints: [] },
  },
  'a column with a default that stays': {
    kind: 'addColumn',
    table,
    column: { name: 'total', type: integer, nullable: false, default: zero, constraints: [] },
  },
  'a dropped column': {
    kind: 'dropColumn',
    table,
    column: 'total',
    was: { name: 'total', type: integer, nullable: true, constraints: [] },
  },
  'a renamed column': { kind: 'renameColumn', table, column: 'total', to: 'sum' },
  'a renamed table': { kind: 'renameTable', table, to: 'shop_purchase' },
  'a dropped table': { kind: 'dropTable', table },
  'a required column': { kind: 'alterColumn', table, column: 'total', nullable: false },
  'another type': {
    kind: 'alterColumn',
    table,
    column: 'total',
    type: { name: 'bigint', arguments: [] },
    was: { type: integer },
  },
  'another default': { kind: 'alterColumn', table, column: 'total', default: zero, was: {} },
  'no default': { kind: 'alterColumn', table, column: 'total', default: 'none', was: { default: zero } },
  'a foreign key that is not checked yet': { kind: 'addConstraint', table, constraint: foreignKey },
  'a check that is not tried yet': { kind: 'addConstraint', table, constraint: check },
  'a foreign key that is called as Rails would': {
    kind: 'addConstraint',
    table: 'orders',
    constraint: {
      ...foreignKey,
      name: 'fk_rails_3dad120da9',
      references: { table: 'customers', columns: ['id'], onDelete: 'set null' },
    },
  },
  'a foreign key that passes changes on, and may be checked late': {
    kind: 'addConstraint',
    table,
    constraint: { ...foreignKey, references: { ...foreignKey.references, onUpdate: 'cascade' }, deferrable: true },
  },
  'a validated foreign key': { kind: 'validateConstraint', table, name: foreignKey.name },
  'a dropped foreign key': {
    kind: 'dropConstraint',
    table,
    name: foreignKey.name,
    constraint: 'foreignKey',
    was: foreignKey,
  },
  'a dropped check': { kind: 'dropConstraint', table, name: check.name, constraint: 'check', was: check },
  'an index': { kind: 'createIndex', table, index },
  'an index while writers go on': { kind: 'createIndex', table, index, concurrently: true },
  'an index with an order and a column beside it, while writers go on': {
    kind: 'createIndex',
    table,
    index: {
      name: 'shop_order_latest_idx',
      columns: ['shop_id', 'number'],
      unique: false,
      definition: '(shop_id, number DESC NULLS LAST) INCLUDE (note)',
    },
    concurrently: true,
  },
  'a unique index of a part while writers go on': {
    kind: 'createIndex',
    table,
    index: { name: 'shop_order_number_key', columns: ['shop_id', 'number'], unique: true, where: positive },
    concurrently: true,
  },
  'a unique constraint on its index': {
    kind: 'addConstraint',
    table,
    constraint: {
      kind: 'unique',
      name: 'shop_order_number_key',
      columns: ['number'],
      usingIndex: 'shop_order_number_key',
    },
  },
  'a filled column': { kind: 'fillColumn', table, column: 'total', value: '0' },
  'a dropped index': { kind: 'dropIndex', table, name: index.name, was: index, concurrently: true },
};

const int = { name: 'int', arguments: [] };

/** Those that MySQL is told in another way. */
export const mysqlSteps: Record<string, Step> = {
  'an empty column': {
    kind: 'addColumn',
    table,
    column: { name: 'total', type: int, nullable: true, constraints: [] },
  },
  'an empty column of text with a length': {
    kind: 'addColumn',
    table,
    column: { name: 'note', type: { name: 'varchar', arguments: [50] }, nullable: true, constraints: [] },
  },
  'a column of numbers without a sign': {
    kind: 'addColumn',
    table,
    column: {
      name: 'count',
      type: { name: 'bigint', arguments: [], unsigned: true },
      nullable: false,
      default: zero,
      constraints: [],
    },
  },
  'a column of times': {
    kind: 'addColumn',
    table,
    column: { name: 'paid_at', type: { name: 'datetime', arguments: [] }, nullable: true, constraints: [] },
  },
  'a column of few values': {
    kind: 'addColumn',
    table,
    column: { name: 'state', type: { name: 'enum', arguments: ['a', "b'c"] }, nullable: true, constraints: [] },
  },
  'a dropped column': { kind: 'dropColumn', table, column: 'total' },
  'a renamed column': { kind: 'renameColumn', table, column: 'total', to: 'sum' },
  'a renamed table': { kind: 'renameTable', table, to: 'shop_purchase' },
  'another type': {
    kind: 'alterColumn',
    table,
    column: 'total',
    type: { name: 'bigint', arguments: [] },
    nullable: true,
    restated: true,
  },
  'a foreign key': { kind: 'addConstraint', table, constraint: { ...foreignKey, validated: true } },
  'a dropped foreign key': { kind: 'dropConstraint', table, name: foreignKey.name, constraint: 'foreignKey' },
  'an index': { kind: 'createIndex', table, index },
  'a unique index while writers go on': {
    kind: 'createIndex',
    table,
    index: { ...index, unique: true },
    concurrently: true,
  },
  'a dropped index': { kind: 'dropIndex', table, name: index.name, was: index },
  'a filled column': { kind: 'fillColumn', table, column: 'total', value: '0' },
};

const hostile = 'a\'b"c`d#{exit}${exit}\\e\nf;--*/ %s :g ?';
const evil = { sql: `total <> 'x"y#{exit}\${exit}\\'`, functions: [], columns: ['total'], known: true };

/** Names and SQL that end strings, fill in values or begin new lines, where they are not quoted. */
export const hostileSteps: Record<string, Step> = {
  'a table': { kind: 'dropTable', table: hostile },
  'a column': { kind: 'dropColumn', table, column: hostile },
  'a new column': {
    kind: 'addColumn',
    table: hostile,
    column: { name: hostile, type: varchar, nullable: true, constraints: [] },
  },
  'a default': {
    kind: 'addColumn',
    table,
    column: {
      name: 'note',
      type: varchar,
      nullable: true,
      default: { ...zero, sql: `'#{exit}\${exit}"'` },
      constraints: [],
    },
  },
  'a new name': { kind: 'renameColumn', table, column: 'total', to: hostile },
  'a check': { kind: 'addConstraint', table, constraint: { ...check, name: 'total_known', expression: evil } },
  'an operator that looks like a place for a value': {
    kind: 'addConstraint',
    table,
    constraint: { ...check, expression: { ...evil, sql: "note ? 'key'" } },
  },
  'an index of a part': { kind: 'createIndex', table, index: { ...index, name: hostile, where: evil } },
  'a value': { kind: 'fillColumn', table, column: 'note', value: evil.sql },
};
