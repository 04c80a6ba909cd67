import { expect, test } from 'vitest';
import { rules } from '../../rules/index.ts';
import type { Finding } from '../../src/report.ts';
import { review } from '../../src/review/review.ts';
import { changeOf, type PageFile } from '../pages.ts';

test.each([
  ['small', 'notice'],
  ['large', 'error'],
  ['hot', 'error'],
])('what costs by size is, on a %s table, an %s', async (size, severity) => {
  const [finding] = await findingsOf('CREATE INDEX i ON orders (a);', `tables:\n  orders: ${size}`);
  expect(finding).toMatchObject({ rule: 'blocking-index-build', severity });
  expect(finding?.message).toContain(`\`orders\` is configured as ${size}.`);
});

test('of two tables that are locked the larger one counts, and is the one that is named', async () => {
  const sql = 'ALTER TABLE orders ADD CONSTRAINT k FOREIGN KEY (a) REFERENCES users (id);';
  const [finding] = await findingsOf(sql, 'tables:\n  orders: small\n  users: hot');
  expect(finding).toMatchObject({ rule: 'validating-foreign-key', severity: 'error' });
  expect(finding?.message).toContain('`users` is configured as hot.');
});

test('what may also fail on rows is not folded away on a small table', async () => {
  const [finding] = await findingsOf('ALTER TABLE orders ALTER COLUMN a SET NOT NULL;', 'tables:\n  orders: small');
  expect(finding).toMatchObject({ rule: 'set-not-null', severity: 'warning' });
});

test('what is lost is an error on a table of any size', async () => {
  const [finding] = await findingsOf('DROP TABLE orders;', 'tables:\n  orders: small');
  expect(finding).toMatchObject({ rule: 'drop-table', severity: 'error' });
});

test('a unique column with a volatile default is one finding, not three', async () => {
  const sql = 'ALTER TABLE orders ADD COLUMN token uuid NOT NULL DEFAULT gen_random_uuid() UNIQUE;';
  expect((await findingsOf(sql)).map((finding) => finding.rule)).toEqual(['unique-column-with-default']);
});

test('a required unique column without a default is told once', async () => {
  const sql = 'ALTER TABLE orders ADD COLUMN token uuid NOT NULL UNIQUE;';
  expect((await findingsOf(sql)).map((finding) => finding.rule)).toEqual(['required-column-without-default']);
});

test('a name under a hostile spelling breaks out of no message and no fence', async () => {
  const name = '"a`b```\n# c\u202e"';
  const [finding] = await findingsOf(`CREATE INDEX i ON ${name} ("x\`\`\`\`y");`);
  const lines = finding?.advice.split('\n') ?? [];
  expect(finding?.message).not.toMatch(/\n|\u202e/);
  expect(lines.filter((line) => line.startsWith('#'))).toEqual([]);
  expect(lines.filter((line) => /^`{3,}(sql)?$/.test(line))).toEqual(['`````sql', '`````']);
  expect(finding?.advice).toContain('"x````y"');
});

async function findingsOf(sql: string, settings = ''): Promise<Finding[]> {
  const files: PageFile[] = [
    { path: '.github/plimsoll.yml', text: `database: postgres\nversion: 16\n${settings}\n`, state: 'before' },
    { path: 'db/migration/V2__change.sql', text: `${sql}\n`, state: 'after' },
  ];
  return (await review(changeOf(files), rules)).findings;
}
