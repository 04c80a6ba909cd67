/** Tables whose names a program works out: making one makes nothing of another. */
import { expect, test } from 'vitest';
import { added, reviewed } from '../review/builders.ts';

async function said(path: string, text: string, others: Record<string, string> = {}): Promise<[string, number][]> {
  const { findings } = await reviewed([added(path, text)], {
    projectTexts: others,
    basePaths: Object.keys(others),
  });
  return findings.map(({ rule, startLine }) => [rule, startLine]);
}

test('a block drops one table where it made another', async () => {
  const text = `DO $$ DECLARE fresh text; old text; BEGIN
  EXECUTE format('CREATE TABLE %I (id bigint PRIMARY KEY, note text)', fresh);
  EXECUTE format('ALTER TABLE %I DROP COLUMN note', fresh);
  EXECUTE format('DROP TABLE %I', old);
  EXECUTE format('DROP TABLE %I', upper(old));
END $$;
`;
  const found = await said('db/migration/V2__change.sql', text);
  expect(found).toContainEqual(['drop-table', 4]);
  expect(found).toContainEqual(['drop-table', 5]);
  expect(found.filter(([, line]) => line < 4)).toEqual([]);
});

test('a script drops one table where it made another', async () => {
  const text = `exports.up = async (knex) => {
  await knex.schema.createTable(process.env.FRESH, (table) => table.increments());
  await knex.schema.dropTable(process.env.OLD);
};
exports.down = async () => {};
`;
  const others = { 'package.json': '{"dependencies":{"knex":"3.1.0","pg":"8.16.0"}}' };
  expect(await said('migrations/20260101000000_change.js', text, others)).toContainEqual(['drop-table', 3]);
});
