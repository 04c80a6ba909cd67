import { expect, test } from 'vitest';
import { renderOperations } from '../../src/render/operations.ts';
import { reviewed } from '../review/builders.ts';

const view = { baseUrl: '', owner: '', repo: '', pull: 0, head: '', author: '' };

async function sent(files: Record<string, string>): Promise<string> {
  return renderOperations((await reviewed(files)).migrations, view);
}

test('a migration that is a program is told as what it sends, with its lines', async () => {
  const text = `class AddState < ActiveRecord::Migration[7.1]
  def change
    add_column :orders, :state, :string, null: false, default: "new"
    add_reference :orders, :shop, index: false, foreign_key: { validate: false }
    add_index :orders, %i[state shop_id], unique: true
    rename_column :orders, :total, :sum
    execute "UPDATE orders SET state = 'old' WHERE id < 9"
    Order.where(state: nil).delete_all
    frobnicate :orders
  end
end
`;
  expect((await sent({ 'db/migrate/20260101000000_add_state.rb': text })).split('\n')).toEqual([
    '<details><summary>What is sent: 9 steps</summary>',
    '',
    "- line 3: add column `orders.state` `varchar`, not null, default `'new'`",
    '- line 4: add column `orders.shop_id` `bigint`',
    '- line 4: add to `orders` foreign key `fk_rails_7e761c2e1b` (`shop_id`) to `shops`, not validated',
    '- line 5: build unique index `index_orders_on_state_and_shop_id` on `orders` (`state`, `shop_id`)',
    '- line 6: rename column `orders.total` to `sum`',
    '- line 7: update some rows of `orders` (`state`)',
    '- line 8: use `Order` of the application',
    '- line 8: delete some rows of `orders`',
    '- line 9: not read: `frobnicate` is not a call that is known here',
    '',
    '</details>',
  ]);
});

test('files of one name are told apart by as many folders as that takes', async () => {
  const text = `export async function up(knex) {\n  await knex.schema.table('a', (t) => { t.text('b'); });\n}\n`;
  const paths = ['a/mysql/migrations/20260101_x.js', 'b/pg/migrations/20260101_x.js', 'b/pg/migrations/20260102_y.js'];
  const said = await sent(Object.fromEntries(paths.map((path) => [path, text])));
  expect(said.match(/^`.*`$/gm)).toEqual([
    '`mysql/migrations/20260101_x.js`',
    '`pg/migrations/20260101_x.js`',
    '`20260102_y.js`',
  ]);
});

test('what is sent at one place again and again is one line', async () => {
  const text = `exports.up = async (knex) => {\n  for (const name of ['a', 'b', 'c']) {\n    await knex('ports').insert({ name });\n    await knex('ports').where({ name }).update({ open: true });\n  }\n};\n`;
  expect((await sent({ 'migrations/20260101_ports.js': text })).split('\n').slice(0, 4)).toEqual([
    '<details><summary>What is sent: 6 steps</summary>',
    '',
    '- line 3: insert rows into `ports`, 3 times',
    '- line 4: update some rows of `ports` (`open`), 3 times',
  ]);
});

test('SQL says itself what it sends', async () => {
  expect(await sent({ 'db/migrations/V1__x.sql': 'ALTER TABLE a ADD COLUMN b int;\n' })).toBe('');
});

test('what a text from a pull request says stays text, and long lists are cut', async () => {
  const columns = Array.from({ length: 60 }, (_, at) => `    t.string :c${at}`).join('\n');
  const adds = Array.from({ length: 60 }, (_, at) => `    add_column :orders, "a${at} @ada <img> **x**", :string`).join(
    '\n',
  );
  const text = `class X < ActiveRecord::Migration[7.1]\n  def change\n    create_table :wide do |t|\n${columns}\n    end\n${adds}\n  end\nend\n`;
  const said = await sent({ 'db/migrate/20260101000000_x.rb': text });
  expect(said).toContain('create table `wide` (`id`, `c0`, `c1`');
  expect(said).toContain('and 49 more)');
  expect(said).toContain('and 21 more');
  expect(
    said
      .split('`')
      .filter((_, at) => at % 2 === 0)
      .join(''),
  ).not.toMatch(/@ada|<img>|\*\*/);
});
