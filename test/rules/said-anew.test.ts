import { expect, test } from 'vitest';
import { configuration, reviewed } from '../review/builders.ts';

const shop = `CREATE TABLE users (id bigint PRIMARY KEY, code bigint UNIQUE);
CREATE TABLE orders (id bigint PRIMARY KEY, user_id bigint CONSTRAINT orders_user REFERENCES users (id), total int);
CREATE INDEX orders_of ON orders (user_id);
`;
const drop = 'ALTER TABLE orders DROP CONSTRAINT orders_user;\n';
const add = 'ALTER TABLE orders ADD CONSTRAINT orders_user FOREIGN KEY (user_id) REFERENCES users ON DELETE CASCADE;\n';
const renamed = add.replace('orders_user ', 'orders_owner ');

test.each([
  [
    'in one statement',
    'ALTER TABLE orders DROP CONSTRAINT orders_user, ADD CONSTRAINT orders_user FOREIGN KEY (user_id) REFERENCES users (id);\n',
  ],
  ['across statements', drop + add],
  ['under another name', drop + renamed],
  ['before the old one goes', renamed + drop],
  ['with rows of another table between', `${drop}UPDATE notes SET body = '' WHERE body IS NULL;\n${add}`],
])('a key said anew %s does not fail', async (_how, text) => {
  expect(await messagesOf(text)).toEqual([expect.stringContaining('It does not fail: the rows obe')]);
});

test.each([
  ['to other columns', drop + add.replace('users', 'users (code)')],
  ['of another column', drop + add.replace('(user_id)', '(total)')],
  ['after rows were written', `${drop}UPDATE orders SET user_id = 1 WHERE total > 0;\n${add}`],
  ['after rows of the other table went', `${drop}DELETE FROM users WHERE code IS NULL;\n${add}`],
  [
    'after its column was made anew',
    `${drop}ALTER TABLE orders DROP COLUMN user_id;\nALTER TABLE orders ADD COLUMN user_id bigint DEFAULT 1;\n${add}`,
  ],
])('a key %s may fail', async (_how, text) => {
  expect(await messagesOf(text)).toEqual([expect.stringContaining('It fails if one row points nowhere.')]);
});

test('a key that was never validated tells nothing of the rows', async () => {
  const unchecked = `${shop.replace(' CONSTRAINT orders_user REFERENCES users (id)', '')}ALTER TABLE orders ADD CONSTRAINT orders_user FOREIGN KEY (user_id) REFERENCES users (id) NOT VALID;\n`;
  const validated = `${unchecked}ALTER TABLE orders VALIDATE CONSTRAINT orders_user;\n`;
  expect(await messagesOf(drop + add, unchecked)).toEqual([expect.stringContaining('It fails if')]);
  expect(await messagesOf(drop + add, validated)).toEqual([expect.stringContaining('It does not fail')]);
});

test('a key without a name is dropped by that of PostgreSQL', async () => {
  const unnamed = shop.replace(' CONSTRAINT orders_user', '');
  const gone = drop.replace('orders_user', 'orders_user_id_fkey');
  expect(await messagesOf(gone + add, unnamed)).toEqual([expect.stringContaining('It does not fail')]);
  expect(await messagesOf(add, unnamed + gone)).toEqual([expect.stringContaining('It fails if')]);
});

test('where others write between the two, what they write may fail it', async () => {
  const files = { 'migrations/00002_b.sql': `-- +goose NO TRANSACTION\n-- +goose Up\n${drop}${add}-- +goose Down\n` };
  const report = await reviewed(files, {
    history: { 'migrations/00001_a.sql': `-- +goose Up\n${shop}` },
    basePaths: ['migrations/00001_a.sql'],
  });
  expect(said(report)).toEqual([expect.stringContaining('if one that is written in between points nowhere')]);
});

test('MySQL drops and adds in one statement, or lets others write', async () => {
  const own = configuration({ database: 'mysql', version: '8.4' });
  const dropped = 'ALTER TABLE orders DROP FOREIGN KEY orders_user;\n';
  const one =
    'ALTER TABLE orders DROP FOREIGN KEY orders_user, ADD CONSTRAINT orders_user FOREIGN KEY (user_id) REFERENCES users (id);\n';
  const before =
    'CREATE TABLE users (id bigint PRIMARY KEY);\nCREATE TABLE orders (id bigint PRIMARY KEY, user_id bigint, total int, CONSTRAINT orders_user FOREIGN KEY (user_id) REFERENCES users (id));\n';
  const parts = { configuration: own };
  expect(await messagesOf(dropped + add.replace('users', 'users (id)'), before, parts)).toEqual([
    expect.stringContaining('written in between'),
  ]);
  expect(await messagesOf(one, before, parts)).toEqual([expect.stringContaining('It does not fail')]);
});

