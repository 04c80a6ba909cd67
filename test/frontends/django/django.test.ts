import { expect, test } from 'vitest';
import { django } from '../../../src/frontends/django/index.ts';
import { readLoadedMigration } from '../../../src/frontends/read-migration.ts';
import { claimOn, databaseOf, migrationAt, type Files } from '../builders.ts';

await django.load?.();

const head = 'from django.db import migrations, models\n\n\nclass Migration(migrations.Migration):\n';

/** A migration of the app shop that needs the given one. */
function migration(needs: string | undefined, ...operations: string[]): string {
  const dependencies = needs === undefined ? '[]' : `[("shop", "${needs}")]`;
  return `${head}    dependencies = ${dependencies}\n    operations = [\n        ${operations.join(',\n        ')}\n    ]\n`;
}

function alter(field: string): string {
  return `migrations.AlterField("item", "size", ${field})`;
}

const created =
  'migrations.CreateModel("Item", [("id", models.AutoField(primary_key=True)), ("size", models.IntegerField())])';

async function kindsOf(path: string, files: Files): Promise<string[]> {
  const { up } = await migrationAt(path, files, { database: 'postgres' });
  return up.map((operation) => (operation.kind === 'noEffect' ? `noEffect: ${operation.what}` : operation.kind));
}

const unseen = 'noEffect: attributes of a field that the database does not see';

test('a numbered file, or one in a package, whose class says so is a migration', () => {
  const text = migration(undefined, created);
  expect(claimOn('shop/migrations/0001_initial.py', { 'shop/migrations/0001_initial.py': text })).toEqual({
    framework: 'django',
    migration: 'shop/migrations/0001_initial.py',
    part: 'both',
    version: '0001',
  });
  const named = { 'shop/migrations/add_size.py': text, 'shop/migrations/__init__.py': '' };
  expect(claimOn('shop/migrations/add_size.py', named)?.framework).toBe('django');
  expect(claimOn('shop/migrations/add_size.py', { 'shop/migrations/add_size.py': text })).toBeUndefined();
  expect(claimOn('shop/migrations/0001_x.py', { 'shop/migrations/0001_x.py': 'print(1)' })).toBeUndefined();
  expect(claimOn('tests/migrations/0001_x.py', { 'tests/migrations/0001_x.py': text })).toBeUndefined();
});

test('a field is compared with what earlier migrations made of it, in the order of their dependencies', async () => {
  const files = {
    'shop/migrations/0001_initial.py': migration(undefined, created),
    'shop/migrations/0003_first.py': migration('0001_initial', alter('models.BigIntegerField()')),
    'shop/migrations/0002_second.py': migration('0003_first', alter('models.BigIntegerField(null=True)')),
    'shop/migrations/0004_same.py': migration('0002_second', alter('models.BigIntegerField(null=True, blank=True)')),
  };
  expect(await kindsOf('shop/migrations/0004_same.py', files)).toEqual([unseen]);
  expect(await kindsOf('shop/migrations/0002_second.py', files)).toEqual(['alterColumn']);
});

test('where an earlier migration is missing, a change of a field is not read', async () => {
  const files = {
    'shop/migrations/0001_initial.py': migration(undefined, created),
    'shop/migrations/0003_x.py': migration('0002_gone', alter('models.IntegerField(help_text="x")')),
  };
  expect(await kindsOf('shop/migrations/0003_x.py', files)).toEqual(['opaque']);
});

test('a squashed migration stands for those that it replaces where they are gone, and for nothing where they are not', async () => {
  const squashed = `${head}    replaces = [("shop", "0001_initial"), ("shop", "0002_more")]\n    operations = [${created.replace('IntegerField', 'BigIntegerField')}]\n`;
  const later = migration('0002_more', alter('models.BigIntegerField(help_text="x")'));
  const alone = { 'shop/migrations/0001_squashed.py': squashed, 'shop/migrations/0003_later.py': later };
  expect(await kindsOf('shop/migrations/0003_later.py', alone)).toEqual([unseen]);
  const beside = {
    ...alone,
    'shop/migrations/0001_initial.py': migration(undefined, created),
    'shop/migrations/0002_more.py': migration('0001_initial', alter('models.BigIntegerField()')),
  };
  expect(await kindsOf('shop/migrations/0003_later.py', beside)).toEqual([unseen]);
});

