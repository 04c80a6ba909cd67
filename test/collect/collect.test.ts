import { expect, test } from 'vitest';
import { rules } from '../../rules/index.ts';
import { collect } from '../../src/collect/collect.ts';
import { review } from '../../src/review/review.ts';
import type { Host, ListedFile } from '../../src/host.ts';

type Repository = { base: Record<string, string>; head: Record<string, string>; incomplete?: string };

/** A host over texts by path that counts what it is asked. Blob ids are the texts. */
function hostOf({ base, head, incomplete }: Repository): { host: Host; asked: string[] } {
  const asked: string[] = [];
  const host: Host = {
    subject: () => Promise.resolve({ title: 't', description: 'd', author: 'ada', base: 'b', head: 'h' }),
    files: () => {
      asked.push('files');
      return Promise.resolve({ files: listed(base, head), ...(incomplete === undefined ? {} : { incomplete }) });
    },
    baseTree: () => {
      asked.push('tree');
      return Promise.resolve({ blobs: new Map(Object.entries(base)) });
    },
    baseText: (path) => {
      asked.push(`base ${path}`);
      return Promise.resolve(base[path]);
    },
    blob: (id) => {
      asked.push(`blob ${id}`);
      return Promise.resolve(id.startsWith('huge') ? { unread: 'larger than 2 MB' } : { text: id });
    },
  };
  return { host, asked };
}

function listed(base: Record<string, string>, head: Record<string, string>): ListedFile[] {
  const counts = { additions: 1, deletions: 0 };
  const deleted = Object.keys(base).filter((path) => head[path] === undefined);
  return [
    ...Object.entries(head)
      .filter(([path, text]) => base[path] !== text)
      .map(([path, blob]) => ({
        path,
        status: path in base ? ('modified' as const) : ('added' as const),
        blob,
        ...counts,
      })),
    ...deleted.map((path) => ({ path, status: 'deleted' as const, ...counts })),
  ];
}

function collected(repository: Repository) {
  const { host, asked } = hostOf(repository);
  return collect(host, { ruleIds: ['drop-table'] }).then((change) => ({ change, asked }));
}

const migration = 'db/migrations/V2__x.sql';

test('without a file that a frontend wants neither the tree nor any text is asked for', async () => {
  const { change, asked } = await collected({ base: { 'a.ts': '1' }, head: { 'a.ts': '2' } });
  expect(asked).toEqual(['files', 'base .github/plimsoll.yml']);
  expect(change).toMatchObject({ files: [{ path: 'a.ts', status: 'modified' }], basePaths: [], history: {} });
});

test('texts before and after, the base listing, earlier migrations and project files are collected', async () => {
  const base = {
    'db/migrations/V1__a.sql': 'CREATE TABLE a (b int);',
    [migration]: 'old',
    'package.json': '{}',
    'src/x.ts': 'x',
  };
  const { change } = await collected({ base, head: { ...base, [migration]: 'new', 'src/x.ts': 'y' } });
  expect(change.files).toEqual([
    { path: migration, status: 'modified', before: 'old', after: 'new' },
    { path: 'src/x.ts', status: 'modified' },
  ]);
  expect(change.history).toEqual({ 'db/migrations/V1__a.sql': 'CREATE TABLE a (b int);' });
  expect(change.projectTexts).toEqual({ 'package.json': '{}' });
  expect(change.basePaths).toEqual(Object.keys(base));
});

test('a text that cannot be had says why', async () => {
  const { change } = await collected({ base: {}, head: { [migration]: 'huge' } });
  expect(change.files).toEqual([{ path: migration, status: 'added', unread: 'larger than 2 MB' }]);
});

test('a listing that is not whole says why', async () => {
  const { change } = await collected({ base: {}, head: {}, incomplete: 'too many files' });
  expect(change.incomplete).toBe('too many files');
});

const configuration = '.github/plimsoll.yml';

test('the configuration of the base commit counts, a changed one is only checked', async () => {
  const base = { [configuration]: 'rules:\n  drop-table: notice\n' };
  const { change } = await collected({ base, head: { [configuration]: 'rules:\n  drop-table: off\n' } });
  expect(change.configuration.rules).toEqual({ 'drop-table': 'notice' });
  expect(change.configurationProblems).toEqual([]);
});

test('a mistake in a changed configuration is told, one that the change mends is not', async () => {
  const good = 'database: postgres\n';
  const bad = '# x\ndatabse: postgres\n';
  const worse = await collected({ base: { [configuration]: good }, head: { [configuration]: bad } });
  expect(worse.change.configurationProblems).toMatchObject([{ path: configuration, line: 2 }]);
  const mended = await collected({ base: { [configuration]: bad }, head: { [configuration]: good } });
  expect(mended.change.configurationProblems).toEqual([]);
  const standing = await collected({ base: { [configuration]: bad }, head: { [configuration]: bad } });
  expect(standing.change.configurationProblems).toHaveLength(1);
});

