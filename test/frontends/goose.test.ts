import type { Database, Migration } from '../../src/operations/migration.ts';
import { expect, test } from 'vitest';
import { claimOn, migrationAt, outline } from './builders.ts';

const path = 'migrations/00007_tax.sql';

async function goose(text: string, database: Database = 'sqlite'): Promise<Migration> {
  return await migrationAt(path, { [path]: text }, { database });
}

test('both directions are read, with the lines of the file and statements counted per direction', async () => {
  const migration = await goose(
    '-- +goose Up\nALTER TABLE orders ADD COLUMN tax integer;\nDROP TABLE old;\n\n-- +goose Down\nALTER TABLE orders DROP COLUMN tax;\n',
  );
  expect(outline(migration)).toEqual({
    transaction: 'wrapped',
    up: ['1@2 addColumn', '2@3 dropTable'],
    down: ['1@6 dropColumn'],
  });
  expect(migration).toMatchObject({ framework: 'goose', path, version: '00007', statements: 2, status: 'added' });
  expect(migration.up[0]?.span).toEqual({ path, startLine: 2, endLine: 2, startColumn: 1, endColumn: 41 });
});

test('annotations are read in any case, and only at the first column', async () => {
  expect(outline(await goose('--   +goose up\r\nDROP TABLE a;\r\n-- +GOOSE DOWN\r\n')).down).toBe('empty');
  expect(claimOn(path, { [path]: ' -- +goose Up\nDROP TABLE a;' })?.framework).toBe('plain-sql');
});

test('NO TRANSACTION anywhere takes both directions out of the transaction', async () => {
  expect((await goose('-- +goose NO TRANSACTION\n-- +goose Up\nDROP TABLE a;\n')).transaction).toBe('none');
  expect((await goose('-- +goose Up\n-- +goose no transaction\nDROP TABLE a;\n')).transaction).toBe('none');
});

test('a file without a down annotation has no way back', async () => {
  expect((await goose('-- +goose Up\nDROP TABLE a;\n')).down).toEqual({ kind: 'missing' });
});

test('a down direction that only selects or comments is empty', async () => {
  expect((await goose("-- +goose Up\nDROP TABLE a;\n-- +goose Down\nSELECT 'down SQL query';\n")).down.kind).toBe(
    'empty',
  );
});

test('what stands between StatementBegin and StatementEnd is one statement', async () => {
  const migration = await goose(
    [
      '-- +goose Up',
      'DROP TABLE a;',
      '-- +goose StatementBegin',
      'CREATE TABLE b (id integer);',
      'CREATE TABLE c (id integer);',
      '-- +goose StatementEnd',
      'DROP TABLE d;',
    ].join('\n'),
  );
  expect(outline(migration).up).toEqual(['1@2 dropTable', '2@4 createTable', '2@5 createTable', '3@7 dropTable']);
  expect(migration.statements).toBe(3);
});

test('a function that is made in one stretch is read where another one calls it', async () => {
  const migration = await goose(
    [
      '-- +goose Up',
      '-- +goose StatementBegin',
      'CREATE FUNCTION tidy() RETURNS void LANGUAGE plpgsql AS $$ BEGIN',
      'DROP TABLE a;',
      'END $$;',
      '-- +goose StatementEnd',
      'SELECT tidy();',
    ].join('\n'),
    'postgres',
  );
  expect(outline(migration).up).toEqual(['1@3 createObject', '2@4 dropTable']);
});

test('a statement that is filled in from the environment is not known, its neighbours are', async () => {
  const migration = await goose(
    '-- +goose Up\n-- +goose ENVSUB ON\nDROP TABLE ${SCHEMA}_a;\nDROP TABLE b;\n-- +goose ENVSUB OFF\nDROP TABLE c;\n',
  );
  expect(outline(migration).up).toEqual(['1@3 opaque', '2@4 dropTable', '3@6 dropTable']);
  expect(migration.up[0]).toMatchObject({ reason: 'goose fills in environment variables there when it runs' });
});

test('a statement before the annotation is said, not dropped, and comments there are kept', async () => {
  const migration = await goose('-- allow: everything\nDROP TABLE a;\n-- +goose Up\nDROP TABLE b;\n');
  expect(outline(migration).up).toEqual(['1@2 opaque', '2@4 dropTable']);
  expect(migration.comments.map((comment) => comment.span.startLine)).toEqual([1]);
});
