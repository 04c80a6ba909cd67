import { expect, test } from 'vitest';
import { loadReader, readSql } from '../../src/frontends/sql/read-sql.ts';
import { schemaLines } from '../frontends/schema-lines.ts';

async function keysAfter(text: string): Promise<string[]> {
  await loadReader('postgres');
  const { operations } = readSql({ path: 'x.sql', text, start: 0, end: text.length }, 'postgres');
  return schemaLines(operations).filter((line) => line.includes('('));
}

const orders =
  'CREATE TABLE orders (id int PRIMARY KEY, code text UNIQUE, user_id int REFERENCES users (id));\nCREATE INDEX by_code ON orders (code);\n';

test('a constraint without a name goes by the one that PostgreSQL picks', async () => {
  const dropped = `ALTER TABLE orders DROP CONSTRAINT orders_user_id_fkey, DROP CONSTRAINT orders_code_key, DROP CONSTRAINT orders_pkey;\n`;
  expect(await keysAfter(orders)).toHaveLength(4);
  expect(await keysAfter(orders + dropped)).toEqual(['  index by_code (code)']);
});

test('an index or a constraint keeps what it is under a new name', async () => {
  const renamed =
    'ALTER INDEX by_code RENAME TO orders_by_code;\nALTER TABLE orders RENAME CONSTRAINT orders_pkey TO pk;\nALTER INDEX orders_code_key RENAME TO codes;\n';
  expect(await keysAfter(orders + renamed)).toEqual([
    '  primaryKey pk (id)',
    '  unique codes (code)',
    '  foreignKey (user_id) to users (id)',
    '  index orders_by_code (code)',
  ]);
  expect(await keysAfter(`${orders + renamed}DROP INDEX orders_by_code;\n`)).toHaveLength(3);
});

test('a serial column that loses its default does not count any more', async () => {
  await loadReader('postgres');
  const text =
    'CREATE TABLE a (id serial);\nALTER TABLE a ALTER COLUMN id DROP DEFAULT, ALTER COLUMN id SET DATA TYPE text;\n';
  const { operations } = readSql({ path: 'x.sql', text, start: 0, end: text.length }, 'postgres');
  expect(schemaLines(operations)).toEqual(['a', '  id text not null']);
});
