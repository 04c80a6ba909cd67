import { expect, test } from 'vitest';
import { collect } from '../../src/collect/collect.ts';
import type { Host } from '../../src/host.ts';
import { collected, hostOf, migration } from './collected.ts';

test('where a column goes, programs that are written for its table are asked for, all at once', async () => {
  const base = {
    'app/serializers/user_serializer.rb': 'serializer',
    'app/controllers/users_controller.rb': 'controller',
    'app/controllers/invoices_controller.rb': 'invoices',
    'app/models/user.rb': 'model',
    'lib/tasks/tidy.rake': 'rake',
    'spec/models/user_spec.rb': 'spec',
    'web/user.ts': 'script',
  };
  const dropping = 'class A\n  def change\n    remove_column :users, :email\n  end\nend\n';
  const head = { ...base, 'db/migrate/2_b.rb': dropping, 'lib/tasks/tidy.rake': 'new rake' };
  const { host, asked } = hostOf({ base, head });
  const before: number[] = [];
  const blob: Host['blob'] = async (id) => {
    const answer = host.blob(id);
    await new Promise(setImmediate);
    if (id !== dropping) before.push(asked.length);
    return answer;
  };
  const { programs } = await collect({ ...host, blob }, { ruleIds: [] });
  expect(programs).toEqual({
    'lib/tasks/tidy.rake': 'new rake',
    'app/serializers/user_serializer.rb': 'serializer',
    'app/controllers/users_controller.rb': 'controller',
    'app/models/user.rb': 'model',
  });
  expect(before[0]).toBe(asked.length);
});

test('where no column goes, no program is asked for', async () => {
  const base = { 'app/serializers/user_serializer.rb': 'serializer', 'lib/tasks/tidy.rake': 'rake' };
  const adding = 'class A\n  def change\n    add_column :users, :email, :string\n  end\nend\n';
  const head = { ...base, 'db/migrate/2_b.rb': adding, 'lib/tasks/tidy.rake': 'new rake' };
  const { change, asked } = await collected({ base, head });
  expect(change.programs).toBeUndefined();
  expect(asked.filter((each) => each.startsWith('blob'))).toEqual([`blob ${adding}`]);
});

test('of many programs so many are asked for, whatever the repository holds', async () => {
  const base = Object.fromEntries(
    Array.from({ length: 200 }, (_, index) => [`lib/tasks/a${index}_users.rake`, `rake ${index}`] as [string, string]),
  );
  const head = { ...base, 'db/migrate/2_b.rb': 'class A\n  remove_column :users, :email\nend\n' };
  const { change } = await collected({ base, head });
  expect(Object.keys(change.programs ?? {})).toHaveLength(40);
});

test.each([
  ['db/migration/V2__x.sql', 'ALTER TABLE users\n  DROP nickname;', true],
  ['db/migration/V2__x.sql', 'ALTER TABLE users RENAME COLUMN a TO b;', true],
  ['db/migration/V2__x.sql', 'ALTER TABLE users DROP CONSTRAINT users_key;', false],
  ['db/migration/V2__x.sql', 'DROP TABLE users;', false],
  ['db/migrate/2_b.rb', 'change_column :users, :a, :text', false],
  ['db/migrate/2_b.rb', 'remove_reference :users, :team', true],
  ['shop/migrations/0002_b.py', 'migrations.RemoveField("users", "a")', true],
  ['src/migrations/20240101000000-b.ts', 'await queryInterface.removeColumn("users", "a")', true],
])('%s with %j asks for programs: %s', async (path, text, asks) => {
  const { change } = await collected({ base: { 'db/queries/users.sql': 'q' }, head: { [path]: text } });
  expect(change.programs !== undefined).toBe(asks);
});

test('a long text of repetitions does not hold up what decides it', async () => {
  const text = `${'ALTER TABLE drop____ '.repeat(50_000)}${'drop'.repeat(50_000)}${'_'.repeat(200_000)}\n`.repeat(2);
  const { change } = await collected({ base: {}, head: { [migration]: text } });
  expect(change.files).toHaveLength(1);
});

test('where more migrations take columns away than one change does, no program is asked for', async () => {
  const base = { 'db/queries/users.sql': 'q' };
  const taking = (count: number) =>
    Object.fromEntries(
      Array.from({ length: count }, (_, index) => [
        `db/migration/V${index + 2}__x.sql`,
        `ALTER TABLE users DROP COLUMN c${index};`,
      ]),
    );
  const few = await collected({ base, head: { ...base, ...taking(50) } });
  expect(few.change.programs).toEqual({ 'db/queries/users.sql': 'q' });
  const many = await collected({ base, head: { ...base, ...taking(51) } });
  expect(many.change.programs).toBeUndefined();
});
