import { expect, test } from 'vitest';
import { configuration, outline, reviewed } from './builders.ts';

test('databases that share a folder by the endings of their files have a schema each', async () => {
  const files = {
    'migrations/000002_carts.mysql.up.sql': 'CREATE TABLE carts (id bigint PRIMARY KEY, owner bigint);\n',
  };
  const earlier = { 'migrations/000001_carts.postgres.up.sql': 'CREATE TABLE carts (id bigint PRIMARY KEY);\n' };
  const { database: _, version: __, ...settings } = configuration();
  const said = async (history: Record<string, string>) =>
    outline(await reviewed(files, { history, basePaths: Object.keys(history), configuration: settings }));
  expect(await said(earlier)).toEqual([]);
  const own = { 'migrations/000001_carts.mysql.up.sql': 'CREATE TABLE carts (id bigint PRIMARY KEY);\n' };
  expect(await said({ ...earlier, ...own })).toEqual([
    'error name-already-taken migrations/000002_carts.mysql.up.sql:1',
  ]);
});
