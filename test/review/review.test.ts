import { expect, test } from 'vitest';
import { rules } from '../../rules/index.ts';
import { review } from '../../src/review/review.ts';
import { added, change, configuration, modified, outline, reviewed } from './builders.ts';

const first = 'db/migrations/V1__orders.sql';
const second = 'db/migrations/V2__more.sql';

test('a change without migrations is clear, without labels and boxes', async () => {
  const report = await reviewed({ 'src/main.ts': 'export {};\n', 'README.md': '# x\n' });
  expect(report).toMatchObject({ verdict: 'clear', labels: [], migrations: [], findings: [], checklist: [] });
});

test('a harmless migration is labelled and waits for its two boxes', async () => {
  const report = await reviewed({ [first]: 'ALTER TABLE orders ADD COLUMN note text;\n' });
  expect(report).toMatchObject({ verdict: 'sign-off', labels: ['[migration]'], findings: [] });
  expect(report.checklist.map(({ id, who }) => `${id} ${who}`)).toEqual(['ran-on-copy author', 'read-sql reviewer']);
});

test('an error blocks, and findings stand by severity, path and line', async () => {
  const report = await reviewed({
    [second]: 'CREATE INDEX orders_note ON orders (note);\nDROP TABLE carts;\n',
    [first]: 'ALTER TABLE orders RENAME COLUMN a TO b;\n',
  });
  expect(report.verdict).toBe('blocked');
  expect(outline(report)).toEqual([
    `error rename-column ${first}:1`,
    `error drop-table ${second}:2`,
    `warning blocking-index-build ${second}:1`,
  ]);
});

test('nothing is said of a table that an earlier migration of the same change creates, whatever the order of the files', async () => {
  const report = await reviewed({
    'db/migrations/V10__index.sql':
      'CREATE INDEX carts_owner ON carts (owner);\nALTER TABLE carts RENAME TO baskets;\n',
    'db/migrations/V9__carts.sql': 'CREATE TABLE carts (id bigint PRIMARY KEY, owner bigint NOT NULL);\n',
  });
  expect(report.findings).toEqual([]);
  expect(report.migrations.map(({ path }) => path)).toEqual([
    'db/migrations/V9__carts.sql',
    'db/migrations/V10__index.sql',
  ]);
});

test('two services of one repository do not share tables', async () => {
  const report = await reviewed({
    'services/a/migrations/V1__x.sql': 'CREATE TABLE users (id bigint PRIMARY KEY);\n',
    'services/b/migrations/V7__x.sql': 'DROP TABLE users;\n',
  });
  expect(outline(report)).toEqual(['error drop-table services/b/migrations/V7__x.sql:1']);
});

test('the type that a column had is known from the earlier migrations of the base branch', async () => {
  const history = { [first]: 'CREATE TABLE orders (id bigint, note varchar(20));\n' };
  const wider = await reviewed({ [second]: 'ALTER TABLE orders ALTER COLUMN note TYPE varchar(50);\n' }, { history });
  expect(wider.findings).toEqual([]);
  const narrower = await reviewed({ [second]: 'ALTER TABLE orders ALTER COLUMN note TYPE varchar(5);\n' }, { history });
  expect(outline(narrower)).toEqual([expect.stringContaining('column-type-change')]);
});

test('of an edited migration only what is new in it is said', async () => {
  const before = 'CREATE INDEX a ON orders (a);\n';
  const report = await reviewed([modified(first, before, `-- why\n${before}CREATE INDEX b ON orders (b);\n`)]);
  expect(outline(report)).toEqual([`error edited-migration ${first}:1`, `warning blocking-index-build ${first}:3`]);
});

test('a renamed migration is told once, and what stayed the same in it is not', async () => {
  const text = 'DROP TABLE carts;\n';
  const report = await reviewed([{ path: second, previousPath: first, status: 'renamed', before: text, after: text }]);
  expect(outline(report)).toEqual([`error edited-migration ${second}:1`]);
  const more = {
    path: second,
    previousPath: first,
    status: 'renamed',
    before: text,
    after: `${text}DROP TABLE bags;\n`,
  } as const;
  expect(outline(await reviewed([more]))).toContain(`error drop-table ${second}:2`);
});

