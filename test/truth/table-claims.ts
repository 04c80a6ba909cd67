/** Claims about tables and partitions. */
import type { Claim } from './claims.ts';

const nothing = { rewritten: [], scanned: [] };
const visits = [
  'CREATE TABLE visits (id bigint NOT NULL, day date NOT NULL) PARTITION BY RANGE (day)',
  "CREATE TABLE visits_2027 PARTITION OF visits FOR VALUES FROM ('2027-01-01') TO ('2028-01-01')",
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

/** Each with the statement that shows it. */
export const tableClaims: Claim[] = [
  {
    page: 'autovacuum-left-off',
    quote: 'takes SHARE UPDATE EXCLUSIVE, under which reads and writes go on',
    run: 'ALTER TABLE orders SET (autovacuum_enabled = false)',
    happens: { locks: ['orders free'], rewritten: [], scanned: [] },
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
    page: 'key-without-partition-key',
    quote: 'has to include all columns by which it is partitioned; otherwise the statement fails (0A000)',
    before: visits,
    run: 'ALTER TABLE visits ADD UNIQUE (id)',
    happens: { error: '0A000' },
  },
  {
    page: 'key-without-partition-key',
    quote: 'has to include all columns by which it is partitioned; otherwise the statement fails (0A000)',
    before: visits,
    run: 'CREATE UNIQUE INDEX ON visits (id)',
    happens: { error: '0A000' },
  },
  {
    page: 'refused-partition',
    quote: 'defined as it is (42P17 otherwise)',
    before: [...visits, 'CREATE INDEX whole ON ONLY visits (id)', 'CREATE INDEX part ON visits_2027 (id) WHERE id > 1'],
    run: 'ALTER INDEX whole ATTACH PARTITION part',
    happens: { error: '42P17' },
  },
  {
    page: 'refused-partition',
    quote: 'of a partition of that table, one of each, and none that is a part of another (55000)',
    before: [
      ...visits,
      'CREATE INDEX whole ON ONLY visits (id)',
      'CREATE INDEX other ON ONLY visits (id)',
      'CREATE INDEX part ON visits_2027 (id)',
      'ALTER INDEX other ATTACH PARTITION part',
    ],
    run: 'ALTER INDEX whole ATTACH PARTITION part',
    happens: { error: '55000' },
  },
  {
    page: 'key-without-partition-key',
    quote: 'With a table that is partitioned by an expression no key goes at all',
    before: ["CREATE TABLE visits (id bigint, at timestamp) PARTITION BY RANGE (date_trunc('day', at))"],
    run: 'ALTER TABLE visits ADD UNIQUE (id, at)',
    happens: { error: '0A000' },
  },
];
