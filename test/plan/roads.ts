/** Statements on tables that are there, for each database, and the titles of the phases that they take. */
import type { Database } from '../../src/operations/migration.ts';

/** The statements of a migration, a line each, and the titles of its phases. */
export type Road = { sql: string; phases: string[] };

/** A database with the tables that are there, and the roads that it has. */
export type Ground = { database: Database; version: string; tables: string; roads: Record<string, Road> };

const tables = `CREATE TABLE shop_order (id bigint PRIMARY KEY, number varchar(20) NOT NULL, note varchar(50), customer_id bigint, total int);
CREATE TABLE shop_customer (id bigint PRIMARY KEY);
CREATE INDEX shop_order_total_idx ON shop_order (total);`;

/** Keys that count, and what points to them. */
const parcels = `CREATE TABLE shop_parcel (id serial PRIMARY KEY, parent_id integer REFERENCES shop_parcel (id) ON DELETE SET NULL, label text);
CREATE TABLE shop_stop (id bigint PRIMARY KEY, parcel_id integer NOT NULL REFERENCES shop_parcel (id), big_parcel_id bigint REFERENCES shop_parcel (id), place text);
CREATE INDEX shop_stop_parcel_id_idx ON shop_stop (parcel_id, place);`;

const requiredColumn = ['Add `shop_order.state` empty', 'Fill `state` in the rows that have none', 'Require `state`'];
const uniqueColumn = [
  'Add `shop_order.token` empty',
  'Fill `token` in the rows that have none',
  'Make `token` unique',
  'Require `token`',
];
const filledColumn = ['Add `shop_order.token` empty', 'Fill `token` in the rows that have none'];
const dropped = ['No release names `number`', 'Drop `number`'];
const renamed = [
  'Add `shop_order.remark` beside `note`',
  'Fill `remark` in the rows that have none',
  'Read `remark`',
  'No release names `note`',
  'Drop `note`',
];
const retyped = [
  'Add `shop_order.total_new` beside `total`',
  'Fill `total_new` in the rows that have none',
  'Build for `total_new` what finds `total`',
  'Read `total_new`',
  'No release names `total`',
  'Drop `total`',
];
const required = ['No release writes NULL into `note`', 'Fill `note` in the rows that have none', 'Require `note`'];
const unique = ['Close the source of duplicates, and merge those that are there', 'Make `number` unique'];
const keyLater = ['Add `order_customer` for new rows', 'Mend the rows that point nowhere', 'Check every row'];
const checkLater = ['Add `order_total` for new rows', 'Mend the rows that break it', 'Check every row'];

/** What is said in the same words everywhere. */
const everywhere: Record<string, Road> = {
  'a column that goes': { sql: 'ALTER TABLE shop_order DROP COLUMN number;', phases: dropped },
  'columns that go': {
    sql: 'ALTER TABLE shop_order DROP COLUMN number;\nALTER TABLE shop_order DROP COLUMN note;',
    phases: ['No release names `number`, `note`', 'Drop `number`, `note`'],
  },
  'a unique index': { sql: 'CREATE UNIQUE INDEX order_number ON shop_order (number);', phases: unique },
  'a table that goes': {
    sql: 'DROP TABLE shop_order;',
    phases: ['No release names `shop_order`', 'Drop `shop_order`'],
  },
  'a value of all rows': {
    sql: "UPDATE shop_order SET note = 'none';",
    phases: ['Every release writes `note`', 'Write the rows of `shop_order`'],
  },
};

const constraints = {
  foreignKey:
    'ALTER TABLE shop_order ADD CONSTRAINT order_customer FOREIGN KEY (customer_id) REFERENCES shop_customer (id);',
  check: 'ALTER TABLE shop_order ADD CONSTRAINT order_total CHECK (total > 0);',
  unique: 'ALTER TABLE shop_order ADD CONSTRAINT order_number UNIQUE (number);',
};

