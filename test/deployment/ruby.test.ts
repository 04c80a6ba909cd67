import { expect, test } from 'vitest';
import { readDeployment } from '../../src/deployment/read-deployment.ts';

async function factsIn(text: string) {
  const { facts } = await readDeployment({ path: 'config/initializers/schema.rb', text, commands: [] });
  return facts;
}

test.each([
  'ActiveRecord::MigrationContext.new("db/migrate").migrate',
  'ActiveRecord::Base.connection_pool.migration_context.migrate',
  'ActiveRecord::Tasks::DatabaseTasks.prepare_all',
  'Rake::Task["db:migrate"].invoke',
  'system("bundle exec rails db:migrate", exception: true)',
  '`bin/rails db:migrate`',
  'ActiveRecord::Tasks::DatabaseTasks.migrate if Rails.env.production?',
])('%s migrates when the program starts', async (line) => {
  expect(await factsIn(`${line}\n`)).toMatchObject([
    { kind: 'runMigrations', tool: 'Rails', place: { kind: 'code', starts: true }, onError: { kind: 'stops' } },
  ]);
});

test.each([
  'ActiveRecord::Migration.check_all_pending!',
  'ActiveRecord::Tasks::DatabaseTasks.migrate if Rails.env.development?',
  'ActiveRecord::Tasks::DatabaseTasks.migrate unless Rails.env.production?',
  'Record.migrate("db:migrate")',
  '# ActiveRecord::Tasks::DatabaseTasks.migrate',
])('%s does not', async (line) => {
  expect(await factsIn(`${line}\n`)).toEqual([]);
});

test('a condition of another kind, or a method, leaves open whether it runs', async () => {
  const text =
    'def prepare\n  Rake::Task["db:migrate"].invoke\nend\nRake::Task["db:migrate"].invoke if ENV["MIGRATE"]\n';
  expect(await factsIn(text)).toMatchObject([{ place: { kind: 'code' } }, { place: { kind: 'code' } }]);
  expect((await factsIn(text)).some((fact) => 'place' in fact && 'starts' in fact.place)).toBe(false);
});

test('what is rescued, or asked of nobody, goes on', async () => {
  const rescued = 'begin\n  ActiveRecord::Tasks::DatabaseTasks.migrate\nrescue => error\n  puts error\nend\n';
  expect(await factsIn(rescued)).toMatchObject([
    { onError: { kind: 'goesOn', how: 'rescue => error', explicit: true } },
  ]);
  expect(await factsIn('system("rails db:migrate")\n')).toMatchObject([
    { onError: { kind: 'goesOn', explicit: false } },
  ]);
  expect(await factsIn(rescued.replace('puts error', 'raise'))).toMatchObject([{ onError: { kind: 'stops' } }]);
});

test('what nests without an end is no error', async () => {
  await expect(factsIn(`${'['.repeat(20_000)}ActiveRecord::Migrator.migrate\n`)).resolves.toBeInstanceOf(Array);
});
