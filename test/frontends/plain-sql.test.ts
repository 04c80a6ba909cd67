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

test.each([
  [path, '-- tool:migrations NO TRANSACTION\nDROP TABLE a;\n', 'none'],
  [path, '-- +migrate Up notransaction\nDROP TABLE a;\n', 'none'],
  ['db/migrations/001_tax.postgres.autocommit.sql', 'DROP TABLE a;\n', 'none'],
  [path, '-- this needs no transaction, as it is one statement\nDROP TABLE a;\n', 'unknown'],
])(
  'whether a transaction is opened is known where the file says that none is: %s %j',
  async (at, text, transaction) => {
    expect(outline(await migrationAt(at, { [at]: text }, { database: 'postgres' }))).toMatchObject({ transaction });
  },
);
