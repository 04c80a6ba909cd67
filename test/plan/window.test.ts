import { expect, test } from 'vitest';
import type { TableSize } from '../../src/operations/configuration.ts';
import type { Database } from '../../src/operations/migration.ts';
import { configuration, reviewed } from '../review/builders.ts';

const tables = `CREATE TABLE users (id bigint PRIMARY KEY);
CREATE TABLE orders (id bigint PRIMARY KEY, user_id bigint);
CREATE INDEX orders_user ON orders (user_id);
`;
const key = 'ALTER TABLE orders ADD CONSTRAINT orders_user_fk FOREIGN KEY (user_id) REFERENCES users (id);\n';

const versions: Partial<Record<Database, string>> = { mysql: '8.0', sqlserver: '2019' };

async function windowsOf(database: Database, orders: TableSize, sql = key): Promise<string[]> {
  const { plan } = await reviewed(
    { 'db/V2__key.sql': sql },
    {
      history: { 'db/V1__tables.sql': tables },
      configuration: configuration({
        database,
        version: versions[database] ?? '16',
        tables: { orders, users: 'small' },
      }),
    },
  );
  return plan?.roads.flatMap(({ phases }) => phases.flatMap(({ window }) => window ?? [])) ?? [];
}

test('a phase that copies a large table while writers wait takes a window, which is announced', async () => {
  const [window, ...more] = await windowsOf('mysql', 'large');
  expect(more).toEqual([]);
  expect(window).toContain('nobody writes `orders`, and reads go on (stated as large)');
  expect(window).toContain('the run on a copy tells');
  expect(window).toContain('"From … to … what is kept in `orders` can be read, but not be changed."');
  expect(await windowsOf('mysql', 'unknown')).toEqual([expect.stringContaining('its size is not known here')]);
});

test('where readers wait too, it is said', async () => {
  expect(await windowsOf('sqlserver', 'hot')).toEqual([expect.stringContaining('nobody reads or writes `orders`')]);
});

test('a table that is small, and phases that let the others go on, take none', async () => {
  expect(await windowsOf('mysql', 'small')).toEqual([]);
  expect(await windowsOf('mysql', 'medium')).toEqual([]);
  expect(await windowsOf('postgres', 'hot')).toEqual([]);
  expect(await windowsOf('mysql', 'hot', 'CREATE UNIQUE INDEX one ON orders (user_id);\n')).toEqual([]);
});
