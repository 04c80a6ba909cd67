import { expect, test } from 'vitest';
import { provableBoxes } from '../../src/operations/configuration.ts';
import { boxes as allBoxes } from '../../src/review/checklist.ts';
import { configuration, reviewed } from './builders.ts';

const path = 'db/migrations/V3__x.sql';

async function boxes(text: string, database: 'postgres' | 'mysql' = 'postgres'): Promise<string[]> {
  const { version: _, ...settings } = configuration({ database });
  return (await reviewed({ [path]: text }, { configuration: settings })).checklist.map(({ id }) => id);
}

test('only what the change calls for is asked', async () => {
  expect(await boxes('CREATE TABLE a (id int PRIMARY KEY);\n')).toEqual(['ran-on-copy', 'read-sql']);
  expect(await boxes('ALTER TABLE a RENAME TO b;\n')).toContain('old-release-works');
  expect(await boxes('UPDATE a SET b = 1 WHERE b IS NULL;\n')).toContain('backfill-repeatable');
  expect(await boxes('ALTER TABLE a DROP COLUMN b;\n')).toContain('nothing-reads-it');
  expect(await boxes('ALTER TABLE a ADD CONSTRAINT u UNIQUE (b);\n')).toContain('rows-counted');
});

test('a column that only gets more room breaks no rule and no release', async () => {
  const history = { 'db/migrations/V1__a.sql': 'CREATE TABLE a (id int PRIMARY KEY, b varchar(20));\n' };
  const asked = async (type: string) => {
    const files = { [path]: `ALTER TABLE a ALTER COLUMN b TYPE ${type};\n` };
    return (await reviewed(files, { history, basePaths: Object.keys(history) })).checklist.map(({ id }) => id);
  };
  expect(await asked('varchar(40)')).toEqual(['ran-on-copy', 'read-sql']);
  expect(await asked('varchar(10)')).toEqual(['ran-on-copy', 'old-release-works', 'rows-counted', 'read-sql']);
});

test('a rewrite that every row comes through asks for no count of rows, and a longer text for no release', async () => {
  const asked = async (from: string, change: string, database: 'postgres' | 'mysql') => {
    const { version: _, ...settings } = configuration({ database });
    const history = { 'db/migrations/V1__a.sql': `CREATE TABLE a (id int PRIMARY KEY, b ${from});\n` };
    const options = { history, basePaths: Object.keys(history), configuration: settings };
    const { checklist, plan } = await reviewed({ [path]: `ALTER TABLE a ${change};\n` }, options);
    const breaks = plan?.answers.find(({ question }) => question.startsWith('Does the release'))?.answer;
    return [breaks, ...checklist.map(({ id }) => id)];
  };
  expect(await asked('varchar(255)', 'MODIFY b text', 'mysql')).toEqual(['no', 'ran-on-copy', 'read-sql']);
  expect(await asked('integer', 'ALTER COLUMN b TYPE bigint', 'postgres')).toEqual([
    'yes',
    'ran-on-copy',
    'old-release-works',
    'read-sql',
  ]);
  expect(await asked('text', 'MODIFY b varchar(20)', 'mysql')).toContain('rows-counted');
});

test('several statements on MySQL ask who knows what stands half-way, on PostgreSQL they do not', async () => {
  const text = 'ALTER TABLE a ADD COLUMN b int;\nALTER TABLE a ADD COLUMN c int;\n';
  expect(await boxes(text, 'mysql')).toContain('takes-back');
  expect(await boxes(text)).not.toContain('takes-back');
});

test('there are five boxes at most, and a reviewer always has one', async () => {
  const text =
    'ALTER TABLE a DROP COLUMN b;\nUPDATE a SET c = 1;\nALTER TABLE a ADD CONSTRAINT u UNIQUE (c);\nALTER TABLE a RENAME TO z;\nALTER TABLE q FROBNICATE;\n';
  const { checklist } = await reviewed({ [path]: text });
  expect(checklist).toHaveLength(5);
  expect(checklist.filter(({ who }) => who === 'reviewer').map(({ id }) => id)).toContain('read-sql');
});

test('a deleted migration asks nothing', async () => {
  const report = await reviewed([{ path, status: 'deleted', before: 'DROP TABLE a;\n' }]);
  expect(report.checklist).toEqual([]);
});

const text = 'ALTER TABLE a\n  ADD COLUMN b int;\nUPDATE a SET b = 1 WHERE b IS NULL;\n';

