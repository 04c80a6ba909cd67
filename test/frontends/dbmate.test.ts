import { expect, test } from 'vitest';
import type { Database, Migration } from '../../src/operations/migration.ts';
import { migrationAt, outline } from './builders.ts';

const path = 'db/migrations/20240101000000_tax.sql';

async function dbmate(text: string, database: Database = 'sqlite'): Promise<Migration> {
  return await migrationAt(path, { [path]: text }, { database });
}

test('both blocks are read', async () => {
  const migration = await dbmate('-- migrate:up\nDROP TABLE a;\n\n-- migrate:down\nCREATE TABLE a (id integer);\n');
  expect(outline(migration)).toEqual({ transaction: 'wrapped', up: ['1@2 dropTable'], down: ['1@5 createTable'] });
  expect(migration).toMatchObject({ framework: 'dbmate', version: '20240101000000' });
});

test.each([
  ['postgres', 'one-query'],
  ['mysql', 'none'],
  ['unknown', 'unknown'],
] as const)('transaction:false sends the block whole: on %s that is %s', async (database, transaction) => {
  const text = '-- migrate:up transaction:false\nDROP TABLE a;\n-- migrate:down\n';
  expect((await dbmate(text, database)).transaction).toBe(transaction);
});

test('an option of the down block does not concern the up block', async () => {
  expect((await dbmate('-- migrate:up\nDROP TABLE a;\n-- migrate:down transaction:false\n')).transaction).toBe(
    'wrapped',
  );
});

test('a file that dbmate refuses reads as nothing safe', async () => {
  const early = await dbmate('DROP TABLE a;\n-- migrate:up\nDROP TABLE b;\n-- migrate:down\n');
  expect(outline(early)).toMatchObject({ up: ['1@1 opaque', '2@3 dropTable'], down: 'empty' });
  const upsideDown = await dbmate('-- migrate:down\nDROP TABLE a;\n-- migrate:up\nDROP TABLE b;\n');
  expect(outline(upsideDown)).toMatchObject({ up: ['1@2 opaque', '2@4 opaque'], down: 'missing' });
});