test('tables are named after the label that the app has, which need not be the folder', async () => {
  const files = {
    'src/store/migrations/0001_initial.py': migration(undefined, created),
    'src/store/migrations/0002_more.py': migration('0001_initial', alter('models.BigIntegerField()')),
    'src/store/migrations/0003_x.py': migration('0002_more', 'migrations.DeleteModel("Item")'),
  };
  const { up } = await migrationAt('src/store/migrations/0003_x.py', files, { database: 'postgres' });
  expect(up).toMatchObject([{ kind: 'dropTable', table: 'shop_item' }]);
  const only = {
    'src/store/migrations/0001_initial.py': files['src/store/migrations/0001_initial.py'],
    'src/store/apps.py': 'class A:\n    label = "goods"\n',
  };
  const first = await migrationAt('src/store/migrations/0001_initial.py', only, { database: 'postgres' });
  expect(first.up).toMatchObject([{ kind: 'createTable', table: 'goods_item' }]);
});

test('a history is read in one piece, each migration in the state that those before it left', () => {
  const texts = {
    'shop/migrations/0001_initial.py': migration(undefined, created.replace('])', '], options={"db_table": "items"})')),
    'shop/migrations/0002_more.py': migration(
      '0001_initial',
      'migrations.AddField("item", "size2", models.IntegerField(null=True))',
    ),
    'shop/migrations/0003_x.py': migration(
      '0002_more',
      'migrations.RenameModel("Item", "Thing")',
      'migrations.RemoveField("thing", "size")',
    ),
  };
  const { up } = readLoadedMigration({
    framework: 'django',
    path: 'shop/migrations/0003_x.py',
    status: 'renamed',
    database: 'postgres',
    files: {},
    paths: Object.keys(texts),
    texts,
    history: true,
  });
  expect(up.map((operation) => `${operation.kind} ${'table' in operation ? operation.table : ''}`.trim())).toEqual([
    'createTable items',
    'addColumn items',
    'noEffect',
    'dropColumn items',
  ]);
});

test('settings tell the database and the model of users', async () => {
  const path = 'shop/migrations/0001_initial.py';
  const text = migration(
    undefined,
    'migrations.CreateModel("Item", [("id", models.AutoField(primary_key=True)), ("owner", models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE))])',
  ).replace('from', 'from django.conf import settings\nfrom');
  const settings =
    'AUTH_USER_MODEL = "people.Person"\nDATABASES = {"default": {"ENGINE": "django.db.backends.mysql"}}\n';
  const files = { [path]: text, 'config/settings/base.py': settings };
  expect(databaseOf(path, files)).toBe('mysql');
  const { up } = await migrationAt(path, files);
  expect(JSON.stringify(up)).toContain('"references":{"table":"people_person"');
  expect(databaseOf(path, { [path]: text, 'shop/requirements.txt': 'mysqlclient==2.2\n' })).toBe('mysql');
});

test('operations stand where they are written, SQL where its string does', async () => {
  const path = 'shop/migrations/0001_initial.py';
  const text = migration(undefined, created, 'migrations.RunSQL("DROP TABLE a", "")');
  const { up } = await migrationAt(path, { [path]: text }, { database: 'postgres' });
  expect(up.map(({ span }) => [span.startLine, span.startColumn])).toEqual([
    [7, 9],
    [8, 28],
  ]);
});

test('comments are kept with their places, so that a finding can be allowed', async () => {
  const path = 'shop/migrations/0001_initial.py';
  const text = migration(undefined, `# plimsoll: allow drop-table, because it is empty\n        ${created}`);
  const { comments } = await migrationAt(path, { [path]: text }, { database: 'postgres' });
  expect(comments).toMatchObject([
    { text: '# plimsoll: allow drop-table, because it is empty', span: { startLine: 7 } },
  ]);
});