async function digests(...files: [string, string][]): Promise<Record<string, string>> {
  const { checklist } = await reviewed(Object.fromEntries(files));
  return Object.fromEntries(checklist.map(({ id, digest }) => [id, digest]));
}

test('layout, comments between statements and other files change no digest', async () => {
  const before = await digests([path, text]);
  const moved = `-- why\n\n${text.replace('\n  ADD', ' ADD').replaceAll('\n', '\r\n\r\n')}`;
  expect(await digests([path, moved], ['src/a.ts', 'x'])).toEqual(before);
});

test('another condition, value or body changes the digest', async () => {
  const before = await digests([path, text]);
  expect(await digests([path, text.replace('b = 1', 'b = 2')])).not.toEqual(before);
  expect(await digests([path, text.replace('b IS NULL', 'c IS NULL')])).not.toEqual(before);
  const body = (value: number) => `CREATE FUNCTION f() RETURNS int AS $$ SELECT ${value} $$ LANGUAGE sql;\n`;
  expect(await digests([path, body(1)])).not.toEqual(await digests([path, body(2)]));
});

test('a box is touched only by the migrations that call for it', async () => {
  const other = 'db/migrations/V4__y.sql';
  const one = await digests([path, text], [other, 'CREATE TABLE n (id int);\n']);
  const two = await digests([path, text], [other, 'CREATE TABLE n (id bigint);\n']);
  expect(two['backfill-repeatable']).toBe(one['backfill-repeatable']);
  expect(two['ran-on-copy']).not.toBe(one['ran-on-copy']);
});

test('a box names the check that answers it, and every box that a check may answer is one of the author', async () => {
  const proofs = Object.fromEntries(provableBoxes.map((box) => [box, `prove-${box}`]));
  const text =
    'ALTER TABLE a RENAME TO b;\nUPDATE c SET d = 1 WHERE d IS NULL;\nALTER TABLE e ADD CONSTRAINT u UNIQUE (f);\n';
  const { checklist } = await reviewed({ [path]: text }, { configuration: configuration({ proofs }) });
  const proven = checklist.flatMap(({ id, who, proof }) => (proof === undefined ? [] : [`${who} ${id} ${proof}`]));
  expect(proven.length).toBeGreaterThan(2);
  for (const line of proven) expect(line).toMatch(/^author ([a-z-]+) prove-\1$/);
  for (const box of provableBoxes) expect(allBoxes).toContain(box);
});

const revision = (body: string) =>
  `from alembic import op\nimport sqlalchemy as sa\nfrom billing.crypto import seal\n\nrevision = '2'\ndown_revision = '1'\n\n\ndef upgrade():\n    rates = op.create_table('rates', sa.Column('id', sa.Integer(), primary_key=True), sa.Column('secret', sa.Text()))\n${body}\n\ndef downgrade():\n    op.drop_table('rates')\n`;

async function boxesOfRevision(body: string): Promise<string[]> {
  const { version: _, ...settings } = configuration({ database: 'postgres' });
  const files = { 'alembic/versions/2_rates.py': revision(body) };
  return (await reviewed(files, { configuration: settings })).checklist.map(({ id }) => id);
}

test('a function of the application that works out the first rows of a new table asks for no backfill: what else it may do, its own finding says', async () => {
  const seed = `    op.bulk_insert(rates, [{'id': 1, 'secret': seal('a')}])\n`;
  expect(await boxesOfRevision(seed)).toEqual(['ran-on-copy', 'read-sql']);
});

test('a call of the application that may write any rows asks for one still', async () => {
  expect(await boxesOfRevision(`    seal('everything')\n`)).toContain('backfill-repeatable');
  const both = `    op.bulk_insert(rates, [{'id': 1, 'secret': seal('a')}])\n    op.execute("UPDATE shops SET rate = 1 WHERE rate IS NULL")\n`;
  expect(await boxesOfRevision(both)).toEqual(expect.arrayContaining(['backfill-repeatable', 'takes-back']));
});

test('a new type that nothing uses yet asks nothing of the release that runs', async () => {
  const text = "CREATE TYPE mood AS ENUM ('glad');\nCREATE TABLE diary (id int PRIMARY KEY, mood mood);\n";
  expect(await boxes(text)).toEqual(['ran-on-copy', 'read-sql']);
});

