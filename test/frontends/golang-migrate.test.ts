import { expect, test } from 'vitest';
import { migrationAt, outline } from './builders.ts';

const go = { 'go.mod': 'require github.com/lib/pq v1.10.9' };
const up = 'my migrations/000001_tax.up.sql';
const pair = { [up]: 'DROP TABLE a;', 'my migrations/000001_tax.down.sql': 'DROP TABLE b;', ...go };

test('both files are one migration', async () => {
  expect(outline(await migrationAt(up, pair, { database: 'sqlite' }))).toMatchObject({
    up: ['1@1 dropTable'],
    down: ['1@1 dropTable'],
  });
});

test.each([
  ['postgres', 'one-query'],
  ['mysql', 'none'],
  ['sqlite', 'wrapped'],
  ['unknown', 'unknown'],
] as const)('on %s a file is %s', async (database, transaction) => {
  expect((await migrationAt(up, pair, { database })).transaction).toBe(transaction);
});

test('a down file whose up file is not at hand does not read as safe', async () => {
  const down = 'my migrations/000001_tax.down.sql';
  expect(outline(await migrationAt(down, { [down]: 'DROP TABLE b;', ...go }, { database: 'sqlite' }))).toEqual({
    transaction: 'unknown',
    up: ['1@1 opaque'],
    down: ['1@1 dropTable'],
  });
});
