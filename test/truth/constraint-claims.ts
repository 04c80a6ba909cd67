/** Claims about indexes and constraints. */
import type { Claim } from './claims.ts';

const nothing = { rewritten: [], scanned: [] };
const unique = 'CREATE UNIQUE INDEX orders_pkey ON orders (id)';
const proof = [
  'DELETE FROM orders WHERE total IS NULL',
  'ALTER TABLE orders ADD CONSTRAINT given CHECK (total IS NOT NULL)',
];

/** Each with the statement that shows it. */
export const constraintClaims: Claim[] = [
  {
    page: 'added-primary-key',
    quote: 'builds the one and reads every row for the other under ACCESS EXCLUSIVE',
    run: 'ALTER TABLE orders ADD PRIMARY KEY (id)',
    happens: { locks: ['orders ACCESS EXCLUSIVE'], scanned: ['orders'] },
  },
  {
    page: 'added-primary-key',
    quote: 'An index that was built with CONCURRENTLY can be taken over',
    before: [unique],
    run: 'ALTER TABLE orders ADD PRIMARY KEY USING INDEX orders_pkey',
    happens: nothing,
  },
  {
    page: 'added-primary-key',
    quote: 'It fails on a NULL or a duplicate',
    run: 'ALTER TABLE orders ADD PRIMARY KEY (total)',
    happens: { error: '23502' },
  },
  {
    page: 'added-primary-key',
    quote: 'It fails on a NULL or a duplicate',
    run: 'ALTER TABLE orders ADD PRIMARY KEY (room)',
    happens: { error: '23505' },
  },
  {
    page: 'added-unique-constraint',
    quote: 'builds its index while ACCESS EXCLUSIVE is held',
    run: 'ALTER TABLE orders ADD UNIQUE (total)',
    happens: { locks: ['orders ACCESS EXCLUSIVE'], scanned: ['orders'] },
  },
  {
    page: 'added-unique-constraint',
    quote: 'fails on the first duplicate',
    run: 'ALTER TABLE users ADD UNIQUE (email)',
    happens: { error: '23505' },
  },
  {
    page: 'added-unique-constraint',
    quote: 'fails on the first duplicate',
    run: 'ALTER TABLE orders ADD EXCLUDE USING gist (room WITH =, during WITH &&)',
    happens: { error: '23P01' },
  },
  {
    page: 'blocking-index-build',
    quote: '`CREATE INDEX` takes SHARE on its table',
    run: 'CREATE INDEX ON orders (total)',
    happens: { locks: ['orders SHARE'], scanned: ['orders'] },
  },
  {
    page: 'blocking-index-build',
    quote: 'It fails on the first duplicate',
    run: 'CREATE UNIQUE INDEX ON users (email)',
    happens: { error: '23505' },
  },
  {
    page: 'blocking-index-build',
    quote: 'keeps writes to its table out, and reads that would use the index',
    run: 'REINDEX INDEX orders_user',
    happens: { locks: ['orders SHARE', 'orders_user ACCESS EXCLUSIVE'] },
  },
  {
    page: 'blocking-index-drop',
    quote: '`DROP INDEX` takes ACCESS EXCLUSIVE on the table',
    run: 'DROP INDEX orders_user',
    happens: { locks: ['orders ACCESS EXCLUSIVE'], ...nothing },
  },
  {
    page: 'concurrent-index-in-transaction',
    quote: 'inside a transaction block (25001)',
    run: 'CREATE INDEX CONCURRENTLY ON orders (total)',
    happens: { error: '25001' },
  },
  {
    page: 'concurrent-index-in-transaction',
    quote: '`CREATE INDEX CONCURRENTLY` and its kin',
    run: 'DROP INDEX CONCURRENTLY orders_user',
    happens: { error: '25001' },
  },
  {
    page: 'concurrent-index-in-transaction',
    quote: '`CREATE INDEX CONCURRENTLY` and its kin',
    run: 'REINDEX INDEX CONCURRENTLY orders_user',
    happens: { error: '25001' },
  },
  {
    page: 'concurrent-index-in-transaction',
    quote: '`CREATE INDEX CONCURRENTLY` and its kin',
    before: [
      'CREATE TABLE visits (day int) PARTITION BY RANGE (day)',
      'CREATE TABLE visits_1 PARTITION OF visits FOR VALUES FROM (1) TO (2)',
    ],
    run: 'ALTER TABLE visits DETACH PARTITION visits_1 CONCURRENTLY',
    happens: { error: '25001' },
  },
  {
    page: 'set-not-null',
    quote: 'SET NOT NULL reads every row under ACCESS EXCLUSIVE',
    before: ['DELETE FROM orders WHERE total IS NULL'],
    run: 'ALTER TABLE orders ALTER total SET NOT NULL',
    happens: { locks: ['orders ACCESS EXCLUSIVE'], scanned: ['orders'] },
  },
  {
    page: 'set-not-null',
    quote: 'fails on the first NULL',
    run: 'ALTER TABLE orders ALTER total SET NOT NULL',
    happens: { error: '23502' },
  },
  {
    page: 'set-not-null',
    quote: 'A validated `CHECK (… IS NOT NULL)` proves it beforehand, and since PostgreSQL 12 spares the scan',
    before: proof,
    run: 'ALTER TABLE orders ALTER total SET NOT NULL',
    happens: nothing,
  },
  {
    page: 'set-not-null',
    quote: '18 knows `NOT NULL … NOT VALID`',
    run: 'ALTER TABLE orders ADD CONSTRAINT given NOT NULL total NOT VALID',
    happens: nothing,
  },
  {
    page: 'set-not-null',
    quote: 'under SHARE UPDATE EXCLUSIVE, which lets reads and writes through',
    before: [
      'DELETE FROM orders WHERE total IS NULL',
      'ALTER TABLE orders ADD CONSTRAINT given NOT NULL total NOT VALID',
    ],
    run: 'ALTER TABLE orders VALIDATE CONSTRAINT given',
    happens: { locks: ['orders free'], scanned: ['orders'] },
  },
  {
    page: 'unique-column-with-default',
    quote: 'with two rows the statement fails',
    run: "ALTER TABLE users ADD COLUMN nick text DEFAULT '' UNIQUE",
    happens: { error: '23505' },
  },
  {
    page: 'unique-column-with-default',
    quote: "On a developer's empty table nothing fails",
    before: ['TRUNCATE users CASCADE'],
    run: "ALTER TABLE users ADD COLUMN nick text DEFAULT '' UNIQUE",
    happens: {},
  },
  {
    page: 'unique-column-with-default',
    quote: 'rewrites the table and builds the index under one ACCESS EXCLUSIVE lock',
    run: 'ALTER TABLE users ADD COLUMN token uuid DEFAULT gen_random_uuid() UNIQUE',
    happens: { locks: ['users ACCESS EXCLUSIVE'], rewritten: ['users'], scanned: ['users'] },
  },
  {
    page: 'validating-check',
    quote: 'PostgreSQL does so under ACCESS EXCLUSIVE',
    run: 'ALTER TABLE orders ADD CHECK (total > 0)',
    happens: { locks: ['orders ACCESS EXCLUSIVE'], scanned: ['orders'] },
  },
  {
    page: 'validating-check',
    quote: 'unless it is added `NOT VALID`',
    run: 'ALTER TABLE orders ADD CHECK (total > 0) NOT VALID',
    happens: nothing,
  },
  {
    page: 'validating-check',
    quote: 'validated later under SHARE UPDATE EXCLUSIVE',
    before: ['ALTER TABLE orders ADD CONSTRAINT positive CHECK (total > 0) NOT VALID'],
    run: 'ALTER TABLE orders VALIDATE CONSTRAINT positive',
    happens: { locks: ['orders free'], scanned: ['orders'] },
  },
  {
    page: 'validating-check',
    quote: 'It fails if one row breaks it',
    run: 'ALTER TABLE orders ADD CHECK (total > 9)',
    happens: { error: '23514' },
  },
  {
    page: 'validating-foreign-key',
    quote: 'Adding a foreign key takes SHARE ROW EXCLUSIVE on both tables',
    before: ['DELETE FROM orders WHERE user_id = 9'],
    run: 'ALTER TABLE orders ADD FOREIGN KEY (user_id) REFERENCES users (id)',
    happens: { locks: ['orders SHARE ROW EXCLUSIVE', 'users SHARE ROW EXCLUSIVE'], scanned: ['orders'] },
  },
  {
    page: 'validating-foreign-key',
    quote: 'It fails if one row points nowhere',
    run: 'ALTER TABLE orders ADD FOREIGN KEY (user_id) REFERENCES users (id)',
    happens: { error: '23503' },
  },
  {
    page: 'validating-foreign-key',
    quote: '`NOT VALID` leaves the old rows for later',
    run: 'ALTER TABLE orders ADD FOREIGN KEY (user_id) REFERENCES users (id) NOT VALID',
    happens: { locks: ['orders SHARE ROW EXCLUSIVE', 'users SHARE ROW EXCLUSIVE'], ...nothing },
  },
  {
    page: 'validating-foreign-key',
    quote: '`VALIDATE CONSTRAINT` checks them under SHARE UPDATE EXCLUSIVE, which lets writes through',
    before: [
      'DELETE FROM orders WHERE user_id = 9',
      'ALTER TABLE orders ADD CONSTRAINT orders_user_fkey FOREIGN KEY (user_id) REFERENCES users (id) NOT VALID',
    ],
    run: 'ALTER TABLE orders VALIDATE CONSTRAINT orders_user_fkey',
    happens: { locks: ['orders free', 'users free'], scanned: ['orders'] },
  },
  {
    page: 'validation-in-same-transaction',
    quote:
      'the strong lock of adding (ACCESS EXCLUSIVE, for a foreign key SHARE ROW EXCLUSIVE on both tables) is kept until the transaction ends, and the scan runs under it',
    before: ['BEGIN', 'ALTER TABLE orders ADD CONSTRAINT positive CHECK (total > 0) NOT VALID'],
    run: 'ALTER TABLE orders VALIDATE CONSTRAINT positive',
    happens: { locks: ['orders ACCESS EXCLUSIVE'], scanned: ['orders'] },
  },
  {
    page: 'foreign-key-type',
    quote: 'no operator between the two (42804)',
    run: 'CREATE TABLE carts (owner text REFERENCES users)',
    happens: { error: '42804' },
  },
  {
    page: 'foreign-key-type',
    quote: 'takes an `integer` that points to a `bigint`, and every INSERT fails on the day when the key outgrows it',
    before: ['INSERT INTO users (id) VALUES (3000000000)'],
    run: 'CREATE TABLE carts (owner integer REFERENCES users); INSERT INTO carts VALUES (3000000000)',
    happens: { error: '22003' },
  },
  {
    page: 'foreign-key-to-no-key',
    quote: 'Without one the statement fails (42830)',
    run: 'CREATE TABLE carts (owner text REFERENCES users (email))',
    happens: { error: '42830' },
  },
  {
    page: 'foreign-key-to-no-key',
    quote: 'a unique index that has a WHERE',
    before: ['CREATE UNIQUE INDEX some_totals ON orders (total) WHERE total < 0'],
    run: 'CREATE TABLE carts (total integer REFERENCES orders (total))',
    happens: { error: '42830' },
  },
  {
    page: 'foreign-key-to-no-key',
    quote: 'over an expression',
    before: ['CREATE UNIQUE INDEX lower_ids ON orders ((id + 0))'],
    run: 'CREATE TABLE carts (total integer REFERENCES orders (total))',
    happens: { error: '42830' },
  },
  {
    page: 'column-type-change',
    quote: '`DROP NOT NULL` on a primary key fails (42P16)',
    run: 'ALTER TABLE users ALTER COLUMN id DROP NOT NULL',
    happens: { error: '42P16' },
  },
  {
    page: 'column-type-change',
    quote: 'a `DROP COLUMN` that others point to (2BP01)',
    before: ['CREATE TABLE carts (owner integer REFERENCES users)'],
    run: 'ALTER TABLE users DROP COLUMN id',
    happens: { error: '2BP01' },
  },
];
