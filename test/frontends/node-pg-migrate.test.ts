import { expect, test } from 'vitest';
import { databaseOf, migrationAt, outline } from './builders.ts';

const path = 'migrations/1700000000000_tax.sql';
const manifest = { 'package.json': '{"dependencies":{"node-pg-migrate":"^7.0.0","mysql2":"^3"}}' };

async function migrated(text: string): Promise<ReturnType<typeof outline>> {
  return outline(await migrationAt(path, { [path]: text, ...manifest }, { database: 'sqlite' }));
}

test('both directions are read', async () => {
  expect(
    await migrated('-- Up Migration\nDROP TABLE a;\n\n---- Down Migration\nCREATE TABLE a (id integer);\n'),
  ).toEqual({
    transaction: 'wrapped',
    up: ['1@2 dropTable'],
    down: ['1@5 createTable'],
  });
});

test('without an up marker the tool runs the whole file, also what stands under the down marker', async () => {
  expect(await migrated('DROP TABLE a;\n-- Down Migration\nDROP TABLE b;\n')).toMatchObject({
    up: ['1@1 dropTable', '2@3 dropTable'],
    down: ['1@3 dropTable'],
  });
});

test('without any marker the file is the up direction and there is no way back', async () => {
  expect(await migrated('DROP TABLE a;\n')).toMatchObject({ up: ['1@1 dropTable'], down: 'missing' });
});

test('the down direction may stand first, and SQL above the first marker is not run', async () => {
  expect(
    await migrated('DROP TABLE x;\n-- down migration\nDROP TABLE a;\n-- up migration\nDROP TABLE b;\n'),
  ).toMatchObject({
    up: ['1@1 opaque', '2@5 dropTable'],
    down: ['1@3 dropTable'],
  });
});

test('it is for PostgreSQL, whatever else the project uses', async () => {
  expect(databaseOf(path, { [path]: 'SELECT 1;', ...manifest })).toBe('postgres');
});
