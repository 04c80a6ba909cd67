import { expect, test } from 'vitest';
import { migrationAt, outline } from './builders.ts';

const cargo = { 'Cargo.toml': '[dependencies]\nsqlx = { version = "0.8", features = ["postgres"] }\n' };
const path = 'migrations/20240101000000_tax.sql';

test('a simple migration is wrapped and has no way back', async () => {
  const migration = await migrationAt(path, { [path]: 'DROP TABLE a;', ...cargo }, { database: 'sqlite' });
  expect(outline(migration)).toEqual({ transaction: 'wrapped', up: ['1@1 dropTable'], down: 'unsupported' });
});

test('a reversible one has both files', async () => {
  const up = 'migrations/20240101000000_tax.up.sql';
  expect((await migrationAt(up, { [up]: 'DROP TABLE a;', ...cargo }, { database: 'sqlite' })).down.kind).toBe(
    'missing',
  );
});

test('the marker counts as the very first characters only', async () => {
  expect(await transactionOf('-- no-transaction\nCREATE INDEX CONCURRENTLY i ON a (b);')).toBe('one-query');
  expect(await transactionOf('-- tax\n-- no-transaction\nCREATE INDEX CONCURRENTLY i ON a (b);')).toBe('wrapped');
});

async function transactionOf(text: string): Promise<string> {
  return (await migrationAt(path, { [path]: text, ...cargo })).transaction;
}
