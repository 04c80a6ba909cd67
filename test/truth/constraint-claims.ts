/** Claims about indexes and constraints. */
import type { Claim } from './claims.ts';

const nothing = { rewritten: [], scanned: [] };
const unique = 'CREATE UNIQUE INDEX orders_pkey ON orders (id)';
const proof = [
  'DELETE FROM orders WHERE total IS NULL',
  'ALTER TABLE orders ADD CONSTRAINT given CHECK (total IS NOT NULL)',
];

const visits = [
  'CREATE TABLE visits (id bigint NOT NULL, day date NOT NULL) PARTITION BY RANGE (day)',
  "CREATE TABLE visits_2027 PARTITION OF visits FOR VALUES FROM ('2027-01-01') TO ('2028-01-01')",
];

/** Each with the statement that shows it. */
export const constraintClaims: Claim[] = [
  {
    page: 'dropped-uniqueness',
    quote: 'with 55000 where that key is a',
    before: ['ALTER TABLE orders ADD CONSTRAINT orders_id UNIQUE (id) DEFERRABLE'],
    run: 'INSERT INTO orders (id) VALUES (1) ON CONFLICT (id) DO NOTHING',
    happens: { error: '55000' },
  },
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
    page: 'added-unique-constraint',
    quote: 'the parent takes none over',
    before: [...visits, 'CREATE UNIQUE INDEX visits_id ON visits (id, day)'],
    run: 'ALTER TABLE visits ADD CONSTRAINT visits_id UNIQUE USING INDEX visits_id',
    happens: { error: '0A000' },
  },
  {
    page: 'added-unique-constraint',
    quote: 'each partition gets its own while writers go on, and is attached',
    before: [
      ...visits,
      'CREATE UNIQUE INDEX visits_2027_id ON visits_2027 (id, day)',
      'ALTER TABLE visits_2027 ADD CONSTRAINT visits_2027_id UNIQUE USING INDEX visits_2027_id',
      'ALTER TABLE ONLY visits ADD CONSTRAINT visits_id UNIQUE (id, day)',
    ],
    run: 'ALTER INDEX visits_id ATTACH PARTITION visits_2027_id',
    happens: nothing,
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
    page: 'backfill-raced-by-writers',
    quote: '`SET NOT NULL` holds ACCESS EXCLUSIVE while it reads the whole table',
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
    quote: 'A column that comes without a default is NULL in all rows',
    before: ['ALTER TABLE orders ADD COLUMN city text'],
    run: 'ALTER TABLE orders ADD CONSTRAINT city_given NOT NULL city',
    happens: { error: '23502' },
  },
  {
    page: 'set-not-null',
    quote: '`NOT VALID` spares them until they are written',
    before: [
      'ALTER TABLE orders ADD COLUMN city text',
      'ALTER TABLE orders ADD CONSTRAINT city_given NOT NULL city NOT VALID',
    ],
    run: 'UPDATE orders SET total = 7 WHERE id = 1',
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
    page: 'validating-check',
    quote: 'no row has anything but NULL or the default there',
    before: ["ALTER TABLE orders ADD COLUMN state text NOT NULL DEFAULT 'new'"],
    run: "ALTER TABLE orders ADD CONSTRAINT state_known CHECK (state IN ('open', 'done'))",
    happens: { error: '23514' },
  },
  {
    page: 'validating-check',
    quote: 'It does not fail, as they all get',
    before: ['ALTER TABLE orders ADD COLUMN weight int'],
    run: 'ALTER TABLE orders ADD CONSTRAINT weight_positive CHECK (weight > 0)',
    happens: { locks: ['orders ACCESS EXCLUSIVE'], scanned: ['orders'] },
  },
  {
    page: 'validating-check',
    quote: 'where all rows break the check, an UPDATE of any of them fails',
    before: [
      'ALTER TABLE orders ADD COLUMN weight int DEFAULT 0',
      'ALTER TABLE orders ADD CONSTRAINT weight_positive CHECK (weight > 0) NOT VALID',
    ],
    run: 'UPDATE orders SET total = 7 WHERE id = 1',
    happens: { error: '23514' },
  },
  {
    page: 'validating-check',
    quote: 'spares them until they are written',
    before: [
      'ALTER TABLE orders ADD COLUMN weight int DEFAULT 0',
      'ALTER TABLE orders ADD CONSTRAINT weight_positive CHECK (weight > 0) NOT VALID',
    ],
    run: 'INSERT INTO orders (id) VALUES (7)',
    happens: { error: '23514' },
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
  {
    page: 'needed-by-constraint',
    quote: 'drops no key that a foreign key leans on (2BP01)',
    run: 'ALTER TABLE users DROP CONSTRAINT users_pkey',
    happens: { error: '2BP01' },
  },
  {
    page: 'needed-by-constraint',
    quote: 'Nor does an index that a partition has from its parent go by itself (2BP01, also with `CASCADE`)',
    before: [
      'CREATE TABLE visits (id int, day int NOT NULL, UNIQUE (id, day)) PARTITION BY RANGE (day)',
      'CREATE TABLE visits_1 PARTITION OF visits FOR VALUES FROM (1) TO (2)',
      'CREATE INDEX visits_id ON visits (id)',
    ],
    run: 'DROP INDEX visits_1_id_idx CASCADE',
    happens: { error: '2BP01' },
  },
  {
    page: 'needed-by-constraint',
    quote: 'nor a key (42P16)',
    before: [
      'CREATE TABLE visits (id int, day int NOT NULL, UNIQUE (id, day)) PARTITION BY RANGE (day)',
      'CREATE TABLE visits_1 PARTITION OF visits FOR VALUES FROM (1) TO (2)',
      'CREATE INDEX visits_id ON visits (id)',
    ],
    run: 'ALTER TABLE visits_1 DROP CONSTRAINT visits_1_id_day_key',
    happens: { error: '42P16' },
  },
  {
    page: 'needed-by-constraint',
    quote: 'no index that belongs to a constraint',
    run: 'DROP INDEX IF EXISTS users_pkey CASCADE',
    happens: { error: '2BP01' },
  },
  {
    page: 'refused-in-transaction',
    quote: 'REINDEX of a schema or database fail inside a transaction (25001)',
    run: 'REINDEX SCHEMA public',
    happens: { error: '25001' },
  },
];
