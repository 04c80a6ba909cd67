import { expect, test } from 'vitest';
import { sqlserverFacts, sqlserverWork, type SqlserverChange } from '../../../src/operations/facts/sqlserver-change.ts';
import type { Operation } from '../../../src/operations/operation.ts';
import { applyOperation, emptySchema } from '../../../src/operations/schema.ts';
import type { Table } from '../../../src/operations/table.ts';
import { readSqlserver } from '../../../src/frontends/sql/sqlserver/read-sqlserver.ts';
import { wholeFile } from '../../../src/frontends/sql/text.ts';

test.each<[string, SqlserverChange]>([
  ['ALTER TABLE orders ADD note nvarchar(40) NULL', 'column added'],
  ['ALTER TABLE orders ADD state int NULL DEFAULT 0', 'column added'],
  ['ALTER TABLE orders ADD state int NOT NULL DEFAULT 0', 'filled column added'],
  ['ALTER TABLE orders ADD state int NULL DEFAULT 0 WITH VALUES', 'filled column added'],
  ['ALTER TABLE orders ADD version rowversion', 'filled column added'],
  ['ALTER TABLE orders ALTER COLUMN number bigint NOT NULL', 'type changed'],
  ['ALTER TABLE orders ALTER COLUMN title nvarchar(80) NOT NULL', 'length grown'],
  ['ALTER TABLE orders ALTER COLUMN title nvarchar(20) NOT NULL', 'length cut'],
  ['ALTER TABLE orders ALTER COLUMN user_id int NOT NULL', 'made required'],
  ['ALTER TABLE orders ALTER COLUMN number int NULL', 'made nullable'],
  ['CREATE INDEX i ON orders (number)', 'index added'],
  ['CREATE CLUSTERED INDEX i ON orders (number)', 'clustered index added'],
  ['ALTER INDEX i ON orders REBUILD', 'index rebuilt'],
  ['DROP INDEX orders_user ON orders', 'index dropped'],
  ['ALTER TABLE orders DROP CONSTRAINT PK_orders', 'clustered index dropped'],
  ['ALTER TABLE orders ADD CONSTRAINT u UNIQUE (number)', 'unique key added'],
  ['ALTER TABLE orders ADD CONSTRAINT u PRIMARY KEY (number)', 'clustered key added'],
  ['ALTER TABLE orders ADD CONSTRAINT u PRIMARY KEY NONCLUSTERED (number)', 'unique key added'],
  ['ALTER TABLE orders ADD CONSTRAINT c CHECK (number > 0)', 'constraint added'],
  ['ALTER TABLE orders WITH NOCHECK ADD CONSTRAINT c CHECK (number > 0)', 'constraint added unchecked'],
  ['ALTER TABLE orders WITH CHECK CHECK CONSTRAINT c', 'constraint checked'],
])('%s', (sql, change) => {
  const work = sqlserverWork(read(sql), orders(), undefined);
  const { lock, work: done } = sqlserverFacts[change];
  expect(work).toMatchObject({ change, lock, work: done, online: false });
});

test('what is asked to be online is, where the version can', () => {
  const alter = read('ALTER TABLE orders ALTER COLUMN number bigint NOT NULL WITH (ONLINE = ON)');
  expect(sqlserverWork(alter, orders(), '2019')?.online).toBe(true);
  expect(sqlserverWork(alter, orders(), '13.0.1')?.online).toBe(true);
  expect(sqlserverWork(alter, orders(), '2014')?.online).toBe(false);
  const spatial = read('CREATE SPATIAL INDEX i ON orders (place) WITH (ONLINE = ON)');
  expect(sqlserverWork(spatial, orders(), undefined)?.canBeOnline).toBe(false);
});

test('every fact tells where it is from', () => {
  for (const { sources } of Object.values(sqlserverFacts))
    for (const source of sources) expect(source).toMatch(/^https:\/\/(learn\.microsoft\.com|michaeljswart\.com)\//);
});

function read(sql: string): Operation {
  const [operation] = readSqlserver(wholeFile('V2.sql', sql)).operations;
  if (!operation) throw new Error(`nothing was read of ${sql}`);
  return operation;
}

function orders(): Table | undefined {
  const schema = emptySchema();
  const sql =
    'CREATE TABLE orders (id int NOT NULL CONSTRAINT PK_orders PRIMARY KEY, user_id int NULL, number int NOT NULL, title nvarchar(40) NOT NULL); CREATE INDEX orders_user ON orders (user_id);';
  for (const operation of readSqlserver(wholeFile('V1.sql', sql)).operations) applyOperation(schema, operation, false);
  return schema.tables.get('orders');
}
