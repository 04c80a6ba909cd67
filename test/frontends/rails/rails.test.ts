import { expect, test } from 'vitest';
import { claimOn, databaseOf } from '../builders.ts';
import { readChange, readRuby } from './reading.ts';

const text = 'class A < ActiveRecord::Migration[7.1]\n  def change\n  end\nend\n';

test.each([
  ['db/migrate/20260101000000_add_x.rb', '20260101000000'],
  ['db/migrate/20260101000000_create_blobs.active_storage.rb', '20260101000000'],
  ['db/post_migrate/20260101000000_add_x.rb', '20260101000000'],
  ['db/animals_migrate/20260101000000_add_x.rb', '20260101000000'],
  ['engines/billing/db/migrate/20260101000000_add_x.rb', '20260101000000'],
  ['src/api/db/data/20260101000000_move_x.rb', '20260101000000'],
  ['db/migrate/018_create_acls.rb', '018'],
  ['lib/tasks/deployment/20260101000000_move_x.rake', '20260101000000'],
])('%s is a migration', (path, version) => {
  expect(claimOn(path, { [path]: text })).toMatchObject({ framework: 'rails', migration: path, version });
});

test.each([
  'db/schema.rb',
  'db/structure.sql',
  'db/seeds.rb',
  'db/migrate/helper.rb',
  'spec/db/migrate/20260101000000_add_x.rb',
  'app/models/20260101_x.rb',
  'app/tasks/maintenance/plain_task.rb',
])('%s is none', (path) => {
  expect(claimOn(path, { [path]: '' })).toBeUndefined();
});

test('the database is that of config/database.yml, or of the Gemfile', () => {
  const path = 'db/migrate/20260101000000_add_x.rb';
  expect(databaseOf(path, { [path]: text, 'config/database.yml': 'production:\n  adapter: mysql2\n' })).toBe('mysql');
  expect(databaseOf(path, { [path]: text, Gemfile: 'gem "pg", "~> 1.5"\n' })).toBe('postgres');
});

test('operations stand where the call does, SQL where the string does, also with something put in', async () => {
  const { up } = await readChange(
    ['    add_column :a, :b, :string', '    name = "long_name_of_a_table"', '    execute "DROP TABLE #{name}, x"'].join(
      '\n',
    ),
  );
  expect(up.map(({ kind, span }) => [kind, span.startLine, span.startColumn, span.endColumn])).toEqual([
    ['addColumn', 3, 5, 30],
    ['dropTable', 5, 14, 34],
    ['dropTable', 5, 14, 34],
  ]);
});

test('comments are kept with their places', async () => {
  const { comments } = await readChange('    # plimsoll: allow drop-table, because it is empty\n    drop_table :a');
  expect(comments).toMatchObject([{ text: expect.stringContaining('allow drop-table'), span: { startLine: 3 } }]);
});

test.each([
  ['4.2', { nullable: true }, 'integer', []],
  ['5.0', { nullable: false }, 'integer', []],
  ['6.1', { nullable: false }, 'bigint', []],
  ['7.0', { nullable: false }, 'bigint', [6]],
])('version %s decides what timestamps and keys are', async (version, timestamp, key, precision) => {
  const { up } = await readChange('    create_table(:a) { |t| t.timestamps }', { version });
  const [created] = up;
  const columns = created?.kind === 'createTable' ? created.columns : [];
  expect(columns[0]?.type?.name).toBe(key);
  expect(columns[1]).toMatchObject({ ...timestamp, type: { arguments: precision } });
});

test('a transaction is opened where the database can take schema changes back', async () => {
  for (const [database, transaction] of [
    ['postgres', 'wrapped'],
    ['sqlite', 'wrapped'],
    ['mysql', 'none'],
    ['unknown', 'unknown'],
  ] as const)
    expect((await readRuby(text, { database })).transaction).toBe(transaction);
  const without = text.replace('  def', '  disable_ddl_transaction!\n  def');
  expect((await readRuby(without)).transaction).toBe('none');
});

