import { expect, test, vi } from 'vitest';
import { goose } from '../../src/frontends/goose/index.ts';
import { migrationAt, outline } from './builders.ts';

const path = 'migrations/001_events.sql';

test('without a known database every statement is opaque and says what settles it', async () => {
  const migration = await migrationAt(path, { [path]: 'ALTER TABLE a ADD b integer;\n\nDROP TABLE c;\n' });
  expect(outline(migration).up).toEqual(['1@1 opaque', '2@3 opaque']);
  expect(migration).toMatchObject({ database: 'unknown', statements: 2 });
  expect(migration.up[0]).toMatchObject({
    reason: 'which database it is for could not be told; `database:` in `.github/plimsoll.yml` settles it',
  });
});

test('ClickHouse SQL is named, also where the configuration says PostgreSQL for the whole repository', async () => {
  const text =
    'CREATE TABLE events (id UInt64) ENGINE = ReplacingMergeTree ORDER BY id;\nALTER TABLE events DELETE WHERE id = 1;';
  const migration = await migrationAt(path, { [path]: text }, { database: 'postgres' });
  expect(migration.database).toBe('unknown');
  expect(migration.up).toHaveLength(2);
  for (const operation of migration.up)
    expect(operation).toMatchObject({ kind: 'opaque', reason: 'ClickHouse SQL is not read' });
});

test('a frontend that fails makes one opaque operation and no exception', async () => {
  const failing = vi.spyOn(goose, 'read').mockImplementation(() => {
    throw new RangeError('Maximum call stack size exceeded');
  });
  const migration = await migrationAt(path, { [path]: '-- +goose Up\nDROP TABLE a;' });
  failing.mockRestore();
  expect(migration.up).toMatchObject([
    { kind: 'opaque', reason: 'the reader failed (RangeError)', span: { path, startLine: 1 } },
  ]);
});

test('a framework that is not known here is said', async () => {
  const migration = await migrationAt(path, { [path]: 'DROP TABLE a;' }, { framework: 'liquibase' });
  expect(migration.up).toMatchObject([{ kind: 'opaque', reason: 'its framework is not known here' }]);
});

test('what is known of the migration is passed on, and nothing else appears', async () => {
  const settings = { database: 'sqlite', databaseVersion: '3.45', status: 'modified' } as const;
  expect(await migrationAt(path, { [path]: '-- why\nDROP TABLE a;' }, settings)).toEqual({
    path,
    framework: 'plain-sql',
    database: 'sqlite',
    databaseVersion: '3.45',
    status: 'modified',
    version: '001',
    transaction: 'unknown',
    up: [
      {
        kind: 'dropTable',
        table: 'a',
        statement: 1,
        span: { path, startLine: 2, endLine: 2, startColumn: 1, endColumn: 12 },
      },
    ],
    down: { kind: 'unsupported' },
    statements: 1,
    comments: [{ text: '-- why', span: { path, startLine: 1, endLine: 1, startColumn: 1, endColumn: 6 } }],
  });
});
