import { expect, test } from 'vitest';
import { collect } from '../../src/collect/collect.ts';
import type { Host } from '../../src/host.ts';
import { collected, hostOf, migration } from './collected.ts';

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

test('an index leads on to what it hands on', async () => {
  const base = {
    'src/ships/index.ts': "export * from './ship';\n",
    'src/ships/ship.ts': "import { mail } from '../mail';\nexport class Ship {}\n",
    'src/mail.ts': 'export const mail = 1;\n',
  };
  const migration = "import { MigrationInterface } from 'typeorm';\nimport { Ship } from '../ships';\n";
  const { change } = await collected({ base, head: { ...base, 'src/migrations/1700000000000-A.ts': migration } });
  expect(Object.keys(change.projectTexts).sort()).toEqual(['src/ships/index.ts', 'src/ships/ship.ts']);
});
