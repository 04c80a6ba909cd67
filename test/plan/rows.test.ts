/** Rows that a change writes into a column that it makes itself. */
import { expect, test } from 'vitest';
import { configuration, reviewed } from '../review/builders.ts';

const history = { 'db/migration/V1__a.sql': 'CREATE TABLE a (id bigint PRIMARY KEY, total int);\n' };

async function planned(sql: string) {
  const settings = configuration({ database: 'mysql', version: '8.4' });
  const parts = { history, basePaths: Object.keys(history), configuration: settings };
  return (await reviewed({ 'db/migration/V2__b.sql': sql }, parts)).plan;
}

test('what fills a column that is to be unique is the road of that column, which keeps no default for all', async () => {
  const plan = await planned(
    "ALTER TABLE a ADD COLUMN token char(36) NOT NULL UNIQUE DEFAULT '0';\nUPDATE a SET token = UUID() WHERE token = '0';\n",
  );
  expect(plan?.roads.map(({ subject }) => subject)).toEqual(['`a.token`']);
  const printed = plan?.roads.flatMap(({ phases }) => phases.flatMap(({ migrations }) => migrations)) ?? [];
  const texts = printed.map(({ text }) => text);
  expect(texts.at(-1)).toContain('MODIFY COLUMN `token` char(36) NOT NULL;');
  expect(texts.join('\n')).not.toContain('DEFAULT');
});

test('rows of a column that has its default already keep a road of their own', async () => {
  const plan = await planned(
    "ALTER TABLE a ADD COLUMN kind varchar(8) NOT NULL DEFAULT 'x';\nUPDATE a SET kind = 'y' WHERE total > 5;\n",
  );
  expect(plan?.roads.map(({ subject }) => subject)).toEqual(['Rows of `a`']);
});