/** What PostgreSQL and MySQL say alike. */
const mostly: Record<string, Road> = {
  ...everywhere,
  'a required column that nothing fills': {
    sql: 'ALTER TABLE shop_order ADD COLUMN state varchar(20) NOT NULL;',
    phases: requiredColumn,
  },
  'another name of a column': { sql: 'ALTER TABLE shop_order RENAME COLUMN note TO remark;', phases: renamed },
  'a unique constraint': { sql: constraints.unique, phases: unique },
  'a column that the same migration fills': {
    sql: 'ALTER TABLE shop_order ADD COLUMN remark varchar(50);\nUPDATE shop_order SET remark = number;',
    phases: ['Add `shop_order.remark` empty', 'Fill `remark` in the rows that have none'],
  },
  'rows that are worked out beside a new column': {
    sql: 'ALTER TABLE shop_order ADD COLUMN remark varchar(50);\nUPDATE shop_order SET number = upper(number);',
    phases: ['The schema alone', 'Write the rows of `shop_order`'],
  },
};

const postgres: Record<string, Road> = {
  ...mostly,
  'a larger key, with all that points to it': {
    sql: 'ALTER TABLE shop_parcel ALTER COLUMN id TYPE bigint;',
    phases: [
      'Add `shop_parcel.id_new`, `shop_parcel.parent_id_new`, `shop_stop.parcel_id_new`, kept equal by triggers',
      'Fill `shop_parcel.id_new`',
      'Fill `shop_parcel.parent_id_new`',
      'Fill `shop_stop.parcel_id_new`',
      'Build and prove what the new columns need',
      'Swap the columns in one short transaction',
      'Drop `shop_parcel.id_old`, `shop_parcel.parent_id_old`, `shop_stop.parcel_id_old`',
    ],
  },
  'a larger column that points to a key': {
    sql: 'ALTER TABLE shop_stop ALTER COLUMN parcel_id TYPE bigint;',
    phases: [
      'Add `shop_stop.parcel_id_new`, kept equal by triggers',
      'Fill `shop_stop.parcel_id_new`',
      'Build and prove what the new columns need',
      'Swap the columns in one short transaction',
      'Drop `shop_stop.parcel_id_old`',
    ],
  },
  'a unique column': {
    sql: 'ALTER TABLE shop_order ADD COLUMN token uuid NOT NULL UNIQUE;',
    phases: uniqueColumn,
  },
  'a default that differs from row to row': {
    sql: 'ALTER TABLE shop_order ADD COLUMN token uuid DEFAULT gen_random_uuid();',
    phases: filledColumn,
  },
  'another type': { sql: 'ALTER TABLE shop_order ALTER COLUMN total TYPE bigint;', phases: retyped },
  'a column that becomes required': { sql: 'ALTER TABLE shop_order ALTER COLUMN note SET NOT NULL;', phases: required },
  'a foreign key': { sql: constraints.foreignKey, phases: keyLater },
  'a check': { sql: constraints.check, phases: checkLater },
  'another name of a table': {
    sql: 'ALTER TABLE shop_order RENAME TO shop_purchase;',
    phases: ['Rename the table, and leave a view under `shop_order`', 'Drop the view `shop_order`'],
  },
  'a new value of a type': {
    sql: "ALTER TYPE shop_state ADD VALUE 'open';",
    phases: ['Add `open` to `shop_state`', 'Write `open`'],
  },
  'another name of a value': {
    sql: "ALTER TYPE shop_state RENAME VALUE 'new' TO 'open';",
    phases: ['Add `open` to `shop_state`', 'Write `open`', 'Write `open` in the rows that say `new`'],
  },
};

