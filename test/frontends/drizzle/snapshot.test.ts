import { expect, test } from 'vitest';
import { readSnapshot } from '../../../src/frontends/drizzle/snapshot.ts';
import { findStatedFiles } from '../../../src/frontends/index.ts';
import { loadReader } from '../../../src/frontends/sql/read-sql.ts';
import type { Database } from '../../../src/operations/migration.ts';
import { schemaLines } from '../schema-lines.ts';

const path = 'drizzle/meta/0003_snapshot.json';

async function linesOf(snapshot: unknown, database: Exclude<Database, 'unknown'>): Promise<string[]> {
  await loadReader(database);
  const text = typeof snapshot === 'string' ? snapshot : JSON.stringify(snapshot);
  return schemaLines(readSnapshot({ path, text }, database));
}

type Parts = Record<string, unknown>;

function column(name: string, type: string, parts: Parts = {}): Parts {
  return { [name]: { name, type, primaryKey: false, notNull: false, ...parts } };
}

function table(name: string, columns: Parts[], parts: Parts = {}): Parts {
  return { name, columns: Object.assign({}, ...columns), ...parts };
}

const listed = (...all: Parts[]) => Object.fromEntries(all.map((each, index) => [`k${index}`, each]));

const key = { primaryKey: true, notNull: true };

test('a snapshot of PostgreSQL is read as the tables that it states', async () => {
  const orders = table(
    'orders',
    [
      column('id', 'uuid', { ...key, default: 'gen_random_uuid()' }),
      column('number', 'integer', { identity: { type: 'always', name: 'n' }, notNull: true }),
      column('status', 'status', { typeSchema: 'public', notNull: true, default: "'open'" }),
      column('old_status', 'status[]'),
      column('total', 'numeric(10, 2)', { default: 0 }),
      column('open', 'boolean', { default: false }),
      column('at', 'timestamp with time zone', { default: 'now()', notNull: true }),
      column('words', 'text', { generated: { type: 'stored', as: "upper('a')" } }),
      column('user_id', 'integer'),
    ],
    {
      schema: '',
      indexes: listed(
        {
          name: 'orders_open',
          columns: [{ expression: 'at', isExpression: false }],
          isUnique: false,
          method: 'btree',
          where: '"orders"."open"',
        },
        { name: 'orders_words', columns: [{ expression: 'lower("words")', isExpression: true }], isUnique: true },
      ),
      foreignKeys: listed({
        name: 'orders_user_fk',
        tableTo: 'users',
        schemaTo: 'auth',
        columnsFrom: ['user_id'],
        columnsTo: ['id'],
        onDelete: 'set null',
      }),
      uniqueConstraints: listed({ name: 'orders_number_unique', columns: ['number'] }),
      checkConstraints: listed({ name: 'positive', value: 'total >= 0' }),
    },
  );
  const users = table('users', [column('id', 'serial', key)], { schema: 'auth' });
  const snapshot = {
    version: '7',
    dialect: 'postgresql',
    tables: { 'public.orders': orders, 'auth.users': users },
    enums: { 'public.status': { name: 'status', schema: 'public', values: ['open', 'closed'] } },
  };
  expect(await linesOf(snapshot, 'postgres')).toMatchInlineSnapshot(`
    [
      "orders",
      "  id uuid not null default by gen_random_uuid",
      "  number integer not null identity",
      "  status status not null default 'open'",
      "  old_status status array",
      "  total numeric(10,2) default 0",
      "  open boolean default false",
      "  at timestamp with time zone not null default by now",
      "  words text stored",
      "  user_id integer",
      "  unique orders_number_unique (number)",
      "  foreignKey orders_user_fk (user_id) to auth.users (id) set null",
      "  check positive: total >= 0",
      "  primaryKey (id)",
      "  index orders_open btree (at) where "orders"."open"",
      "  unique index orders_words ((lower("words")))",
      "auth.users",
      "  id integer not null identity default by nextval",
      "  primaryKey (id)",
    ]
  `);
});

test('older snapshots of PostgreSQL name their columns as text', async () => {
  const orders = table('orders', [column('id', 'serial', key), column('kind', 'kinds')], {
    schema: '',
    indexes: listed({ name: 'orders_kind', columns: ['kind'], isUnique: true }),
  });
  const snapshot = { version: '5', dialect: 'pg', tables: { orders }, enums: { kinds: { name: 'kinds', values: {} } } };
  expect(await linesOf(snapshot, 'postgres')).toMatchInlineSnapshot(`
    [
      "orders",
      "  id integer not null identity default by nextval",
      "  kind kinds",
      "  primaryKey (id)",
      "  unique index orders_kind (kind)",
    ]
  `);
});

