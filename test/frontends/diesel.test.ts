import { expect, test } from 'vitest';
import { migrationAt, outline, type Files } from './builders.ts';

const folder = 'migrations/2024-01-01-000000_tax';
const path = `${folder}/up.sql`;
const pair = { [path]: 'DROP TABLE a;', [`${folder}/down.sql`]: 'CREATE TABLE a (id integer);\n' };

test('both files are one migration, wrapped', async () => {
  const expected = { transaction: 'wrapped', up: ['1@1 dropTable'], down: ['1@1 createTable'] };
  expect(outline(await migrationAt(path, pair, { database: 'sqlite' }))).toEqual(expected);
  expect(outline(await migrationAt(`${folder}/down.sql`, pair, { database: 'sqlite' }))).toEqual(expected);
});

test.each([
  ['run_in_transaction = false\n', 'postgres', 'one-query'],
  ['run_in_transaction = false # indexes\n', 'sqlite', 'none'],
  ['run_in_transaction = true\n', 'sqlite', 'wrapped'],
] as const)('metadata.toml with %j on %s is %s', async (text, database, transaction) => {
  const files = { ...pair, [`${folder}/metadata.toml`]: text };
  expect((await migrationAt(path, files, { database })).transaction).toBe(transaction);
});

test('a change of metadata.toml alone is a change of the migration', async () => {
  const files: Files = { ...pair, [`${folder}/metadata.toml`]: 'run_in_transaction = false\n' };
  expect(await migrationAt(`${folder}/metadata.toml`, files, { database: 'sqlite' })).toMatchObject({
    path,
    transaction: 'none',
  });
});

test('a missing, an empty and an unread down file are told apart', async () => {
  expect(await downOf()).toBe('missing');
  expect(await downOf('-- This file should undo anything in `up.sql`\n')).toBe('empty');
  expect(await downOf(true)).toEqual(['1@1 opaque']);
});

async function downOf(text?: string | true): Promise<string | string[]> {
  const files: Files = { [path]: 'DROP TABLE a;', ...(text === undefined ? {} : { [`${folder}/down.sql`]: text }) };
  return outline(await migrationAt(path, files, { database: 'sqlite' })).down;
}
