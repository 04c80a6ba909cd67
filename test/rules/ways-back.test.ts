/** What an advice prints can be taken back as far as the base branch tells what was there. */
import { expect, test } from 'vitest';
import { configuration, reviewed } from '../review/builders.ts';

const path = 'db/migrate/20260201000000_change.rb';
const basePaths = ['db/schema.rb'];
const schema = `ActiveRecord::Schema[7.1].define(version: 1) do
  create_table "orders" do |t|
    t.string "code", null: false
    t.integer "total"
    t.index ["code"], name: "orders_code", unique: true
    t.index ["total"], name: "orders_total", where: "total > 0"
  end
end
`;

async function adviceOf(rule: string, ...calls: string[]): Promise<string> {
  const text = `class Change < ActiveRecord::Migration[7.1]\n  def up\n${calls.map((each) => `    ${each}\n`).join('')}  end\nend\n`;
  const settings = configuration({ database: 'postgres' });
  const { findings } = await reviewed(
    { [path]: text },
    { history: { 'db/schema.rb': schema }, basePaths, configuration: settings },
  );
  return findings.find((each) => each.rule === rule)?.advice ?? '';
}

test.each([
  [
    'blocking-index-drop',
    'remove_index :orders, name: "orders_total"',
    'remove_index :orders, :total, name: "orders_total", where: "total > 0"',
  ],
  [
    'dropped-uniqueness',
    'remove_index :orders, name: "orders_code"',
    'remove_index :orders, :code, name: "orders_code", unique: true',
  ],
])('%s: with what stood there, so that Rails turns it around by itself', async (rule, call, whole) => {
  expect(await adviceOf(rule, call)).toContain(`def change\n  ${whole}`);
});

test('a type goes back to the one that the schema names', async () => {
  const advice = await adviceOf('irreversible-down', 'change_column :orders, :total, :bigint');
  expect(advice).toContain('What the base branch tells takes it back:');
  expect(advice).toContain('def down\n  change_column :orders, :total, :integer\nend');
});
