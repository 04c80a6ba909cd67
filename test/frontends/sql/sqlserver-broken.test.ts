/** SQL Server: what is broken or hostile is opaque, and harms nothing around it. */
import { describe, expect, test } from 'vitest';
import type { SqlReading } from '../../../src/frontends/sql/read-sql.ts';
import { readSqlserver } from '../../../src/frontends/sql/sqlserver/read-sqlserver.ts';
import { wholeFile } from '../../../src/frontends/sql/text.ts';
import type { Operation } from '../../../src/operations/operation.ts';

describe('what cannot be read', () => {
  test('a broken statement is opaque at its own line, and its neighbours are read', () => {
    const { operations } = read('DROP TABLE a;\nCRAETE TABLE b (c int);\nCREATE TABLE d (e int;\nDROP TABLE f;');
    expect(operations.map(({ kind, span }) => [kind, span.startLine])).toEqual([
      ['dropTable', 1],
      ['opaque', 2],
      ['opaque', 3],
      ['dropTable', 4],
    ]);
  });

  test.each([
    ["DROP TABLE a SELECT 'b", ['dropTable', 'opaque']],
    ['DROP TABLE a DROP TABLE [b', ['dropTable', 'opaque']],
    ['DROP TABLE a /* DROP TABLE b', ['dropTable', 'opaque']],
    ['DROP TABLE a END DROP TABLE b', ['dropTable', 'opaque', 'dropTable']],
    ['BEGIN DROP TABLE a', ['dropTable', 'opaque']],
    ['IF 1 = 1', ['opaque']],
    ['ELSE DROP TABLE a', ['opaque', 'dropTable']],
    ['SET; DROP TABLE a', ['opaque', 'dropTable']],
    ['ALTER; DROP TABLE a', ['opaque', 'dropTable']],
    ["EXEC sp_rename 'a', 'b', 'COLUMN' DROP TABLE a", ['opaque', 'dropTable']],
    ['ALTER TABLE a ALTER COLUMN b int NOT NUL; DROP TABLE a', ['opaque', 'dropTable']],
    ['ALTER TABLE a FROBNICATE; DROP TABLE a', ['opaque', 'dropTable']],
    ["BACKUP DATABASE a TO DISK = N'b' DROP TABLE a", ['opaque', 'dropTable']],
    [':r other.sql', ['opaque']],
  ])('%s', (text, expected) => {
    expect(kinds(text)).toEqual(expected);
  });

  test('nesting deeper than anyone writes is opaque, without harm to the next batch', () => {
    const text = `${'IF 1 = 1 '.repeat(20_000)} DROP TABLE a\nGO\n${'BEGIN '.repeat(20_000)}\nGO\nDROP TABLE b`;
    expect(new Set(kinds(text))).toEqual(new Set(['opaque', 'dropTable']));
    expect(kinds(text).at(-1)).toBe('dropTable');
  });

  test('strings of SQL in strings of SQL are read to a depth', () => {
    expect(kinds(nested(3))).toEqual(['dropTable']);
    expect(kinds(nested(12))).toEqual(['opaque']);
  });

  test.each([
    ['parentheses', `CREATE TABLE a (b int CHECK ${'('.repeat(20_000)}b > 1${')'.repeat(20_000)}) DROP TABLE a`],
    ['sums', `CREATE TABLE a (b int DEFAULT (1${' + 1'.repeat(20_000)})) DROP TABLE a`],
    ['columns', `CREATE TABLE a (${'b int, '.repeat(20_000)} c int) DROP TABLE a`],
  ])('%s without end are read all the same', (_what, text) => {
    expect(kinds(text)).toEqual(['createTable', 'dropTable']);
  });

  test('an insert of two megabytes is one statement', () => {
    const rows = Array.from({ length: 60_000 }, (_, row) => `(${row}, N'some text ${row}', NULL)`).join(', ');
    expect(kinds(`INSERT INTO a VALUES ${rows} DROP TABLE a`)).toEqual(['insertRows', 'dropTable']);
  });

  test.each([
    ['nothing', ''],
    ['semicolons', ';;;'],
    ['zero bytes', '\0\0'],
    ['batches of nothing', 'GO\nGO 5\n'],
  ])('%s is nothing', (_what, text) => {
    expect(read(text)).toMatchObject({ operations: [], statements: 0 });
  });
});

function read(text: string): SqlReading {
  return readSqlserver(wholeFile('migration.sql', text));
}

function kinds(text: string): Operation['kind'][] {
  return read(text).operations.map(({ kind }) => kind);
}

function nested(depth: number): string {
  let text = 'DROP TABLE a';
  for (let level = 0; level < depth; level++) text = `EXEC(N'${text.replaceAll("'", "''")}')`;
  return text;
}