test('a task of after_party is the data work in its block', async () => {
  const task = [
    'namespace :after_party do',
    '  task fill_grades: :environment do',
    '    Sailor.where(grade: nil).update_all(grade: "mate")',
    '    AfterParty::TaskRecord.create version: AfterParty::TaskRecorder.new(__FILE__).timestamp',
    '  end',
    'end',
  ].join('\n');
  const { up, down, transaction } = await readRuby(task, {
    path: 'lib/tasks/deployment/20260101000000_fill_grades.rake',
  });
  expect([transaction, down.kind]).toEqual(['none', 'unsupported']);
  expect(up).toMatchObject([
    { kind: 'runCode', code: 'Sailor', does: 'application code' },
    { kind: 'updateRows', table: 'sailors', columns: ['grade'], filtered: true },
  ]);
  expect(up).toHaveLength(2);
});

test('a call in the body of the class that is not known is said', async () => {
  const { up } = await readRuby(text.replace('  def', '  run_twice!\n  def'));
  expect(up).toMatchObject([{ kind: 'opaque', reason: '`run_twice!` in the body of the class is not known here' }]);
});

test('the table of a model inside a module is not known, but for engines of Rails', async () => {
  const { up } = await readChange(
    'Billing::Invoice.update_all(paid: true)\nActiveStorage::Blob.update_all(checksum: "")',
  );
  const tables = up.flatMap((each) => (each.kind === 'updateRows' ? [each.table] : []));
  expect(tables).toEqual(['_computed_', 'active_storage_blobs']);
});

test('callbacks of a model that the migration defines are said once, where they run', async () => {
  const model = 'class Sailor < ActiveRecord::Base\n    before_save :grade\n    after_find { }\n  end';
  const body =
    'Sailor.update_all(rank: 1)\nSailor.find_each do |s|\n  s.rank = 2\n  s.save!\nend\nSailor.create!(rank: 3)';
  const { up } = await readRuby(text.replace('  def change\n', `  ${model}\n\n  def change\n${body}\n`));
  expect(up.map(({ kind }) => kind)).toEqual(['updateRows', 'opaque', 'updateRows', 'insertRows']);
  expect(up[1]).toMatchObject({ reason: '`before_save` of `Sailor` runs with each row, and is not followed' });
});

test('a migration of another library is told by name', async () => {
  const { up } = await readRuby('Sequel.migration do\n  change { }\nend\n');
  expect(up).toMatchObject([{ kind: 'opaque', reason: 'migrations of Sequel are not read' }]);
});

test('a call of a helper that calls itself comes to an end', async () => {
  const { up } = await readRuby(text.replace('  end\n', '    again\n  end\n  def again\n    again\n  end\n'));
  expect(up).toMatchObject([{ kind: 'opaque', reason: '`again` calls deeper than is followed' }]);
});

test('loops in loops come to an end', async () => {
  const loops = Array.from({ length: 8 }, (_, index) => `(1..100).each do |i${index}|`).join('\n');
  const { up } = await readChange(`${loops}\nputs 1\n${'end\n'.repeat(8)}`);
  expect(up).toMatchObject([{ kind: 'opaque', reason: 'from here on it does more than is followed' }]);
});

test.each([
  ['brackets', `x = ${'['.repeat(20_000)}`],
  ['calls', 'a('.repeat(20_000)],
  ['operators', `x = 1${' + 1'.repeat(20_000)}`],
  ['a string without an end', 'execute "DROP TABLE a'],
  ['a heredoc without an end', 'execute <<~SQL\nDROP TABLE a'],
  ['an interpolation without an end', 'execute "DROP #{'],
  ['nonsense', '\u0000\uFFFF ¬¬ end end def'],
])('%s are survived, and never taken for nothing', async (_, body) => {
  const { up } = await readChange(body);
  expect(up.some(({ kind }) => kind === 'opaque')).toBe(true);
});

test('a text that doubles again and again is not kept', async () => {
  const body = 'x = "ab"\n(1..60).each { x = x + x }\ny = "a"\n(1..60).each { y = "#{y}#{y}" }\nexecute x\nexecute y\n';
  const { up } = await readChange(body);
  expect(up.map(({ kind }) => kind)).toEqual(['opaque', 'opaque']);
});

test('five megabytes are not read', async () => {
  const { up } = await readChange('add_column :a, :b, :string\n'.repeat(200_000));
  expect(up).toMatchObject([{ kind: 'opaque', reason: 'it is too long for a migration' }]);
});