const mysql: Record<string, Road> = {
  ...mostly,
  'a unique column': {
    sql: 'ALTER TABLE shop_order ADD COLUMN token char(36) NOT NULL UNIQUE;',
    phases: uniqueColumn,
  },
  'a unique column of digits': {
    sql: 'ALTER TABLE shop_order ADD COLUMN token char(32) NOT NULL UNIQUE;',
    phases: uniqueColumn,
  },
  'a default that differs from row to row': {
    sql: 'ALTER TABLE shop_order ADD COLUMN token char(36) DEFAULT (UUID());',
    phases: filledColumn,
  },
  'another type': { sql: 'ALTER TABLE shop_order MODIFY COLUMN total bigint;', phases: retyped },
  'a column that becomes required': {
    sql: 'ALTER TABLE shop_order MODIFY COLUMN note varchar(50) NOT NULL;',
    phases: required,
  },
  'a foreign key': {
    sql: constraints.foreignKey,
    phases: ['No release writes rows that point nowhere', 'Mend the rows that point nowhere', 'Add `order_customer`'],
  },
  'a check': {
    sql: constraints.check,
    phases: ['No release writes rows that break it', 'Mend the rows that break it', 'Add `order_total`'],
  },
  'another name of a table': {
    sql: 'ALTER TABLE shop_order RENAME TO shop_purchase;',
    phases: ['Make a view under `shop_purchase`', 'Give the table its new name', 'Drop the view'],
  },
};

const sqlserver: Record<string, Road> = {
  ...everywhere,
  'a required column that nothing fills': {
    sql: 'ALTER TABLE shop_order ADD state varchar(20) NOT NULL;',
    phases: requiredColumn,
  },
  'a unique column': {
    sql: 'ALTER TABLE shop_order ADD token uniqueidentifier NOT NULL UNIQUE;',
    phases: uniqueColumn,
  },
  'a default that differs from row to row': {
    sql: 'ALTER TABLE shop_order ADD token uniqueidentifier NOT NULL DEFAULT NEWID();',
    phases: [...filledColumn, 'Require `token`'],
  },
  'another name of a column': { sql: "EXEC sp_rename 'shop_order.note', 'remark', 'COLUMN';", phases: renamed },
  'another type': { sql: 'ALTER TABLE shop_order ALTER COLUMN total bigint;', phases: retyped },
  'a column that becomes required': {
    sql: 'ALTER TABLE shop_order ALTER COLUMN note varchar(50) NOT NULL;',
    phases: required,
  },
  'a foreign key': { sql: constraints.foreignKey, phases: keyLater },
  'a check': { sql: constraints.check, phases: checkLater },
  'a unique constraint': { sql: constraints.unique, phases: unique },
};

/** It requires no column that is there, and adds no constraint to a table. */
const sqlite: Record<string, Road> = {
  ...everywhere,
  'a required column that nothing fills': {
    sql: 'ALTER TABLE shop_order ADD COLUMN state varchar(20) NOT NULL;',
    phases: requiredColumn.slice(0, 2),
  },
  'a unique column': {
    sql: 'ALTER TABLE shop_order ADD COLUMN token varchar(20) NOT NULL UNIQUE;',
    phases: uniqueColumn.slice(0, 3),
  },
  'another name of a column': { sql: 'ALTER TABLE shop_order RENAME COLUMN note TO remark;', phases: renamed },
};
delete sqlite['a column that goes'];
delete sqlite['columns that go'];

/** Each with the roads that there are. */
export const grounds: Record<string, Ground> = {
  PostgreSQL: {
    database: 'postgres',
    version: '16',
    tables: `${tables}\n${parcels}\nCREATE TYPE shop_state AS ENUM ('new', 'done');\nALTER TABLE shop_order ADD COLUMN stage shop_state;`,
    roads: postgres,
  },
  MySQL: { database: 'mysql', version: '8.0', tables, roads: mysql },
  'MySQL 8.0.20': { database: 'mysql', version: '8.0.20', tables, roads: mysql },
  MariaDB: { database: 'mariadb', version: '10.11', tables, roads: mysql },
  'SQL Server': { database: 'sqlserver', version: '2022', tables, roads: sqlserver },
  SQLite: { database: 'sqlite', version: '3.45', tables, roads: sqlite },
};