test('Rails, by the table alone', async () => {
  const version =
    'ActiveRecord::Schema[7.1].define(version: 2026_01_01_000000) do\n  create_table "users"\n  create_table "orders" do |t|\n    t.bigint "user_id"\n    t.index ["user_id"], name: "orders_of"\n  end\n  add_foreign_key "orders", "users"\nend\n';
  const text =
    'class Cascade < ActiveRecord::Migration[7.1]\n  def change\n    remove_foreign_key :orders, :users\n    add_foreign_key :orders, :users, on_delete: :cascade\n  end\nend\n';
  const report = await reviewed(
    { 'db/migrate/20260202000000_cascade.rb': text },
    { history: { 'db/schema.rb': version }, basePaths: ['db/schema.rb'] },
  );
  expect(said(report)).toEqual([expect.stringContaining('It does not fail')]);
});

test('Alembic, by names', async () => {
  const first =
    'import sqlalchemy as sa\nfrom alembic import op\n\nrevision = "a"\ndown_revision = None\n\n\ndef upgrade():\n    op.create_table("users", sa.Column("id", sa.Integer, primary_key=True))\n    op.create_table("orders", sa.Column("id", sa.Integer, primary_key=True), sa.Column("user_id", sa.Integer, sa.ForeignKey("users.id")))\n';
  const second =
    'from alembic import op\n\nrevision = "b"\ndown_revision = "a"\n\n\ndef upgrade():\n    op.drop_constraint("orders_user_id_fkey", "orders", type_="foreignkey")\n    op.create_foreign_key("orders_user_id_fkey", "orders", "users", ["user_id"], ["id"], ondelete="CASCADE")\n';
  const report = await reviewed(
    { 'alembic/versions/b.py': second },
    { history: { 'alembic/versions/a.py': first }, basePaths: ['alembic/versions/a.py'] },
  );
  expect(said(report)).toEqual([expect.stringContaining('It does not fail')]);
});

test('Django keeps `on_delete` to itself', async () => {
  const field = (how: string) => `models.ForeignKey("shop.User", on_delete=models.${how}, db_index=True)`;
  const first = `from django.db import migrations, models\n\n\nclass Migration(migrations.Migration):\n    dependencies = []\n    operations = [\n        migrations.CreateModel("User", fields=[("id", models.BigAutoField(primary_key=True))]),\n        migrations.CreateModel("Order", fields=[("id", models.BigAutoField(primary_key=True)), ("user", ${field('CASCADE')})]),\n    ]\n`;
  const second = `from django.db import migrations, models\n\n\nclass Migration(migrations.Migration):\n    dependencies = [("shop", "0001_a")]\n    operations = [migrations.AlterField("order", "user", ${field('PROTECT')})]\n`;
  const report = await reviewed(
    { 'shop/migrations/0002_b.py': second },
    { history: { 'shop/migrations/0001_a.py': first }, basePaths: ['shop/migrations/0001_a.py'] },
  );
  expect(report.migrations[0]?.operations.filter(({ kind }) => kind !== 'noEffect')).toEqual([]);
  expect(said(report)).toEqual([]);
});

test('nobody is asked to count rows that obey the key', async () => {
  const asked = async (text: string) => (await reviewOf(text)).checklist.map(({ id }) => id);
  expect(await asked(drop + add)).not.toContain('rows-counted');
  expect(await asked(add.replace('(user_id)', '(total)'))).toContain('rows-counted');
});

function reviewOf(
  text: string,
  before = shop,
  parts: Parameters<typeof reviewed>[1] = {},
): ReturnType<typeof reviewed> {
  const path = 'db/migration/V1__shop.sql';
  return reviewed({ 'db/migration/V2__keys.sql': text }, { history: { [path]: before }, basePaths: [path], ...parts });
}

async function messagesOf(...given: Parameters<typeof reviewOf>): Promise<string[]> {
  return said(await reviewOf(...given));
}

function said({ findings }: Awaited<ReturnType<typeof reviewed>>): string[] {
  return findings.filter(({ rule }) => rule === 'validating-foreign-key').map(({ message }) => message);
}
