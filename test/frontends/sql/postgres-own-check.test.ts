/** What PostgreSQL says of a column that comes with a check, and what is read of it. */
import { PGlite } from '@electric-sql/pglite';
import { afterAll, expect, test } from 'vitest';
import { readPostgres } from '../../../src/frontends/sql/postgres/read-postgres.ts';
import { wholeFile } from '../../../src/frontends/sql/text.ts';

const server = await PGlite.create();
await server.exec('CREATE TABLE t (id integer, b integer); INSERT INTO t VALUES (1, 1);');
afterAll(() => server.close());

const broken = [
  'integer NOT NULL DEFAULT 0 CHECK (a > 0)',
  'integer DEFAULT -1 CHECK (a >= 0 AND a < 10)',
  'integer DEFAULT 7 CHECK (a BETWEEN 1 AND 5)',
  'integer DEFAULT 3 CHECK (a NOT BETWEEN 1 AND 5)',
  'numeric(10, 2) DEFAULT 0 CHECK (a > 0.5)',
  'numeric DEFAULT 0.25 CHECK (a > 0.5)',
  "text DEFAULT 'new' CHECK (a IN ('open', 'closed'))",
  "text DEFAULT 'new' CHECK (a NOT IN ('new', 'old'))",
  "varchar(10) DEFAULT 'new' CHECK (a::text = ANY (ARRAY['open'::varchar, 'closed'::varchar]::text[]))",
  "text DEFAULT '' CHECK (a <> '')",
  'text CHECK (a IS NOT NULL)',
  'boolean NOT NULL DEFAULT false CHECK (a)',
  'boolean DEFAULT true CHECK (NOT a)',
  'integer CHECK (a IS DISTINCT FROM NULL)',
  'integer DEFAULT 1 CHECK (a > 0) CHECK (a > 1)',
];
const obeyed = [
  'integer DEFAULT 5 CHECK (a >= 0)',
  'integer CHECK (a >= 0)',
  'integer DEFAULT 0 CHECK (a = 0 OR a > 5)',
  "date CHECK (a > '2020-01-01'::date)",
  'integer CHECK (a > b)',
  "text DEFAULT 'open' CHECK (a IN ('open', 'closed'))",
  "text DEFAULT 'open'::text CHECK (a = ANY (ARRAY['open', 'closed']))",
  'timestamptz CHECK (a > now())',
  'boolean CHECK (a)',
];
const unknown = [
  "text DEFAULT 'x' CHECK (length(a) = 1)",
  "text DEFAULT 'b' CHECK (a > 'a')",
  "char(3) DEFAULT 'a' CHECK (a = 'a')",
  'real DEFAULT 0.1 CHECK (a > 0)',
  'integer DEFAULT 1 CHECK (a >= b)',
  'integer DEFAULT 1 + 1 CHECK (a > 1)',
  'integer GENERATED ALWAYS AS IDENTITY CHECK (a > 0)',
  "timestamptz DEFAULT now() CHECK (a > now() - interval '1 day')",
];

test.each(broken)('%s fails where there are rows, and is told', async (column) => {
  expect(await errorOf(column)).toBe('23514');
  expect(ownCheck(column)).toBe('broken');
});

test.each(obeyed)('%s goes, and is told to', async (column) => {
  expect(await errorOf(column)).toBeUndefined();
  expect(ownCheck(column)).toBe('obeyed');
});

test.each(unknown)('%s goes, and nothing is told', async (column) => {
  expect(await errorOf(column)).toBeUndefined();
  expect(ownCheck(column)).toBeUndefined();
});

test.each([
  'integer NOT NULL CHECK (a IS NOT NULL)',
  'amount CHECK (a IS NOT NULL)',
  'integer[] CHECK (a IS NOT NULL)',
])('nothing is told of %s, which fails otherwise or may have a value', (column) => {
  expect(ownCheck(column)).toBeUndefined();
});

function ownCheck(column: string): string | undefined {
  const { operations } = readPostgres(wholeFile('migration.sql', `ALTER TABLE t ADD COLUMN a ${column};`));
  const [operation] = operations;
  return operation?.kind === 'addColumn' ? operation.column.ownCheck : undefined;
}

async function errorOf(column: string): Promise<string | undefined> {
  await server.exec('BEGIN');
  try {
    await server.exec(`ALTER TABLE t ADD COLUMN a ${column}`);
    return undefined;
  } catch (error) {
    return error instanceof Error && 'code' in error ? String(error.code) : String(error);
  } finally {
    await server.exec('ROLLBACK');
  }
}