test('a snapshot of MySQL is read as the tables that it states', async () => {
  const orders = table(
    'orders',
    [
      column('id', 'bigint unsigned', { notNull: true, autoincrement: true }),
      column('kind', "enum('a','b')", { default: "'a'", notNull: true }),
      column('at', 'timestamp', { default: '(now())', onUpdate: true }),
      column('open', 'boolean', { default: true }),
    ],
    {
      compositePrimaryKeys: listed({ name: 'orders_id', columns: ['id'] }),
      uniqueConstraints: listed({ name: 'orders_kind_unique', columns: ['kind'] }),
      indexes: listed({ name: 'orders_at', columns: ['at'], isUnique: false }),
      checkConstraint: listed({ name: 'known', value: "kind <> ''" }),
    },
  );
  expect(await linesOf({ version: '5', dialect: 'mysql', tables: { orders } }, 'mysql')).toMatchInlineSnapshot(`
    [
      "orders",
      "  id bigint unsigned not null identity",
      "  kind enum(a,b) not null default 'a'",
      "  at timestamp default by now",
      "  open tinyint(1) default true",
      "  primaryKey (id)",
      "  unique orders_kind_unique (kind)",
      "  check known: kind <> ''",
      "  index orders_at (at)",
    ]
  `);
});

test('a snapshot of SQLite is read as the tables that it states', async () => {
  const orders = table(
    'orders',
    [column('id', 'integer', { ...key, autoincrement: true }), column('name', 'text', { default: "'x'" })],
    {
      indexes: listed({ name: 'orders_name', columns: ['name'], isUnique: false, where: 'name is not null' }),
      uniqueConstraints: listed({ name: 'orders_name_unique', columns: ['name'] }),
    },
  );
  expect(await linesOf({ version: '6', dialect: 'sqlite', tables: { orders } }, 'sqlite')).toMatchInlineSnapshot(`
    [
      "orders",
      "  id integer not null identity",
      "  name text default 'x'",
      "  primaryKey (id)",
      "  index orders_name (name) where name is not null",
      "  unique index orders_name_unique (name)",
    ]
  `);
});

test('what is no snapshot, or one for another database or of another format, says nothing', async () => {
  const tables = { orders: table('orders', [column('id', 'integer')]) };
  expect(await linesOf({ version: '5', dialect: 'mysql', tables }, 'postgres')).toEqual([]);
  expect(await linesOf({ version: '99', dialect: 'postgresql', tables }, 'postgres')).toEqual([]);
  for (const text of ['', '{', '[]', 'null', '{"version":"7","dialect":"postgresql","tables":[]}'])
    expect(await linesOf(text, 'postgres')).toEqual([]);
});

test('hostile snapshots end soon and in silence', async () => {
  const inTables = (tables: unknown) => ({ version: '7', dialect: 'postgresql', tables });
  expect(await linesOf('['.repeat(1_000_000), 'postgres')).toEqual([]);
  expect(
    await linesOf(inTables({ a: 1, b: { name: 'b' }, c: { name: 'c', columns: { x: null, y: {} } } }), 'postgres'),
  ).toEqual([]);
  const odd = table('a', [
    column('id', 'integer'),
    column('b', 'text); DROP TABLE a; --'),
    column('c', 'text', { default: "'" }),
  ]);
  expect(await linesOf(inTables({ a: odd }), 'postgres')).toEqual(['a', '  id integer', '  c text']);
  const wide = table(
    'w',
    Array.from({ length: 30_000 }, (_, index) => column(`c${index}`, 'text')),
  );
  expect(await linesOf(inTables({ w: wide }), 'postgres')).toEqual([]);
});

test('the newest snapshot beside a migration is found, by its number', () => {
  const found = (at: string, ...paths: string[]) => findStatedFiles(at, new Set(paths));
  const meta = (number: string, folder = 'drizzle') => `${folder}/meta/${number}_snapshot.json`;
  expect(found('drizzle/0011_x.sql', meta('0009'), meta('0010'), meta('0012', 'other'))).toEqual([meta('0010')]);
  expect(found('drizzle/20250101000000_x.sql', meta('20240101000000'))).toEqual([meta('20240101000000')]);
  expect(found('db/0001_x.sql', meta('0000'))).toEqual([]);
});
