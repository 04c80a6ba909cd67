import { expect, test } from 'vitest';
import { databaseOf, migrationAt, outline } from './builders.ts';

const path = 'drizzle/0001_odd_hulk.sql';
const journal = { 'drizzle/meta/_journal.json': '{"version":"7","dialect":"postgresql","entries":[]}' };

test('statements are cut at breakpoints, with or without a semicolon, and keep their lines', async () => {
  const text = 'DROP TABLE a;--> statement-breakpoint\nDROP TABLE b\n--> statement-breakpoint\nDROP TABLE c;';
  const migration = await migrationAt(path, { [path]: text, ...journal }, { database: 'sqlite' });
  expect(outline(migration)).toEqual({
    transaction: 'wrapped',
    up: ['1@1 dropTable', '2@2 dropTable', '3@4 dropTable'],
    down: 'unsupported',
  });
  expect(migration.comments).toEqual([]);
});

test.each([
  ['the journal', journal, 'postgres'],
  ['the older journal', { 'drizzle/meta/_journal.json': '{"dialect":"pg"}' }, 'postgres'],
  [
    'the configuration',
    {
      'drizzle/meta/_journal.json': '{',
      'drizzle.config.ts': "export default defineConfig({ out: './drizzle', dialect: 'mysql' });",
    },
    'mysql',
  ],
  ['a dialect that is not read here', { 'drizzle/meta/_journal.json': '{"dialect":"singlestore"}' }, 'unknown'],
])('%s tells the database', async (_, files, database) => {
  expect(databaseOf(path, { [path]: 'SELECT 1;', ...files })).toBe(database);
});

test('over HTTP there may be no transaction', async () => {
  const files = { ...journal, 'drizzle.config.ts': "export default { dialect: 'sqlite', driver: 'd1-http' };" };
  expect((await migrationAt(path, { [path]: 'SELECT 1;', ...files })).transaction).toBe('unknown');
});
