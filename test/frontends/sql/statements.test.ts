/** Reads every statement of test/statements/ and compares all of its operations, without spans, with what was written down by hand. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import type { Operation } from '../../../src/operations/operation.ts';
import { readMariadb, readMysql } from '../../../src/frontends/sql/mysql/read-mysql.ts';
import { readPostgres } from '../../../src/frontends/sql/postgres/read-postgres.ts';
import type { SqlReader } from '../../../src/frontends/sql/read-sql.ts';
import { readSqlite } from '../../../src/frontends/sql/sqlite/read-sqlite.ts';
import { readSqlserver } from '../../../src/frontends/sql/sqlserver/read-sqlserver.ts';
import { wholeFile } from '../../../src/frontends/sql/text.ts';

/** One row per list: `<database>.txt` holds the statements, `<database>.expected.json` the operations of each, in the same order. */
const readers: Record<string, SqlReader> = {
  mariadb: readMariadb,
  mysql: readMysql,
  postgres: readPostgres,
  sqlite: readSqlite,
  sqlserver: readSqlserver,
};

type Expected = { statement: string; operations: Unlocated[] };
type Unlocated = Record<string, unknown>;

describe.each(Object.entries(readers))('%s', (database, read) => {
  const statements = statementsOf(database);
  const expected = expectedOf(database);

  test('has an expectation for every statement of its list, in the same order', () => {
    expect(expected.map(({ statement }) => statement)).toEqual(statements);
  });

  test.each(expected)('reads $statement', ({ statement, operations }) => {
    const reading = read(wholeFile('migration.sql', statement));
    expect(reading.operations.map(withoutPlace)).toEqual(operations);
  });
});

function statementsOf(database: string): string[] {
  return readFileSync(join(import.meta.dirname, '../../statements', `${database}.txt`), 'utf8')
    .split(/^---$/m)
    .map((statement) => statement.trim())
    .filter((statement) => statement !== '');
}

function expectedOf(database: string): Expected[] {
  const path = join(import.meta.dirname, '../../statements', `${database}.expected.json`);
  return JSON.parse(readFileSync(path, 'utf8')) as Expected[]; // the file is ours
}

/** Every statement of a list stands alone, so that its number says nothing. */
function withoutPlace({ span: _span, statement: _statement, ...rest }: Operation): Unlocated {
  return rest;
}
