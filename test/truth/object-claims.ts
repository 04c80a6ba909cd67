/** Claims about views, functions, types, privileges and what else is no table. */
import type { Claim } from './claims.ts';

const nothing = { rewritten: [], scanned: [] };
const mood = ["CREATE TYPE mood AS ENUM ('fair')", 'CREATE TABLE moods (mood mood)'];

/** Each with the statement that shows it. */
export const objectClaims: Claim[] = [
  {
    page: 'refreshed-view',
    quote:
      'needs a unique index on the view, over columns alone and without `WHERE`; where there is none it fails (55000)',
    before: ['CREATE MATERIALIZED VIEW sums AS SELECT id, total FROM orders', 'CREATE INDEX ON sums (id)'],
    run: 'REFRESH MATERIALIZED VIEW CONCURRENTLY sums',
    happens: { error: '55000' },
  },
  {
    page: 'refreshed-view',
    quote:
      'needs a unique index on the view, over columns alone and without `WHERE`; where there is none it fails (55000)',
    before: [
      'CREATE MATERIALIZED VIEW sums AS SELECT id, total FROM orders',
      'CREATE UNIQUE INDEX ON sums (id) WHERE total > 0',
    ],
    run: 'REFRESH MATERIALIZED VIEW CONCURRENTLY sums',
    happens: { error: '55000' },
  },
  {
    page: 'refreshed-view',
    quote:
      'needs a unique index on the view, over columns alone and without `WHERE`; where there is none it fails (55000)',
    before: ['CREATE MATERIALIZED VIEW sums AS SELECT id, total FROM orders', 'CREATE UNIQUE INDEX ON sums ((id + 1))'],
    run: 'REFRESH MATERIALIZED VIEW CONCURRENTLY sums',
    happens: { error: '55000' },
  },
  {
    page: 'replaced-function',
    quote:
      'with another type, other columns of `RETURNS TABLE`, another name of a parameter or a default less it fails (42P13)',
    before: [
      "CREATE FUNCTION price(amount integer, rate integer DEFAULT 2) RETURNS integer LANGUAGE sql AS 'SELECT 1'",
    ],
    run: "CREATE OR REPLACE FUNCTION price(amount integer, rate integer DEFAULT 2) RETURNS bigint LANGUAGE sql AS 'SELECT 1'",
    happens: { error: '42P13' },
  },
  {
    page: 'replaced-function',
    quote:
      'with another type, other columns of `RETURNS TABLE`, another name of a parameter or a default less it fails (42P13)',
    before: [
      "CREATE FUNCTION price(amount integer, rate integer DEFAULT 2) RETURNS integer LANGUAGE sql AS 'SELECT 1'",
    ],
    run: "CREATE OR REPLACE FUNCTION price(cents integer, rate integer DEFAULT 2) RETURNS integer LANGUAGE sql AS 'SELECT 1'",
    happens: { error: '42P13' },
  },
  {
    page: 'replaced-function',
    quote:
      'with another type, other columns of `RETURNS TABLE`, another name of a parameter or a default less it fails (42P13)',
    before: [
      "CREATE FUNCTION price(amount integer, rate integer DEFAULT 2) RETURNS integer LANGUAGE sql AS 'SELECT 1'",
    ],
    run: "CREATE OR REPLACE FUNCTION price(amount integer, rate integer) RETURNS integer LANGUAGE sql AS 'SELECT 1'",
    happens: { error: '42P13' },
  },
  {
    page: 'replaced-function',
    quote:
      'with another type, other columns of `RETURNS TABLE`, another name of a parameter or a default less it fails (42P13)',
    before: [
      "CREATE FUNCTION totals() RETURNS TABLE (day date, total integer) LANGUAGE sql AS 'SELECT now()::date, 1'",
    ],
    run: "CREATE OR REPLACE FUNCTION totals() RETURNS TABLE (day date, sum integer) LANGUAGE sql AS 'SELECT now()::date, 1'",
    happens: { error: '42P13' },
  },
  {
    page: 'replaced-function',
    quote: 'a call that both could serve fails from then on (42725)',
    before: [
      "CREATE FUNCTION price(amount integer) RETURNS integer LANGUAGE sql AS 'SELECT 1'",
      "CREATE FUNCTION price(amount integer, rate integer DEFAULT 2) RETURNS integer LANGUAGE sql AS 'SELECT 1'",
    ],
    run: 'SELECT price(1)',
    happens: { error: '42725' },
  },
  {
    page: 'drop-schema',
    quote: 'without `CASCADE` this fails as long as something is in it',
    before: ['CREATE SCHEMA old', 'CREATE TABLE old.notes (id int)'],
    run: 'DROP SCHEMA old',
    happens: { error: '2BP01' },
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
    quote: 'the statement does nothing',
    run: 'CREATE TABLE IF NOT EXISTS orders (other integer); SELECT total FROM orders',
    happens: {},
  },
  {
    page: 'domain-constraint',
    quote: 'reads every table that has a column of the domain, and keeps writers out of all of them (SHARE)',
    before: ['CREATE DOMAIN amount AS integer', 'CREATE TABLE sums (total amount)', 'INSERT INTO sums VALUES (1)'],
    run: 'ALTER DOMAIN amount ADD CONSTRAINT positive CHECK (VALUE > 0)',
    happens: { locks: ['sums SHARE'] },
  },
  {
    page: 'domain-constraint',
    quote: 'Added `NOT VALID` it holds for new values only and reads nothing',
    before: ['CREATE DOMAIN amount AS integer', 'CREATE TABLE sums (total amount)', 'INSERT INTO sums VALUES (-1)'],
    run: 'ALTER DOMAIN amount ADD CONSTRAINT positive CHECK (VALUE > 0) NOT VALID',
    happens: nothing,
  },
  {
    page: 'refreshed-view',
    quote: 'runs the whole query under ACCESS EXCLUSIVE on the view',
    before: ['CREATE MATERIALIZED VIEW sums AS SELECT sum(total) AS total FROM orders'],
    run: 'REFRESH MATERIALIZED VIEW sums',
    happens: { locks: ['sums ACCESS EXCLUSIVE'] },
  },
  {
    page: 'swallowed-writes',
    quote: 'nothing is written',
    before: ['CREATE RULE keep AS ON DELETE TO lines DO INSTEAD NOTHING'],
    run: 'DELETE FROM lines',
    happens: { locks: ['lines free'], rewritten: [] },
  },
  {
    page: 'type-not-there',
    quote: 'fails (42704)',
    run: 'ALTER TABLE orders ADD COLUMN mood order_mood',
    happens: { error: '42704' },
  },
  {
    page: 'index-name-taken',
    quote: 'Names are cut at 63 bytes',
    before: [`CREATE INDEX ${'a'.repeat(64)} ON orders (total)`],
    run: `CREATE INDEX ${'a'.repeat(63)}b ON orders (total)`,
    happens: { error: '42P07' },
  },
  {
    page: 'index-name-taken',
    quote: 'a second constraint of one name on a table (42710)',
    before: ['ALTER TABLE orders ADD CONSTRAINT paid CHECK (net > 0)'],
    run: 'ALTER TABLE orders ADD CONSTRAINT paid CHECK (net > 0)',
    happens: { error: '42710' },
  },
  {
    page: 'published-without-key',
    quote: 'refuses every UPDATE and DELETE of it (55000)',
    before: ['CREATE PUBLICATION claimed FOR TABLE orders'],
    run: 'UPDATE orders SET total = 1',
    happens: { error: '55000' },
  },
  {
    page: 'published-without-key',
    quote: 'a unique index alone does not help',
    before: ['CREATE UNIQUE INDEX orders_id ON orders (id)', 'CREATE PUBLICATION others FOR TABLE orders'],
    run: 'DELETE FROM orders',
    happens: { error: '55000' },
  },
  {
    page: 'published-without-key',
    quote: 'the key or the column of it that goes',
    before: ['CREATE PUBLICATION claimed FOR TABLE users', 'ALTER TABLE users DROP COLUMN id CASCADE'],
    run: 'UPDATE users SET email = NULL',
    happens: { error: '55000' },
  },
  {
    page: 'published-without-key',
    quote: 'the index that `REPLICA IDENTITY` names',
    before: [
      'ALTER TABLE lines ALTER COLUMN id SET NOT NULL',
      'CREATE UNIQUE INDEX lines_id ON lines (id)',
      'ALTER TABLE lines REPLICA IDENTITY USING INDEX lines_id',
      'CREATE PUBLICATION claimed FOR TABLE lines',
      'DROP INDEX lines_id',
    ],
    run: 'UPDATE lines SET id = 2',
    happens: { error: '55000' },
  },
  {
    page: 'published-without-key',
    quote: 'a new table without a key beside `FOR ALL TABLES`',
    before: ['CREATE PUBLICATION claimed FOR ALL TABLES', 'CREATE TABLE tags (tag text)'],
    run: 'DELETE FROM tags',
    happens: { error: '55000' },
  },
  {
    page: 'refreshed-view',
    quote: 'is not there for its readers (55000)',
    before: ['CREATE MATERIALIZED VIEW claimed AS SELECT id FROM users WITH NO DATA'],
    run: 'SELECT * FROM claimed',
    happens: { error: '55000' },
  },
  {
    page: 'refreshed-view',
    quote: 'which has nothing to compare with (0A000)',
    before: [
      'CREATE MATERIALIZED VIEW claimed AS SELECT id FROM users WITH NO DATA',
      'CREATE UNIQUE INDEX claimed_id ON claimed (id)',
    ],
    run: 'REFRESH MATERIALIZED VIEW CONCURRENTLY claimed',
    happens: { error: '0A000' },
  },
  {
    page: 'drop-object',
    quote: 'is told to fail (2BP01)',
    before: ["CREATE TYPE claimed AS ENUM ('a')", 'ALTER TABLE users ADD COLUMN claimed claimed'],
    run: 'DROP TYPE claimed',
    happens: { error: '2BP01' },
  },
  {
    page: 'drop-object',
    quote: 'and a table whose rows are the type of a column',
    before: ['CREATE TABLE held (was lines)'],
    run: 'DROP TABLE lines',
    happens: { error: '2BP01' },
  },
  {
    page: 'needed-by-constraint',
    quote: 'with a column that a policy reads',
    before: ['CREATE POLICY claimed ON orders USING (room = 1)'],
    run: 'ALTER TABLE orders ALTER COLUMN room TYPE bigint',
    happens: { error: '0A000' },
  },
  {
    page: 'needed-by-constraint',
    quote: 'none is added (42809)',
    before: [
      'CREATE TABLE parted (id bigint) PARTITION BY RANGE (id)',
      'CREATE TABLE part PARTITION OF parted FOR VALUES FROM (1) TO (2)',
    ],
    run: 'ALTER TABLE part ADD COLUMN note text',
    happens: { error: '42809' },
  },
  {
    page: 'needed-by-constraint',
    quote: 'A column of the primary key or of a replica identity (42P16)',
    run: 'ALTER TABLE users ALTER COLUMN id DROP NOT NULL',
    happens: { error: '42P16' },
  },
  {
    page: 'drop-object',
    quote: 'a required column refuses every INSERT that leaves it out (23502)',
    before: [
      'CREATE SEQUENCE numbers',
      "ALTER TABLE users ADD COLUMN number bigint NOT NULL DEFAULT nextval('numbers')",
      'DROP SEQUENCE numbers CASCADE',
    ],
    run: 'INSERT INTO users (id) VALUES (3)',
    happens: { error: '23502' },
  },
];