test('the half of a migration that the change leaves alone is fetched', async () => {
  const base = { 'go.mod': 'module x', 'migrations/1_a.up.sql': 'CREATE TABLE a (b int);' };
  const { change } = await collected({ base, head: { ...base, 'migrations/1_a.down.sql': 'DROP TABLE a;' } });
  expect(change.projectTexts['migrations/1_a.up.sql']).toBe('CREATE TABLE a (b int);');
});

test('a file that holds the whole schema is read as the base branch has it, and no earlier migration', async () => {
  const base = { 'db/schema.rb': 'old schema', 'db/migrate/1_a.rb': 'class A' };
  const head = { ...base, 'db/schema.rb': 'new schema', 'db/migrate/2_b.rb': 'class B' };
  const { change, asked } = await collected({ base, head });
  expect(change.history).toEqual({ 'db/schema.rb': 'old schema' });
  expect(asked).not.toContain('blob class A');
});

test('what states the schema is read as the base branch has it, in one go with the history', async () => {
  const base = {
    'drizzle/0000_a.sql': 'a',
    'drizzle/0001_b.sql': 'b',
    'drizzle/meta/_journal.json': 'journal',
    'drizzle/meta/0000_snapshot.json': 'older',
    'drizzle/meta/0001_snapshot.json': 'newest',
    'prisma/schema.prisma': 'models',
    'prisma/models/user.prisma': 'more models',
    'prisma/migrations/migration_lock.toml': 'lock',
  };
  const head = {
    ...base,
    'drizzle/0002_c.sql': 'c',
    'drizzle/meta/0002_snapshot.json': 'of the change',
    'prisma/schema.prisma': 'new models',
    'prisma/migrations/1_a/migration.sql': 'd',
  };
  const { host, asked } = hostOf({ base, head });
  const before: number[] = [];
  const blob: Host['blob'] = async (id) => {
    const answer = host.blob(id);
    await new Promise(setImmediate);
    before.push(asked.length);
    return answer;
  };
  const { history } = await collect({ ...host, blob }, { ruleIds: [] });
  expect(Object.keys(history).filter((path) => !path.endsWith('.sql'))).toEqual([
    'drizzle/meta/0001_snapshot.json',
    'prisma/models/user.prisma',
    'prisma/schema.prisma',
  ]);
  expect(history['prisma/schema.prisma']).toBe('models');
  expect(asked.filter((each) => each === 'blob models')).toHaveLength(1);
  expect(asked).not.toContain('blob older');
  expect(before[0]).toBe(asked.length);
});

test('a script that runs migrations is collected with what it was, and its text is asked for once', async () => {
  const base = { 'deploy.sh': 'alembic upgrade head || true' };
  const { change, asked } = await collected({ base, head: { 'deploy.sh': 'alembic upgrade head' } });
  expect(change.files).toEqual([
    { path: 'deploy.sh', status: 'modified', before: base['deploy.sh'], after: 'alembic upgrade head' },
  ]);
  expect(asked.filter((each) => each.startsWith('blob')).toSorted()).toEqual([
    'blob alembic upgrade head',
    'blob alembic upgrade head || true',
  ]);
});

test('of a script that runs none only the new text is asked for, and no tree', async () => {
  const { change, asked } = await collected({ base: { 'deploy.sh': 'serve' }, head: { 'deploy.sh': 'serve --fast' } });
  expect(asked).toEqual(['files', 'base .github/plimsoll.yml', 'blob serve --fast']);
  expect(change.files).toEqual([{ path: 'deploy.sh', status: 'modified' }]);
});

test('the files that a changed script imports are read, whether the change touches them or not', async () => {
  const script =
    "import { one } from '../lib/one';\nimport { two } from '../lib/two';\nmodule.exports.up = () => one(two);";
  const { change } = await collected({
    base: { 'lib/one.js': 'the one', 'lib/three.js': 'unasked' },
    head: { 'lib/one.js': 'the one', 'lib/three.js': 'unasked', 'lib/two.js': 'the two', 'migrations/1-a.js': script },
  });
  expect(change.projectTexts).toMatchObject({ 'lib/one.js': 'the one', 'lib/two.js': 'the two' });
  expect(change.projectTexts).not.toHaveProperty('lib/three.js');
});

test('what a helper of migrations imports is read with it; what the application imports is not', async () => {
  const revision =
    'revision = "a"\nfrom alembic import op\nfrom shop.migration.help import x\nfrom shop.jobs import y\n';
  const base = {
    'shop/migration/help.py': 'from .names import a',
    'shop/migration/names.py': 'a = 1',
    'shop/jobs.py': 'from shop.mail import b',
    'shop/mail.py': 'b = 1',
  };
  const { change } = await collected({ base, head: { ...base, 'shop/migration/versions/a.py': revision } });
  const read = ['shop/migration/help.py', 'shop/migration/names.py', 'shop/jobs.py'];
  expect(Object.keys(change.projectTexts).sort()).toEqual(read.sort());
});

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

