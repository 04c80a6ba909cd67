import { expect, test } from 'vitest';
import { configuration, reviewed } from './builders.ts';

const path = 'migrations/0002_change.up.sql';

test('rules with one cure share a correction, in the order of the lines', async () => {
  const { corrections = [], findings } = await reviewed({
    [path]: `ALTER TABLE orders ADD CONSTRAINT positive CHECK (total > 0);
ALTER TABLE orders ALTER COLUMN note SET NOT NULL;
ALTER TABLE orders ADD CONSTRAINT small CHECK (total < 100);
`,
  });
  const joined = findings.filter((each) => each.joined === 1).map(({ rule }) => rule);
  expect(joined.toSorted()).toEqual(['set-not-null', 'validating-check', 'validating-check']);
  expect(corrections).toHaveLength(1);
  const added = [...(corrections[0]?.text.matchAll(/ADD CONSTRAINT (\w+)/g) ?? [])].map((match) => match[1]);
  expect(added).toEqual(['positive', 'orders_note_not_null', 'small']);
  expect(corrections[0]).toMatchObject({ findings: 3, migrations: 3, path });
});

test('a finding alone, and findings in files of their own, share nothing', async () => {
  const { corrections, findings } = await reviewed({
    'migrations/0002_a.up.sql': 'CREATE INDEX a ON orders (total);\n',
    'migrations/0003_b.up.sql': 'CREATE INDEX b ON orders (note);\n',
  });
  expect(findings.map(({ rule }) => rule)).toEqual(['blocking-index-build', 'blocking-index-build']);
  expect(corrections).toBeUndefined();
});

test('what the author muted is not corrected', async () => {
  const { corrections } = await reviewed({
    [path]: `CREATE INDEX a ON orders (total);
-- plimsoll: allow blocking-index-build, because nobody writes at night
CREATE INDEX b ON orders (note);
`,
  });
  expect(corrections).toBeUndefined();
});

test('a busy table has a migration of its own, but for what keeps nobody out', async () => {
  const text = `ALTER TABLE orders ADD CONSTRAINT positive CHECK (total > 0);
ALTER TABLE lines ADD CONSTRAINT positive CHECK (amount > 0);
ALTER TABLE orders ADD CONSTRAINT small CHECK (total < 100);
`;
  const tables = { orders: 'hot' as const };
  const quiet = await reviewed({ [path]: text });
  const busy = await reviewed({ [path]: text }, { configuration: configuration({ tables }) });
  expect(quiet.corrections?.map(({ migrations }) => migrations)).toEqual([2]);
  expect(busy.corrections?.map(({ migrations }) => migrations)).toEqual([3]);
  expect(busy.corrections?.[0]?.text.match(/-- Migration \d of \d/g)).toEqual([
    '-- Migration 1 of 2',
    '-- Migration 2 of 2',
  ]);
});

test('a constraint that two statements ask for is added once', async () => {
  const { corrections = [] } = await reviewed({
    [path]:
      'ALTER TABLE orders ALTER COLUMN note SET NOT NULL;\nALTER TABLE orders ALTER COLUMN total SET NOT NULL;\nALTER TABLE orders ALTER COLUMN note DROP NOT NULL;\nALTER TABLE orders ALTER COLUMN note SET NOT NULL;\n',
  });
  expect(corrections[0]?.text.match(/ADD CONSTRAINT orders_note_not_null/g)).toHaveLength(1);
});

test('a table named as what every object has is no busy one', async () => {
  const { corrections = [] } = await reviewed({
    [path]: 'CREATE INDEX a ON "constructor" (total);\nCREATE INDEX b ON "constructor" (note);\n',
  });
  expect(corrections).toHaveLength(1);
});

const standing = {
  'migrations/0001_a.up.sql': 'CREATE TABLE crates (id int, code text);\nCREATE INDEX by_code ON crates (code);\n',
};

async function textOfJoined(text: string): Promise<string> {
  const parts = { history: standing, basePaths: Object.keys(standing) };
  return (await reviewed({ [path]: text }, parts)).corrections?.[0]?.text ?? '';
}

test('an index that takes the place of another is built first, so that queries always have one', async () => {
  const text = await textOfJoined('DROP INDEX by_code;\nCREATE INDEX by_code_and_id ON crates (code, id);\n');
  const [built, dropped] = ['CREATE INDEX CONCURRENTLY by_code_and_id', 'DROP INDEX CONCURRENTLY by_code;'];
  expect(text).toContain(built);
  expect(text.indexOf(dropped)).toBeGreaterThan(text.indexOf(built));
});

test('one of the same name steps aside first', async () => {
  const text = await textOfJoined('DROP INDEX by_code;\nCREATE UNIQUE INDEX by_code ON crates (code);\n');
  const order = [
    'ALTER INDEX by_code RENAME TO by_code_old;',
    'CREATE UNIQUE INDEX CONCURRENTLY by_code ON',
    'DROP INDEX CONCURRENTLY by_code_old;',
  ].map((each) => text.indexOf(each));
  expect(order).not.toContain(-1);
  expect(order).toEqual(order.toSorted((one, other) => one - other));
});

test('the plan drops what it replaces, whose name it would not get otherwise', async () => {
  const parts = { history: standing, basePaths: Object.keys(standing) };
  const text = 'DROP INDEX by_code;\nCREATE UNIQUE INDEX by_code ON crates (code);\n';
  const { plan } = await reviewed({ [path]: text }, parts);
  const printed = plan?.roads[0]?.phases.at(-1)?.migrations.map((each) => each.text.split('\n')[0]);
  expect(printed).toEqual([
    'ALTER INDEX by_code RENAME TO by_code_old;',
    'CREATE UNIQUE INDEX CONCURRENTLY by_code ON crates (code);',
    'DROP INDEX CONCURRENTLY by_code_old;',
  ]);
});
