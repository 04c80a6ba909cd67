/** What SQLite says of a default and a check of one column, and what is read of it. */
import { DatabaseSync } from 'node:sqlite';
import { expect, test } from 'vitest';
import { readSqlite } from '../../../src/frontends/sql/sqlite/read-sqlite.ts';
import { wholeFile } from '../../../src/frontends/sql/text.ts';

const broken = [
  'INTEGER DEFAULT 0 CHECK (a > 0)',
  'INTEGER DEFAULT -1 CHECK (a >= 0 AND a < 10)',
  'INTEGER DEFAULT 7 CHECK (a BETWEEN 1 AND 5)',
  "TEXT DEFAULT 'new' CHECK (a IN ('open', 'closed'))",
  'TEXT CHECK (a IS NOT NULL)',
  'TEXT CHECK (a NOTNULL)',
];
const kept = [
  'INTEGER DEFAULT 1 CHECK (a > 0)',
  'INTEGER CHECK (a > 0)',
  "TEXT DEFAULT 'open' CHECK (a IN ('open', 'closed'))",
  "TEXT DEFAULT 'x' CHECK (length(a) = 1)",
  'INTEGER DEFAULT 0 CHECK (a = 0 OR a > 5)',
];

test.each(broken)('%s fails where there are rows, and is told', (column) => {
  expect(errorOf(column)).toBe('CHECK constraint failed');
  expect(breaksOwnCheck(column)).toBe(true);
});

test.each(kept)('%s goes, and nothing is told', (column) => {
  expect(errorOf(column)).toBeUndefined();
  expect(breaksOwnCheck(column)).toBe(false);
});

function breaksOwnCheck(column: string): boolean {
  const { operations } = readSqlite(wholeFile('migration.sql', `ALTER TABLE t ADD COLUMN a ${column};`));
  const [operation] = operations;
  return operation?.kind === 'addColumn' && operation.column.ownCheck === 'broken';
}

function errorOf(column: string): string | undefined {
  const database = new DatabaseSync(':memory:');
  database.exec('CREATE TABLE t (id INTEGER); INSERT INTO t VALUES (1);');
  try {
    database.exec(`ALTER TABLE t ADD COLUMN a ${column}`);
    return undefined;
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  } finally {
    database.close();
  }
}