test('what a manifest calls is read, and what counts its pods, though the change touches neither', async () => {
  const base = {
    'k8s/web.yaml': 'command: [/app/start.sh]',
    'k8s/hpa.yaml': 'kind: HorizontalPodAutoscaler',
    'docker/start.sh': 'make migrate',
    Makefile: 'migrate:\n\talembic upgrade head',
    'scripts/other.sh': 'unasked',
  };
  const { change } = await collected({ base, head: { ...base, 'k8s/web.yaml': 'command: [/app/start.sh, web]' } });
  expect(change.files).toMatchObject([{ before: base['k8s/web.yaml'], after: 'command: [/app/start.sh, web]' }]);
  expect(Object.keys(change.projectTexts).toSorted()).toEqual(['Makefile', 'docker/start.sh', 'k8s/hpa.yaml']);
});

test('what is called and runs no migration is left', async () => {
  const base = { 'k8s/web.yaml': 'command: [/app/start.sh]', 'docker/start.sh': 'serve' };
  const { change } = await collected({ base, head: { ...base, 'k8s/web.yaml': 'command: [/app/start.sh, web]' } });
  expect(change.projectTexts).toEqual({});
  expect(change.files[0]).not.toHaveProperty('after');
});

test('schedules of jobs are read beside a migration, and not without one', async () => {
  const base = { 'config/clock.rb': 'every(1.day) { Cart.sweep }' };
  const beside = await collected({ base, head: { ...base, [migration]: 'DROP TABLE carts;' } });
  expect(beside.change.projectTexts['config/clock.rb']).toBe(base['config/clock.rb']);
  const without = await collected({ base, head: { ...base, Procfile: 'release: rails db:migrate' } });
  expect(without.change.projectTexts['config/clock.rb']).toBeUndefined();
});

test('beside a migration the workflows of the base branch are at hand; without one only those that may lose a look for drift', async () => {
  const workflow = '.github/workflows/test.yml';
  const check = 'run: alembic check';
  const base = { [workflow]: check, [migration]: 'old', 'a.ts': '1' };
  const beside = await collected({ base, head: { ...base, [migration]: 'new' } });
  expect(beside.change.projectTexts[workflow]).toBe(check);
  const alone = await collected({ base, head: { ...base, 'a.ts': '2' } });
  expect(alone.change.projectTexts).toEqual({});
  const { host, asked } = hostOf({ base, head: { ...base, [workflow]: 'run: pytest' } });
  const told = (removed: string): Host => ({
    ...host,
    files: async () => ({ files: (await host.files()).files.map((file) => ({ ...file, removed, deletions: 1 })) }),
  });
  const losing = await collect(told('      - run: alembic check'), { ruleIds: [] });
  expect(losing.files).toMatchObject([{ path: workflow, before: check }]);
  asked.length = 0;
  const other = await collect(told('      - uses: actions/checkout@v4'), { ruleIds: [] });
  expect(other.files).not.toMatchObject([{ before: check }]);
  expect(asked).not.toContain('tree');
});

test('where a change says how far Alembic goes, what runs migrations beside it is read, and of that only what says it too', async () => {
  const base = {
    Dockerfile: 'CMD alembic upgrade head',
    'k8s/web.yaml': 'kind: Deployment',
    'app/main.py': 'command.upgrade(config, "head")',
    'docs/Dockerfile': 'CMD alembic upgrade head',
    Procfile: 'release: alembic upgrade head\n',
  };
  const { change, asked } = await collected({ base, head: { ...base, Procfile: 'release: alembic upgrade heads\n' } });
  expect(change.projectTexts).toEqual({ Dockerfile: 'CMD alembic upgrade head' });
  expect(asked).toContain('blob kind: Deployment');
  expect(asked).not.toContain(`blob ${base['app/main.py']}`);
});

test('at most thirty of them are read, and none for a change that says nothing of it', async () => {
  const many = Object.fromEntries(
    Array.from({ length: 50 }, (_, index) => [`k8s/web-${index}.yaml`, `kind: ${index}`]),
  );
  const base = { ...many, Procfile: 'release: alembic upgrade head\n' };
  const told = await collected({ base, head: { ...base, Procfile: 'release: alembic upgrade heads\n' } });
  expect(told.asked.filter((each) => each.startsWith('blob kind'))).toHaveLength(30);
  const other = await collected({ base, head: { ...base, Procfile: 'release: python manage.py migrate\n' } });
  expect(other.asked.filter((each) => each.startsWith('blob kind'))).toEqual([]);
});

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
