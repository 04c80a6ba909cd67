import { expect, test } from 'vitest';
import { migrationAt, outline } from './builders.ts';

const path = 'db/migrations/001_tax.sql';

test.each([
  '-- +migrate Up\nDROP TABLE a;\n-- +migrate Down\nDROP TABLE b;\n',
  '-- UP\nDROP TABLE a;\n--- DOWN ---\nDROP TABLE b;\n',
])('sections of home-made runners are kept apart: %j', async (text) => {
  expect(outline(await migrationAt(path, { [path]: text }, { database: 'sqlite' }))).toEqual({
    transaction: 'unknown',
    up: ['1@2 dropTable'],
    down: ['1@4 dropTable'],
  });
});

test('a comment that mentions a direction is no marker', async () => {
  const text = '-- set up the tables\nDROP TABLE a;\n-- write down the reason\nDROP TABLE b;\n';
  expect(outline(await migrationAt(path, { [path]: text }, { database: 'sqlite' })).up).toHaveLength(2);
});