test('nobody signs for a migration that has run and does what it did: a folder that moves, a comment', async () => {
  const text = 'DROP TABLE carts;\n';
  const folder = 'db/prisma/migrations/20240101000000_carts/migration.sql';
  const moved = {
    path: `packages/${folder}`,
    previousPath: folder,
    status: 'renamed',
    before: text,
    after: text,
  } as const;
  const commented = modified('db/migrate/000001_carts.up.sql', text, `-- why\n${text}`);
  for (const file of [moved, commented])
    expect(await reviewed([file])).toMatchObject({ verdict: 'clear', checklist: [], labels: ['[migration]'] });
  expect((await reviewed([{ ...moved, after: `${text}DROP TABLE bags;\n` }])).checklist).not.toEqual([]);
  expect((await reviewed([{ ...moved, path: folder.replace('_carts', '_bags') }])).checklist).not.toEqual([]);
  expect((await reviewed([modified(first, text, 'DROP TABLE bags;\n')])).checklist).not.toEqual([]);
  const large = { path: 'db/migrate/000001_carts.up.sql', status: 'modified', unread: 'it is too large' } as const;
  expect((await reviewed([large])).checklist.map(({ id }) => id)).toContain('read-unread');
  const unknown = 'ALTER TABLE carts FROBNICATE;\n';
  const touched = modified(large.path, unknown, `-- why\n${unknown}`);
  expect((await reviewed([touched])).checklist.map(({ id }) => id)).toContain('read-unread');
});

test('the operations of a deleted migration are not judged, its deletion is', async () => {
  const report = await reviewed([{ path: first, status: 'deleted', before: 'DROP TABLE carts;\n' }]);
  expect(outline(report)).toEqual([`error edited-migration ${first}:1`]);
});

test('rules are switched off and their severity is set by the configuration', async () => {
  const files = { [first]: 'DROP TABLE carts;\nCREATE INDEX a ON orders (a);\n' };
  const settings = { rules: { 'drop-table': 'off', 'blocking-index-build': 'notice' } } as const;
  const report = await reviewed(files, { configuration: configuration(settings) });
  expect(outline(report)).toEqual([`notice blocking-index-build ${first}:2`]);
  expect(report.verdict).toBe('sign-off');
});

test('the size of a table in the configuration decides what costs by size', async () => {
  const of = async (size: 'small' | 'large' | 'hot' | 'unknown') => {
    const tables = { orders: size };
    const report = await reviewed(
      { [first]: 'CREATE INDEX a ON orders (a);\n' },
      { configuration: configuration({ tables }) },
    );
    return report.findings[0]?.severity;
  };
  expect([await of('small'), await of('unknown'), await of('large'), await of('hot')]).toEqual([
    'notice',
    'warning',
    'error',
    'error',
  ]);
});

test('a table named as something that every object has has no size', async () => {
  const report = await reviewed({ [first]: 'CREATE INDEX a ON "constructor" (a);\n' });
  expect(report.findings[0]?.severity).toBe('warning');
});

test('what could not be read is counted, told with its line, and asks for a reviewer', async () => {
  const report = await reviewed({
    [first]:
      'ALTER TABLE orders ADD COLUMN a int;\nALTER TABLE orders FROBNICATE;\nALTER TABLE orders ADD COLUMN b int;\n',
  });
  expect(report.migrations).toMatchObject([{ statements: 3, opaque: 1 }]);
  expect(report.opaque).toMatchObject([{ path: first, startLine: 2 }]);
  expect(report.checklist.map(({ id }) => id)).toContain('read-unread');
});

test('a file that could not be had is one place that was not read', async () => {
  const report = await reviewed([{ path: first, status: 'added', unread: 'larger than 2 MB' }]);
  expect(report.opaque).toEqual([{ path: first, startLine: 1, reason: 'larger than 2 MB' }]);
  expect(report.verdict).toBe('sign-off');
});

