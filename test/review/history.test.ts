import { expect, test } from 'vitest';
import { configuration, outline, reviewed } from './builders.ts';

test('databases that share a folder by the endings of their files have a schema each', async () => {
  const files = {
    'migrations/000002_carts.mysql.up.sql': 'CREATE TABLE carts (id bigint PRIMARY KEY, owner bigint);\n',
  };
  const earlier = { 'migrations/000001_carts.postgres.up.sql': 'CREATE TABLE carts (id bigint PRIMARY KEY);\n' };
  const { database: _, version: __, ...settings } = configuration();
  const said = async (history: Record<string, string>) =>
    outline(await reviewed(files, { history, basePaths: Object.keys(history), configuration: settings }));
  expect(await said(earlier)).toEqual([]);
  const own = { 'migrations/000001_carts.mysql.up.sql': 'CREATE TABLE carts (id bigint PRIMARY KEY);\n' };
  expect(await said({ ...earlier, ...own })).toEqual([
    'error name-already-taken migrations/000002_carts.mysql.up.sql:1',
  ]);
});

test('earlier migrations that are programs tell no database, however their lists and strings look', async () => {
  const path = 'versions/2b_tax.py';
  const revision = (own: string, parent: string, body: string) =>
    `from alembic import op\nimport sqlalchemy as sa\nrevision = '${own}'\ndown_revision = ${parent}\ndef upgrade():\n    ${body}\n`;
  const files = { [path]: revision('2b', "'1a'", "op.execute('DELETE FROM orders')") };
  const history = { 'versions/1a_orders.py': revision('1a', 'None', 'name = "a"; columns = [name]') };
  const { database: _, version: __, ...settings } = configuration();
  const { migrations } = await reviewed(files, { history, basePaths: Object.keys(history), configuration: settings });
  expect(migrations.map(({ database }) => database)).toEqual(['unknown']);
});

test('an earlier migration is known with the helper that it hands its operations to', async () => {
  const head = (own: string, parent: string) =>
    `from alembic import op\nimport sqlalchemy as sa\nfrom shop.helpers import make\nrevision = '${own}'\ndown_revision = ${parent}\ndef upgrade():\n`;
  const files = {
    'versions/2b_tax.py': `${head('2b', "'1a'")}    op.create_table('orders', sa.Column('id', sa.Integer))\n`,
  };
  const history = { 'versions/1a_orders.py': `${head('1a', 'None')}    make(op, 'orders')\n` };
  const helpers =
    "import sqlalchemy as sa\ndef make(op, name):\n    op.create_table(name, sa.Column('id', sa.Integer))\n";
  const said = async (helper: string) =>
    outline(
      await reviewed(files, {
        history,
        basePaths: [...Object.keys(history), 'shop/helpers.py'],
        projectTexts: { 'shop/helpers.py': helper },
      }),
    );
  expect(await said(helpers)).toContain('warning name-already-taken versions/2b_tax.py:7');
  expect(await said('def make(op, name):\n    pass\n')).not.toContain(
    'warning name-already-taken versions/2b_tax.py:7',
  );
});

test('a history that was replayed for one change is the same for the next one', async () => {
  const history = { 'db/migration/V1__a.sql': 'CREATE TABLE a (id int, note text);\n' };
  const said = async (sql: string) =>
    outline(await reviewed({ 'db/migration/V2__b.sql': sql }, { history, basePaths: Object.keys(history) }));
  const added = 'ALTER TABLE a ADD COLUMN note text;\n';
  expect(await said(added)).toEqual(['error name-already-taken db/migration/V2__b.sql:1']);
  expect(await said('ALTER TABLE a DROP COLUMN note;\n')).toEqual(['error drop-column db/migration/V2__b.sql:1']);
  expect(await said(added)).toEqual(['error name-already-taken db/migration/V2__b.sql:1']);
});