test('without a database the operations are read, and only SQL is not', async () => {
  const path = 'shop/migrations/0001_initial.py';
  const text = migration(undefined, created, 'migrations.RunSQL("DROP TABLE a", "")');
  const { up, transaction } = await migrationAt(path, { [path]: text }, { database: 'unknown' });
  expect(up.map(({ kind }) => kind)).toEqual(['createTable', 'opaque']);
  expect(transaction).toBe('unknown');
});

const hostile: [string, string][] = [
  ['brackets', `${head}    operations = ${'['.repeat(20_000)}`],
  ['calls', `${head}    operations = [${'migrations.SeparateDatabaseAndState(['.repeat(5_000)}`],
  ['unfinished strings', `${head}    operations = [migrations.RunSQL("""DROP TABLE a${' x'.repeat(10_000)}`],
  ['names that go round', `a = b\nb = a\n${head}    operations = a + operations\n`],
  [
    'lists that grow',
    `a0 = [1, 2]\n${Array.from({ length: 40 }, (_, index) => `a${index + 1} = a${index} + a${index}`).join('\n')}\n${head}    operations = a40\n`,
  ],
  [
    'functions that call themselves',
    `def f(apps, editor):\n    f(apps, editor)\n    f(apps, editor)\n${head}    operations = [migrations.RunPython(f, f)]\n`,
  ],
  ['a migration that needs itself', migration('0001_initial', created)],
  ['five million characters', `${head}    operations = []\n${'# x\n'.repeat(1_250_000)}`],
];

test.each(hostile)('%s are bounded and never thrown', async (_, text) => {
  const path = 'shop/migrations/0001_initial.py';
  const { up } = await migrationAt(path, { [path]: text }, { database: 'postgres' });
  expect(up.every((operation) => operation.kind !== 'opaque' || !operation.reason.includes('failed'))).toBe(true);
  expect(up.length).toBeLessThan(20_000);
});

test('a loop over names that are written out is taken round by round, one over rows is not', async () => {
  const path = 'shop/migrations/0002_x.py';
  const code = (list: string): string =>
    `NAMES = ("Item", "Bag")\n\n\ndef clear(apps, schema_editor):\n    for name in ${list}:\n        apps.get_model("shop", name).objects.filter(size=0).update(state=None)\n\n\n`;
  const updates = async (list: string) => {
    const text = `${code(list)}${migration('0001_initial', 'migrations.RunPython(clear, migrations.RunPython.noop)')}`;
    const files = { 'shop/migrations/0001_initial.py': migration(undefined, created), [path]: text };
    const { up } = await migrationAt(path, files, { database: 'postgres' });
    return up.flatMap((each) => (each.kind === 'updateRows' ? [[each.table, each.looped ?? false]] : []));
  };
  expect(await updates('NAMES')).toEqual([
    ['shop_item', false],
    ['shop_bag', false],
  ]);
  expect((await updates('names()')).map(([, looped]) => looped)).toEqual([true]);
});

test('a default is what Python works out, in the words of the column', async () => {
  const path = 'shop/migrations/0002_more.py';
  const defaultOf = async (field: string) => {
    const text = migration('0001_initial', `migrations.AddField("item", "more", ${field})`);
    const files = { [path]: `from django.contrib.postgres.fields import ArrayField, HStoreField\n${text}` };
    const { up } = await migrationAt(path, files, { database: 'postgres' });
    const [first] = up;
    return first?.kind === 'addColumn' ? first.column.default?.sql : undefined;
  };
  expect(await defaultOf('models.IntegerField(default=60 * 60 + 1)')).toBe('3601');
  expect(await defaultOf('ArrayField(models.TextField(), default=list)')).toBe("'{}'");
  expect(await defaultOf('HStoreField(default=dict)')).toBe("''");
  expect(await defaultOf('models.JSONField(default=list)')).toBe("'[]'");
});
