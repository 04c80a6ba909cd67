/** What the prose of the pages and their messages claim of PostgreSQL, each with a statement that shows it. */

export type Claim = {
  page: string;
  /** Words of the page or of the rule's message, links left out. */
  quote: string;
  /** Run before, each by itself. */
  before?: string[];
  run: string;
  happens: {
    /** `table MODE`, the strongest that keeps writers out; `table free` where writers go on. */
    locks?: string[];
    rewritten?: string[];
    scanned?: string[];
    error?: string;
  };
};

/** Where every claim begins. */
export const claimedTables = `
  CREATE TABLE users (id bigint PRIMARY KEY, email text, handle varchar(20));
  INSERT INTO users VALUES (1, 'a', 'x'), (2, 'a', 'y');
  CREATE TABLE orders (id bigint NOT NULL, user_id bigint, total integer, net numeric(8, 2), made timestamp, room int, during tsrange);
  INSERT INTO orders VALUES (1, 1, 5, 1, now(), 1, '[2026-01-01,2026-01-03)'), (2, 9, NULL, 2, now(), 1, '[2026-01-02,2026-01-04)');
  CREATE INDEX orders_user ON orders (user_id);
  CREATE TABLE lines (id int, order_user bigint REFERENCES users (id));`;

const nothing = { rewritten: [], scanned: [] };
const unique = 'CREATE UNIQUE INDEX orders_pkey ON orders (id)';
const proof = [
  'DELETE FROM orders WHERE total IS NULL',
  'ALTER TABLE orders ADD CONSTRAINT given CHECK (total IS NOT NULL)',
];

const partitions = [
  'CREATE TABLE visits (id int, day int NOT NULL) PARTITION BY RANGE (day)',
  'CREATE TABLE visits_1 PARTITION OF visits FOR VALUES FROM (1) TO (2)',
  'CREATE TABLE visits_rest PARTITION OF visits DEFAULT',
  'INSERT INTO visits VALUES (1, 1), (2, 9)',
  'CREATE TABLE visits_2 (id int, day int NOT NULL)',
  'INSERT INTO visits_2 VALUES (1, 2)',
];
const attach = 'ALTER TABLE visits ATTACH PARTITION visits_2 FOR VALUES FROM (2) TO (3)';
const mood = ["CREATE TYPE mood AS ENUM ('fair')", 'CREATE TABLE moods (mood mood)'];

