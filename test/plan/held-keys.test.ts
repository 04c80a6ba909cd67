/** Keys that no printed migration replaces: what holds them is said by name. */
import { describe, expect, test } from 'vitest';
import type { Database } from '../../src/operations/migration.ts';
import type { Report } from '../../src/report.ts';
import { configuration, reviewed } from '../review/builders.ts';

const widen = 'ALTER TABLE orders ALTER COLUMN id TYPE bigint;';

/** Tables, and what the advice and the plan name of them. */
const held: Record<string, { tables: string; sql?: string; version?: string; names: string[] }> = {
  'a key of several columns': {
    tables: 'CREATE TABLE orders (shop_id integer, id integer, PRIMARY KEY (shop_id, id));',
    names: ['the key `orders_pkey` is of several columns'],
  },
  'a foreign key of several columns': {
    tables:
      'CREATE TABLE orders (shop_id integer, id integer PRIMARY KEY, UNIQUE (shop_id, id));\nCREATE TABLE items (shop_id integer, order_id integer, FOREIGN KEY (shop_id, order_id) REFERENCES orders (shop_id, id));',
    names: ['the key `items_shop_id_order_id_fkey` is of several columns', '`orders_shop_id_id_key`'],
  },
  'a partitioned table': {
    tables: 'CREATE TABLE orders (id integer, made date, PRIMARY KEY (id, made)) PARTITION BY RANGE (made);',
    names: ['the table `orders` is partitioned'],
  },
  'a view': {
    tables: 'CREATE TABLE orders (id integer PRIMARY KEY);\nCREATE VIEW order_ids AS SELECT id FROM orders;',
    names: ['the view `order_ids` may read it'],
  },
  'a check': {
    tables: 'CREATE TABLE orders (id integer PRIMARY KEY, CONSTRAINT numbered CHECK (id > 0));',
    names: ['the check `numbered` names id'],
  },
  'an index that computes': {
    tables: 'CREATE TABLE orders (id integer PRIMARY KEY);\nCREATE INDEX late_orders ON orders (id) WHERE id > 9;',
    names: ['the index `late_orders` computes with it'],
  },
  'another kind of type': {
    tables: 'CREATE TABLE orders (id integer PRIMARY KEY);\nCREATE TABLE items (order_id integer REFERENCES orders);',
    sql: 'ALTER TABLE orders ALTER COLUMN id TYPE uuid USING gen_random_uuid();',
    names: ['the type `integer` is no smaller integer'],
  },
  'a version that reads every row for NOT NULL': {
    tables: 'CREATE TABLE orders (id integer PRIMARY KEY);',
    version: '11',
    names: ['PostgreSQL `11` reads every row'],
  },
  'a table that no migration makes': {
    tables: 'CREATE TABLE items (id bigint PRIMARY KEY);',
    names: ['the table `orders` is not known here'],
  },
};

describe.each(Object.entries(held))('%s', (_name, { tables, sql = widen, version = '16', names }) => {
  test('is told, and nothing is printed that fails', async () => {
    const report = await reportOf(tables, sql, 'postgres', version);
    for (const name of names) {
      expect(adviceIn(report)).toContain(name);
      expect(report.plan?.roads[0]?.phases[0]?.note).toContain(name);
    }
    expect(adviceIn(report)).not.toContain('```');
    expect(report.plan?.roads.flatMap(({ phases }) => phases.flatMap(({ migrations }) => migrations))).toEqual([]);
  });
});

const others: Record<string, { database: Database; tables: string; sql: string; names: string[] }> = {
  'MySQL, a key that others point to': {
    database: 'mysql',
    tables:
      'CREATE TABLE orders (id int NOT NULL PRIMARY KEY);\nCREATE TABLE items (id bigint PRIMARY KEY, order_id int, FOREIGN KEY (order_id) REFERENCES orders (id));',
    sql: 'ALTER TABLE orders MODIFY id bigint NOT NULL;',
    names: ['the foreign key of `items` on `order_id`', '`orders.id`, `items.order_id`'],
  },
  'SQL Server, a key alone': {
    database: 'sqlserver',
    tables: 'CREATE TABLE orders (id int NOT NULL PRIMARY KEY);',
    sql: 'ALTER TABLE orders ALTER COLUMN id bigint NOT NULL;',
    names: ['5074', 'the primary key of `orders`'],
  },
};

test.each(Object.entries(others))('%s', async (_name, { database, tables, sql, names }) => {
  const report = await reportOf(tables, sql, database, database === 'mysql' ? '8.4' : '2022');
  for (const name of names) expect(adviceIn(report)).toContain(name);
  expect(adviceIn(report)).not.toContain('```');
  const [road] = report.plan?.roads ?? [];
  expect(road?.phases.map(({ title }) => title)).toEqual([
    'Drop what holds `orders.id`',
    expect.stringContaining('Change the type of `orders.id`'),
    'Add what was dropped',
  ]);
  expect(road?.phases.flatMap(({ migrations }) => migrations)).toEqual([]);
});

test('what points to a key that changes above goes along with it', async () => {
  const tables =
    'CREATE TABLE orders (id integer PRIMARY KEY);\nCREATE TABLE items (order_id integer REFERENCES orders);';
  const report = await reportOf(
    tables,
    `${widen}\nALTER TABLE items ALTER COLUMN order_id TYPE bigint;`,
    'postgres',
    '16',
  );
  expect(report.plan?.roads.map(({ subject }) => subject)).toEqual([
    '`orders.id` becomes `bigint`, with what points to it',
  ]);
  const [, second] = report.findings.filter(({ rule }) => rule === 'column-type-change');
  expect(second?.advice).toContain('goes along with what it points to');
});

test('a history that was not wholly read asks the database what else points to the key', async () => {
  const tables = 'CREATE TABLE orders (id integer PRIMARY KEY);\nSELECT make_tables();';
  const report = await reportOf(tables, widen, 'postgres', '16');
  expect(adviceIn(report)).toContain("confrelid = 'orders'::regclass");
  expect(report.plan?.roads[0]?.phases[0]?.note).toContain("confrelid = 'orders'::regclass");
});

test('a unique column that nothing points to keeps the road of any other', async () => {
  const tables = 'CREATE TABLE orders (id bigint PRIMARY KEY, number integer UNIQUE);';
  const roads = async (type: string) =>
    (await reportOf(tables, `ALTER TABLE orders ALTER COLUMN number TYPE ${type};`, 'postgres', '16')).plan?.roads;
  expect((await roads('text'))?.[0]?.phases[0]?.title).toBe('Add `orders.number_new` beside `number`');
  expect((await roads('bigint'))?.[0]?.phases[0]?.title).toContain('kept equal by triggers');
});

function reportOf(tables: string, sql: string, database: Database, version: string): Promise<Report> {
  const history = { 'db/migration/V1__first.sql': `${tables}\n` };
  return reviewed(
    { 'db/migration/V2__second.sql': `${sql}\n` },
    { history, basePaths: Object.keys(history), configuration: configuration({ database, version }) },
  );
}

function adviceIn({ findings }: Report): string {
  return findings.find(({ rule }) => rule === 'column-type-change' || rule === 'needed-by-constraint')?.advice ?? '';
}