test('a listing that is not whole and a mistake in the configuration block', async () => {
  const incomplete = await reviewed({}, { incomplete: 'GitHub lists 3000 of its 3100 files' });
  expect(incomplete).toMatchObject({
    verdict: 'blocked',
    problems: [{ message: 'Cannot read all of it: GitHub lists 3000 of its 3100 files' }],
  });
  const problem = { path: '.github/plimsoll.yml', line: 3, message: '`databse` is not a key here.' };
  const mistaken = await reviewed({}, { configurationProblems: [problem] });
  expect(mistaken).toMatchObject({ verdict: 'blocked', problems: [{ path: '.github/plimsoll.yml', startLine: 3 }] });
});

test('a monkey patch is stated by a ticked line of the description, or by whoever calls the review', async () => {
  const label = '[monkey-patched]';
  for (const description of ['- [x] Monkey-patched in production', '* [X] this was monkey patched on web1'])
    expect((await reviewed({}, { description })).labels).toEqual([label]);
  for (const description of ['- [ ] Monkey-patched in production', 'about a monkey patch', ''])
    expect((await reviewed({}, { description })).labels).toEqual([]);
  const report = await review(change({ [first]: 'ALTER TABLE a ADD COLUMN b int;\n' }), rules, { patched: true });
  expect(report.labels).toEqual(['[migration]', label]);
  expect(report.checklist.map(({ id }) => id)).toContain('patch-included');
});

test('both directions of a migration in two files are one migration', async () => {
  const report = await reviewed({
    'go.mod': 'module x\n',
    'migrations/000001_a.up.sql': 'CREATE TABLE a (id int PRIMARY KEY);\n',
    'migrations/000001_a.down.sql': 'DROP TABLE a;\n',
  });
  expect(report.migrations).toMatchObject([{ path: 'migrations/000001_a.up.sql', framework: 'golang-migrate' }]);
  expect(report.findings).toEqual([]);
});

test('paths that the configuration ignores are no migrations', async () => {
  const paths = [{ path: 'vendor-copy/**', ignore: true as const }];
  const report = await reviewed(
    { 'vendor-copy/migrations/V1__x.sql': 'DROP TABLE a;\n' },
    { configuration: configuration({ paths }) },
  );
  expect(report.migrations).toEqual([]);
});

test('a folder of another database is not read as the database of the repository, unless its path is configured', async () => {
  const path = 'clickhouse/migrations/V1__x.sql';
  const text = 'ALTER TABLE traces ADD COLUMN a text;\n';
  expect((await reviewed({ [path]: text })).migrations).toMatchObject([{ database: 'unknown', opaque: 1 }]);
  const paths = [{ path: 'clickhouse/**', database: 'postgres' as const }];
  const configured = await reviewed({ [path]: text }, { configuration: configuration({ paths }) });
  expect(configured.migrations).toMatchObject([{ database: 'postgres', opaque: 0 }]);
});

test('migrations that do not tell their database themselves follow those beside them', async () => {
  const { database: _, version: __, ...undecided } = configuration();
  const history = { [first]: 'CREATE TABLE `orders` (`id` int AUTO_INCREMENT PRIMARY KEY) ENGINE=InnoDB;\n' };
  const report = await reviewed(
    { [second]: 'ALTER TABLE orders ADD COLUMN a int;\n' },
    { configuration: undecided, history },
  );
  expect(report.migrations).toMatchObject([{ database: 'mysql', opaque: 0 }]);
});

test('the same change gives the same report, another one another fingerprint', async () => {
  const files = { [first]: 'DROP TABLE carts;\n', [second]: 'ALTER TABLE a ADD COLUMN b int;\n' };
  const [one, other] = [await reviewed(files), await reviewed(files)];
  expect(one).toEqual(other);
  expect(one.fingerprint).toBe(other.fingerprint);
  expect((await reviewed([added(first, 'DROP TABLE bags;\n')])).fingerprint).not.toBe(one.fingerprint);
});