export const claims: Claim[] = [
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
    page: 'column-type-change',
    quote: 'write every row anew, on PostgreSQL under ACCESS EXCLUSIVE',
    run: 'ALTER TABLE orders ALTER total TYPE bigint',
    happens: { locks: ['orders ACCESS EXCLUSIVE'], rewritten: ['orders'] },
  },
  {
    page: 'column-type-change',
    quote: 'a longer `varchar`, `varchar` to `text`',
    run: 'ALTER TABLE users ALTER handle TYPE varchar(40)',
    happens: nothing,
  },
  {
    page: 'column-type-change',
    quote: 'a longer `varchar`, `varchar` to `text`',
    run: 'ALTER TABLE users ALTER handle TYPE text',
    happens: nothing,
  },
  {
    page: 'column-type-change',
    quote: 'more digits of `numeric` at the same scale',
    run: 'ALTER TABLE orders ALTER net TYPE numeric(12, 2)',
    happens: nothing,
  },
  {
    page: 'column-type-change',
    quote: 'Between `timestamp` and `timestamptz` it depends on the time zone of the session',
    before: ["SET TimeZone = 'UTC'"],
    run: 'ALTER TABLE orders ALTER made TYPE timestamptz',
    happens: nothing,
  },
  {
    page: 'column-type-change',
    quote: 'Between `timestamp` and `timestamptz` it depends on the time zone of the session',
    run: 'ALTER TABLE orders ALTER made TYPE timestamptz',
    happens: { rewritten: ['orders'] },
  },
  {
    page: 'column-type-change',
    quote: 'a value that does not fit fails it',
    run: 'ALTER TABLE users ALTER email TYPE integer USING email::integer',
    happens: { error: '22P02' },
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
    page: 'drop-column',
    quote: 'PostgreSQL holds ACCESS EXCLUSIVE for a moment only',
    run: 'ALTER TABLE orders DROP COLUMN room',
    happens: { locks: ['orders ACCESS EXCLUSIVE'], ...nothing },
  },
  {
    page: 'drop-schema',
    quote: 'without `CASCADE` this fails as long as something is in it',
    before: ['CREATE SCHEMA old', 'CREATE TABLE old.notes (id int)'],
    run: 'DROP SCHEMA old',
    happens: { error: '2BP01' },
  },
  {
    page: 'drop-table',
    quote: 'ACCESS EXCLUSIVE on the table and on every table that its foreign keys point to',
    run: 'DROP TABLE lines',
    happens: { locks: ['lines ACCESS EXCLUSIVE', 'users ACCESS EXCLUSIVE'] },
  },
  {
    page: 'lock-table',
    quote: 'without a mode takes ACCESS EXCLUSIVE',
    run: 'LOCK TABLE orders',
    happens: { locks: ['orders ACCESS EXCLUSIVE'] },
  },
  {
    page: 'mixed-schema-and-data',
    quote: 'the ACCESS EXCLUSIVE lock of the schema statement is held until the last row is written',
    before: ['BEGIN', 'ALTER TABLE orders ADD COLUMN city text'],
    run: "UPDATE orders SET city = 'x'",
    happens: { locks: ['orders ACCESS EXCLUSIVE'] },
  },
  {
    page: 'rebuild-table',
    quote: 'CLUSTER and SET LOGGED write every row anew under ACCESS EXCLUSIVE',
    run: 'CLUSTER orders USING orders_user',
    happens: { locks: ['orders ACCESS EXCLUSIVE'], rewritten: ['orders'] },
  },
  {
    page: 'rebuild-table',
    quote: 'CLUSTER and SET LOGGED write every row anew under ACCESS EXCLUSIVE',
    before: ['ALTER TABLE orders SET UNLOGGED'],
    run: 'ALTER TABLE orders SET LOGGED',
    happens: { locks: ['orders ACCESS EXCLUSIVE'], rewritten: ['orders'] },
  },
  {
    page: 'rename-column',
    quote: 'The rename itself holds ACCESS EXCLUSIVE for a moment',
    run: 'ALTER TABLE orders RENAME room TO place',
    happens: { locks: ['orders ACCESS EXCLUSIVE'], ...nothing },
  },
  {
    page: 'rename-table',
    quote: 'The rename itself holds ACCESS EXCLUSIVE for a moment',
    run: 'ALTER TABLE orders RENAME TO purchases',
    happens: { locks: ['orders ACCESS EXCLUSIVE'], ...nothing },
  },
  {
    page: 'rename-table',
    quote: 'takes reads and writes for the table',
    before: ['ALTER TABLE orders RENAME TO purchases', 'CREATE VIEW orders AS SELECT * FROM purchases'],
    run: 'INSERT INTO orders (id) VALUES (7); UPDATE orders SET total = 1 WHERE id = 7; DELETE FROM orders WHERE id = 7',
    happens: { locks: ['purchases free'] },
  },
  {
    page: 'required-column-without-default',
    quote: 'fail on the first one',
    run: 'ALTER TABLE users ADD COLUMN locale text NOT NULL',
    happens: { error: '23502' },
  },
  {
    page: 'required-column-without-default',
    quote: 'its INSERTs fail, also when a default was there for a moment only',
    before: [
      "ALTER TABLE users ADD COLUMN locale text NOT NULL DEFAULT 'en'",
      'ALTER TABLE users ALTER locale DROP DEFAULT',
    ],
    run: "INSERT INTO users (id, email) VALUES (3, 'c')",
    happens: { error: '23502' },
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
    page: 'truncate-table',
    quote: 'TRUNCATE takes ACCESS EXCLUSIVE',
    run: 'TRUNCATE orders',
    happens: { locks: ['orders ACCESS EXCLUSIVE'] },
  },
  {
    page: 'truncate-table',
    quote: 'with `CASCADE`, empties every table that points to this one',
    before: ['INSERT INTO lines VALUES (1, 1)', 'BEGIN', 'TRUNCATE users CASCADE'],
    run: 'SELECT 1 / count(*) FROM lines',
    happens: { error: '22012' },
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
    page: 'volatile-default',
    quote: 'stores a default that is one value for the whole statement once, for all existing rows',
    run: "ALTER TABLE users ADD COLUMN seen timestamptz NOT NULL DEFAULT now(), ADD COLUMN kind text NOT NULL DEFAULT 'x'",
    happens: { locks: ['users ACCESS EXCLUSIVE'], ...nothing },
  },
  {
    page: 'volatile-default',
    quote:
      'When the value differs from row to row (`gen_random_uuid()`, `clock_timestamp()`, a sequence, a stored generated column) it rewrites the table and its indexes under ACCESS EXCLUSIVE',
    run: 'ALTER TABLE users ADD COLUMN seen timestamptz DEFAULT clock_timestamp()',
    happens: { locks: ['users ACCESS EXCLUSIVE'], rewritten: ['users'] },
  },
  {
    page: 'attached-partition',
    quote: 'ACCESS EXCLUSIVE on the partition until every row is read, and on the DEFAULT partition too',
    before: partitions,
    run: attach,
    happens: {
      locks: ['visits_2 ACCESS EXCLUSIVE', 'visits_rest ACCESS EXCLUSIVE'],
      scanned: ['visits_2', 'visits_rest'],
    },
  },
  {
    page: 'attached-partition',
    quote: 'on the parent it takes SHARE UPDATE EXCLUSIVE',
    before: partitions,
    run: attach,
    happens: { locks: ['visits free'] },
  },
  {
    page: 'attached-partition',
    quote: 'A validated CHECK of the bounds spares the scan',
    before: [
      ...partitions,
      'ALTER TABLE visits_2 ADD CHECK (day >= 2 AND day < 3)',
      'ALTER TABLE visits_rest ADD CHECK (NOT (day >= 2 AND day < 3))',
    ],
    run: attach,
    happens: nothing,
  },
  {
    page: 'attached-partition',
    quote: 'Indexes of the parent that the partition lacks are built under the same lock',
    before: [...partitions, 'ALTER TABLE visits_2 ADD CHECK (day >= 2 AND day < 3)', 'CREATE INDEX ON visits (id)'],
    run: attach,
    happens: { locks: ['visits_2 ACCESS EXCLUSIVE'], scanned: ['visits_2', 'visits_rest'] },
  },
  {
    page: 'blocking-partition-detach',
    quote: 'ACCESS EXCLUSIVE on the parent and the partition',
    before: partitions,
    run: 'ALTER TABLE visits DETACH PARTITION visits_1',
    happens: { locks: ['visits ACCESS EXCLUSIVE', 'visits_1 ACCESS EXCLUSIVE'], ...nothing },
  },
  {
    page: 'drop-column',
    quote: 'A foreign key of another table that points to it stops the drop (2BP01)',
    run: 'ALTER TABLE users DROP COLUMN id',
    happens: { error: '2BP01' },
  },
  {
    page: 'drop-column',
    quote: 'indexes, unique constraints and foreign keys, also those over several columns',
    before: [
      'ALTER TABLE orders ADD CONSTRAINT together UNIQUE (user_id, room)',
      'BEGIN',
      'ALTER TABLE orders DROP COLUMN room',
    ],
    run: "SELECT 1 / count(*) FROM pg_class WHERE relname = 'together'",
    happens: { error: '22012' },
  },
  {
    page: 'new-enum-value-used',
    quote: 'a row that names it fails (55P04)',
    before: [...mood, 'BEGIN', "ALTER TYPE mood ADD VALUE 'good'"],
    run: "INSERT INTO moods VALUES ('good')",
    happens: { error: '55P04' },
  },
  {
    page: 'new-enum-value-used',
    quote: 'cannot be used until it has committed',
    before: [...mood, "ALTER TYPE mood ADD VALUE 'good'"],
    run: "INSERT INTO moods VALUES ('good')",
    happens: {},
  },
  {
    page: 'name-already-taken',
    quote: '42P07 or 42701',
    run: 'ALTER TABLE orders ADD COLUMN total integer',
    happens: { error: '42701' },
  },
  {
    page: 'name-already-taken',
    quote: 'The statement does nothing',
    run: 'CREATE TABLE IF NOT EXISTS orders (other integer); SELECT total FROM orders',
    happens: {},
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
];
