import { expect, test } from 'vitest';
import { rules } from '../../rules/index.ts';
import { review } from '../../src/review/review.ts';
import { collected } from './collected.ts';

test('texts of models are collected beside a migration of Rails, or where a model goes', async () => {
  const model = 'app/models/user.rb';
  const base = { [model]: 'old' };
  const alone = await collected({ base, head: { [model]: 'new' } });
  expect(alone.change.files).toEqual([{ path: model, status: 'modified' }]);
  expect(alone.asked).not.toContain('tree');
  const beside = await collected({ base, head: { [model]: 'new', 'db/migrate/20240101000000_x.rb': 'x' } });
  expect(beside.change.files).toContainEqual({ path: model, status: 'modified', before: 'old', after: 'new' });
  const moved = await collected({ base, head: { 'app/models/person.rb': 'new' } });
  expect(moved.change.files).toEqual([
    { path: 'app/models/person.rb', status: 'added', after: 'new' },
    { path: model, status: 'deleted', before: 'old' },
  ]);
});

test('a model that stays as it is is collected where a migration takes columns from its table', async () => {
  const base = {
    'app/models/user.rb': 'users',
    'app/models/order.rb': 'orders',
    'app/models/concerns/user.rb': 'concern',
    'app/models/billing/invoice.rb': 'invoices',
  };
  const path = 'db/migrate/20240101000000_x.rb';
  const add = await collected({ base, head: { ...base, [path]: 'add_column :users, :nick, :string' } });
  expect(add.change.projectTexts).toEqual({});
  const drop = 'remove_column :users, :nick\nremove_reference :billing_invoices, :order';
  const { change } = await collected({ base, head: { ...base, [path]: drop } });
  expect(change.projectTexts).toEqual({ 'app/models/user.rb': 'users', 'app/models/billing/invoice.rb': 'invoices' });
});

test('a model that says how values are read is collected alone, with the file that holds the schema', async () => {
  const model = 'app/models/user.rb';
  const base = { [model]: 'old', 'db/schema.rb': 'the schema', 'config/database.yml': 'adapter: mysql2' };
  const { change } = await collected({ base, head: { ...base, [model]: '  serialize :prefs, Hash' } });
  expect(change.files).toEqual([{ path: model, status: 'modified', before: 'old', after: '  serialize :prefs, Hash' }]);
  expect(change.history).toEqual({ 'db/schema.rb': 'the schema' });
  expect(change.projectTexts).toMatchObject({ 'config/database.yml': 'adapter: mysql2' });
});

test('a class of Rails that is renamed without any migration is told by the schema file', async () => {
  const schema =
    'ActiveRecord::Schema[7.1].define(version: 1) do\n  create_table "notes" do |t|\n    t.string "type"\n  end\nend\n';
  const body = '  def title\n    payload\n  end\nend\n';
  const base = { 'db/schema.rb': schema, 'app/models/notes/entry.rb': `class Notes::Entry < Note\n${body}` };
  const head = { 'db/schema.rb': schema, 'app/models/note/entry.rb': `class Note::Entry < Note\n${body}` };
  const { change } = await collected({ base, head });
  const report = await review(change, rules);
  expect(report.findings.map(({ rule, path }) => [rule, path])).toEqual([
    ['renamed-class-stored-by-name', 'app/models/note/entry.rb'],
  ]);
});

test('of models that change beside a migration, the first forty are read', async () => {
  const models = Object.fromEntries(Array.from({ length: 60 }, (_, index) => [`app/models/m${index}.rb`, `m${index}`]));
  const { change } = await collected({ base: {}, head: { ...models, 'db/migrate/20240101000000_x.rb': 'x' } });
  const read = change.files.filter(({ path, after }) => path.startsWith('app/models/') && after !== undefined);
  expect(read).toHaveLength(40);
});

test('of too many models those that are left say so, and the review tells it', async () => {
  const models = Object.fromEntries(
    Array.from({ length: 42 }, (_, index) => [`app/models/m${index}.rb`, 'class M; end']),
  );
  const { change } = await collected({ base: {}, head: { ...models, 'db/migrate/20240101000000_x.rb': 'x' } });
  const left = change.files.filter(({ unread }) => unread === 'of one change only the first 40 models are read');
  expect(left).toHaveLength(2);
  const report = await review(change, rules);
  expect(report.opaque.filter(({ path }) => path.startsWith('app/models/'))).toHaveLength(2);
});

test('a model of Django is collected without a migration beside it, with all migrations of its app', async () => {
  const base = {
    'shop/models.py': 'old',
    'shop/migrations/0001_initial.py': 'one',
    'other/migrations/0001_x.py': 'two',
  };
  const { change } = await collected({ base, head: { ...base, 'shop/models.py': 'new' } });
  expect(change.files).toEqual([{ path: 'shop/models.py', status: 'modified', before: 'old', after: 'new' }]);
  expect(change.history).toEqual({ 'shop/migrations/0001_initial.py': 'one' });
});

test('a model of SQLAlchemy is collected with the nearest revisions of Alembic', async () => {
  const near = 'services/a/migrations/versions/a1_x.py';
  const base = { 'services/a/app/models.py': 'old', [near]: 'one', 'services/b/migrations/versions/b1_x.py': 'two' };
  const { change } = await collected({ base, head: { ...base, 'services/a/app/models.py': 'new' } });
  expect(change.history).toEqual({ [near]: 'one' });
});

test('a program of Python that names a table is collected as a model, wherever it stands', async () => {
  const table = 'class User(Base):\n    __tablename__ = "users"\n    id = Column(Integer)\n';
  const base = { 'app/users/store.py': 'old', 'app/users/views.py': 'old', 'tests/store.py': 'old' };
  const head = { 'app/users/store.py': table, 'app/users/views.py': 'new', 'tests/store.py': table };
  const { change } = await collected({ base, head });
  expect(change.files.filter(({ after }) => after !== undefined).map(({ path }) => path)).toEqual([
    'app/users/store.py',
  ]);
});

test('an entity of JavaScript is collected with the nearest migrations, and what tells their database', async () => {
  const near = 'services/a/src/migrations/1700000000000-Users.ts';
  const table = "import { Entity } from 'typeorm';\n@Entity() class User {}\n";
  const base = {
    'services/a/src/entities/user.ts': 'old',
    'services/a/src/entities/plain.ts': 'old',
    'services/a/src/users/service.ts': 'old',
    'services/a/package.json': '{}',
    'services/b/migrations/1700000000000-Users.ts': 'two',
    [near]: 'one',
  };
  const head = {
    ...base,
    'services/a/src/entities/user.ts': table,
    'services/a/src/entities/plain.ts': 'new',
    'services/a/src/users/service.ts': table,
  };
  const { change } = await collected({ base, head });
  const read = change.files.filter(({ after }) => after !== undefined);
  expect(read.map(({ path }) => path)).toEqual(['services/a/src/entities/user.ts']);
  expect(change.history).toEqual({ [near]: 'one' });
  expect(change.projectTexts).toEqual({ 'services/a/package.json': '{}' });
});

test('programs of JavaScript without a table ask for nothing of the base branch', async () => {
  const base = { 'src/models/user.ts': 'old', 'src/migrations/1700000000000-Users.ts': 'one' };
  const { change } = await collected({ base, head: { ...base, 'src/models/user.ts': 'new' } });
  expect([change.basePaths, change.history]).toEqual([[], {}]);
});
