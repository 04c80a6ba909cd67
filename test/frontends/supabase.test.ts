import { expect, test } from 'vitest';
import { databaseOf, migrationAt } from './builders.ts';

const path = 'supabase/migrations/20240101000000_tax.sql';

test('it is PostgreSQL in one transaction, except for statements that newer versions take out of it', async () => {
  expect(databaseOf(path, { [path]: 'SELECT 1;', 'package.json': '{"dependencies":{"mysql2":"3"}}' })).toBe('postgres');
  expect((await migrationAt(path, { [path]: 'DROP TABLE a;' })).transaction).toBe('wrapped');
  expect((await migrationAt(path, { [path]: 'DROP INDEX CONCURRENTLY i;' })).transaction).toBe('unknown');
});
