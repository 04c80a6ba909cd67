/** Claims about columns: their types, defaults and values. */
import type { Claim } from './claims.ts';

const nothing = { rewritten: [], scanned: [] };

/** Each with the statement that shows it. */
export const columnClaims: Claim[] = [
  {
    page: 'drop-column',
    quote: 'a required column then refuses every INSERT that leaves it out (23502)',
    before: [
      'ALTER TABLE orders ADD COLUMN number serial',
      "CREATE TABLE receipts (number bigint NOT NULL DEFAULT nextval('orders_number_seq'))",
      'ALTER TABLE orders DROP COLUMN number CASCADE',
    ],
    run: 'INSERT INTO receipts DEFAULT VALUES',
    happens: { error: '23502' },
  },
  {
    page: 'needed-by-constraint',
    quote: 'the change of its type fails (0A000), to whatever type',
    before: ['ALTER TABLE orders ADD COLUMN twice integer GENERATED ALWAYS AS (total * 2) STORED'],
    run: 'ALTER TABLE orders ALTER COLUMN total TYPE integer',
    happens: { error: '0A000' },
  },
  {
    page: 'needed-by-constraint',
    quote: 'it goes only after that, or with `CASCADE` (2BP01)',
    before: ['ALTER TABLE orders ADD COLUMN twice integer GENERATED ALWAYS AS (total * 2) STORED'],
    run: 'ALTER TABLE orders DROP COLUMN total, DROP COLUMN twice',
    happens: { error: '2BP01' },
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
    page: 'type-change-under-index',
    quote:
      'is built from the start, and a validated CHECK that names the column is tried on every row, all under ACCESS EXCLUSIVE',
    before: [
      'CREATE INDEX users_lower ON users (lower(handle))',
      "ALTER TABLE users ADD CONSTRAINT named CHECK (handle <> '')",
    ],
    run: 'ALTER TABLE users ALTER handle TYPE varchar(40)',
    happens: { locks: ['users ACCESS EXCLUSIVE'], rewritten: [], scanned: ['users'] },
  },
  {
    page: 'type-change-under-index',
    quote: 'A plain index stays where only a length grows',
    before: ['CREATE INDEX users_handle ON users (handle)'],
    run: 'ALTER TABLE users ALTER handle TYPE varchar(40)',
    happens: nothing,
  },
  {
    page: 'drop-column',
    quote: 'PostgreSQL holds ACCESS EXCLUSIVE for a moment only',
    run: 'ALTER TABLE orders DROP COLUMN room',
    happens: { locks: ['orders ACCESS EXCLUSIVE'], ...nothing },
  },
  {
    page: 'rename-column',
    quote: 'The rename itself holds ACCESS EXCLUSIVE for a moment',
    run: 'ALTER TABLE orders RENAME room TO place',
    happens: { locks: ['orders ACCESS EXCLUSIVE'], ...nothing },
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
    page: 'drop-column',
    quote: 'so does a default that takes its numbers from the sequence that goes with it',
    before: [
      'CREATE SEQUENCE numbers OWNED BY orders.total',
      "ALTER TABLE lines ADD COLUMN number bigint DEFAULT nextval('numbers')",
    ],
    run: 'ALTER TABLE orders DROP COLUMN total',
    happens: { error: '2BP01' },
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
    page: 'dropped-default',
    quote: 'fails on PostgreSQL (23502)',
    before: [
      "CREATE TABLE coupons (id bigserial PRIMARY KEY, state text NOT NULL DEFAULT 'new')",
      'ALTER TABLE coupons ALTER id DROP DEFAULT',
    ],
    run: "INSERT INTO coupons (state) VALUES ('old')",
    happens: { error: '23502' },
  },
  {
    page: 'dropped-default',
    quote: 'fails on PostgreSQL (23502)',
    before: ['CREATE TABLE coupons (id bigserial PRIMARY KEY, state text)', 'DROP SEQUENCE coupons_id_seq CASCADE'],
    run: "INSERT INTO coupons (state) VALUES ('old')",
    happens: { error: '23502' },
  },
  {
    page: 'restarted-sequence',
    quote: 'an identity that is added to a column which rows have numbers in',
    before: [
      'CREATE TABLE coupons (id bigserial PRIMARY KEY, state text)',
      "INSERT INTO coupons (state) VALUES ('new')",
      'ALTER TABLE coupons ALTER id DROP DEFAULT',
      'ALTER TABLE coupons ALTER id ADD GENERATED BY DEFAULT AS IDENTITY',
    ],
    run: "INSERT INTO coupons (state) VALUES ('old')",
    happens: { error: '23505' },
  },
  {
    page: 'restarted-sequence',
    quote: 'fails on the numbers that are taken (23505)',
    before: [
      'CREATE TABLE coupons (id bigserial PRIMARY KEY, state text)',
      "INSERT INTO coupons (state) VALUES ('new')",
      "SELECT setval('coupons_id_seq', 1, false)",
    ],
    run: "INSERT INTO coupons (state) VALUES ('old')",
    happens: { error: '23505' },
  },
  {
    page: 'always-generated',
    quote: 'every other one that gives it a value fails (428C9)',
    before: [
      'CREATE TABLE coupons (id bigint PRIMARY KEY, state text)',
      'ALTER TABLE coupons ALTER id ADD GENERATED ALWAYS AS IDENTITY',
    ],
    run: 'INSERT INTO coupons (id) VALUES (1)',
    happens: { error: '428C9' },
  },
  {
    page: 'refused-cast',
    quote: 'it fails (42804)',
    run: 'ALTER TABLE users ALTER COLUMN email TYPE integer',
    happens: { error: '42804' },
  },
  {
    page: 'refused-cast',
    quote: 'a default that is not turned by itself',
    before: ["ALTER TABLE users ADD COLUMN age text DEFAULT '5'"],
    run: 'ALTER TABLE users ALTER COLUMN age TYPE integer USING age::integer',
    happens: { error: '42804' },
  },
];