test('a key or index over a column that comes empty with it asks for no count of rows, in one file or two', async () => {
  const column = 'ALTER TABLE a ADD COLUMN b_id bigint;\n';
  const key = 'ALTER TABLE a ADD CONSTRAINT k FOREIGN KEY (b_id) REFERENCES b (id) NOT VALID;\n';
  const index = 'CREATE UNIQUE INDEX a_b ON a (b_id);\n';
  expect(await boxes(column + key + index)).toEqual(['ran-on-copy', 'read-sql']);
  const apart = {
    [path]: column,
    'db/migrations/V4__y.sql': key,
    'db/migrations/V5__z.sql': 'ALTER TABLE a VALIDATE CONSTRAINT k;\n',
  };
  expect((await reviewed(apart)).checklist.map(({ id }) => id)).toEqual(['ran-on-copy', 'read-sql']);
});

test('it does where the change fills the column, has a default for it or runs what is not known, or found the column there', async () => {
  const key = 'ALTER TABLE a ADD CONSTRAINT k FOREIGN KEY (b_id) REFERENCES b (id);\n';
  const column = 'ALTER TABLE a ADD COLUMN b_id bigint;\n';
  const filled = `${column}UPDATE a SET b_id = old_id WHERE b_id IS NULL;\n${key}`;
  const defaulted = `ALTER TABLE a ADD COLUMN b_id bigint DEFAULT 7;\n${key}`;
  const called = `${column}SELECT fill_all();\n${key}`;
  for (const text of [filled, defaulted, called, key]) expect(await boxes(text)).toContain('rows-counted');
});

test('fixed rows that a file of SQL adds are no backfill; those of a loop, of a query or in the place of others are', async () => {
  expect(await boxes("INSERT INTO kinds (id, name) VALUES (7, 'proxy');\n")).toEqual(['ran-on-copy', 'read-sql']);
  const loop =
    'DO $$ DECLARE u record; BEGIN FOR u IN SELECT id FROM users LOOP INSERT INTO s VALUES (u.id); END LOOP; END $$;';
  expect(await boxes(`${loop}\n`)).toContain('backfill-repeatable');
  expect(await boxes('INSERT INTO s SELECT id FROM users;\n')).toContain('backfill-repeatable');
  expect(await boxes('REPLACE INTO kinds (id) VALUES (7);\n', 'mysql')).toContain('backfill-repeatable');
});

test('what sends nothing to the database asks for nobody, unless its way back sends something', async () => {
  const first = `from django.db import migrations, models


class Migration(migrations.Migration):
    operations = [
        migrations.CreateModel("Item", [("id", models.AutoField(primary_key=True)), ("size", models.IntegerField())]),
    ]
`;
  const text = `from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("shop", "0001_initial")]
    operations = [migrations.AlterField("item", "size", models.IntegerField(help_text="in cm"))]
`;
  const history = { 'shop/migrations/0001_initial.py': first };
  const options = { history, basePaths: Object.keys(history) };
  const report = await reviewed({ 'shop/migrations/0002_help.py': text }, options);
  expect(report.migrations[0]?.operations.map(({ kind }) => kind)).toEqual(['noEffect']);
  expect([report.verdict, report.checklist]).toEqual(['clear', []]);
  const goose = '-- +goose Up\nSELECT 1;\n-- +goose Down\nDELETE FROM a WHERE b;\n';
  expect((await reviewed({ 'migrations/20260101000000_x.sql': goose })).verdict).not.toBe('clear');
});

test('the type that the way back gives again is the one that there was, where no migration tells', async () => {
  const text = `exports.up = (queryInterface, Sequelize) => queryInterface.changeColumn('a', 'b', { type: Sequelize.TEXT });
exports.down = (queryInterface, Sequelize) => queryInterface.changeColumn('a', 'b', { type: Sequelize.STRING });
`;
  const manifest = { 'package.json': '{"dependencies":{"sequelize":"6.37.0","pg":"8.0.0"}}' };
  const { checklist, plan, findings } = await reviewed(
    { 'migrations/20260101000000-x.js': text },
    { projectTexts: manifest, basePaths: Object.keys(manifest) },
  );
  expect(findings.filter(({ concerns }) => concerns === 'locks')).toEqual([]);
  expect(checklist.map(({ id }) => id)).toEqual(['ran-on-copy', 'read-sql']);
  expect(plan?.roads).toEqual([]);
});