test('a version with a file per database may be empty for one of them, a file for all of them may not', async () => {
  const empty = { 'migrations/7_x.sqlite3.up.sql': '-- to be written\n' };
  const other = { 'migrations/7_x.mysql.up.sql': 'ALTER TABLE a ADD COLUMN b int;\n' };
  expect(outline(await reviewed({ ...empty, ...other }))).toEqual([]);
  expect(outline(await reviewed({ 'migrations/7_x.up.sql': '-- to be written\n' }))).toEqual([
    'error empty-migration migrations/7_x.up.sql:1',
  ]);
});

test('what a Django migration does is told from the migrations before it, those of the same change included', async () => {
  const head = 'from django.db import migrations, models\nclass Migration(migrations.Migration):\n';
  const migration = (needs: string, operation: string): string =>
    `${head}    dependencies = [${needs === '' ? '' : `("shop", "${needs}")`}]\n    operations = [\n        ${operation}\n    ]\n`;
  const history = {
    'shop/migrations/0001_initial.py': migration(
      '',
      'migrations.CreateModel("Item", [("id", models.AutoField(primary_key=True)), ("name", models.CharField(max_length=20))], options={"db_table": "items"})',
    ),
  };
  const report = await reviewed(
    {
      'shop/migrations/0002_longer.py': migration(
        '0001_initial',
        'migrations.AlterField("item", "name", models.CharField(max_length=50))',
      ),
      'shop/migrations/0003_told.py': migration(
        '0002_longer',
        'migrations.AlterField("item", "name", models.CharField(max_length=50, help_text="x"))',
      ),
      'shop/migrations/0004_shorter.py': migration(
        '0003_told',
        'migrations.AlterField("item", "name", models.CharField(max_length=10))',
      ),
    },
    { history },
  );
  expect(outline(report)).toEqual(['warning column-type-change shop/migrations/0004_shorter.py:5']);
  expect(report.opaque).toEqual([]);
});

test("findings of a rule carry the team's own page about it, muted ones too", async () => {
  const links = { 'drop-table': 'https://wiki.example.com/dropping' };
  const report = await reviewed(
    {
      'db/migrations/V3__x.sql':
        'DROP TABLE carts;\nALTER TABLE a RENAME COLUMN b TO c;\n-- plimsoll: allow drop-table, because it is empty\nDROP TABLE bags;\n',
    },
    { configuration: configuration({ links }) },
  );
  expect(report.findings.map(({ rule, link }) => [rule, link])).toEqual([
    ['drop-table', links['drop-table']],
    ['rename-column', undefined],
  ]);
  expect(report.suppressed.map(({ link }) => link)).toEqual([links['drop-table']]);
});

test('an edited migration in words that are not known is one all the same, as its number says', async () => {
  const wrapped = (column: string) =>
    `import { migration } from './wrapper';\nimport type { Knex } from 'knex';\nexport default migration({ up: (knex: Knex) => knex.schema.table('a', (t) => t.text('${column}')) });\n`;
  const path = 'migrations/20260101000000_wrapped.ts';
  const { findings, opaque, verdict } = await reviewed([modified(path, wrapped('b'), wrapped('c'))]);
  expect([verdict, opaque.length, findings.map(({ rule }) => rule)]).toEqual(['blocked', 1, ['edited-migration']]);
});

test('an edited file that never was a migration, such as what runs them, is none', async () => {
  const runner = (more: string) =>
    `import { Knex } from 'knex';\nexport class Migrator {\n  constructor(private knex: Knex) {}\n  async run() {\n    const up = 'up';\n    return this.knex.migrate.latest();${more}\n  }\n}\n`;
  const path = 'packages/migrations/src/Migrator.ts';
  const report = await reviewed([modified(path, runner(''), runner(' // all of them'))]);
  expect([report.verdict, report.migrations, report.findings]).toEqual(['clear', [], []]);
  const lost = await reviewed([
    modified(path, runner('').replace('export class', 'export const up = async () => {};\nexport class'), runner('')),
  ]);
  expect(lost.migrations).toHaveLength(1);
});
