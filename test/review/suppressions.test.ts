import { expect, test } from 'vitest';
import { outline, reviewed } from './builders.ts';

const path = 'db/migrations/V3__x.sql';

test('a comment with a reason above the statement mutes it, and the reason is kept', async () => {
  const report = await reviewed({
    [path]:
      '-- plimsoll: allow drop-table, because nothing has read it since release 41\nDROP TABLE carts;\nDROP TABLE bags;\n',
  });
  expect(outline(report)).toEqual([`error drop-table ${path}:3`]);
  expect(report.suppressed).toMatchObject([
    { rule: 'drop-table', startLine: 2, reason: 'nothing has read it since release 41' },
  ]);
});

test('a comment in the statement or on its line counts', async () => {
  const report = await reviewed({
    [path]:
      'DROP TABLE carts; -- plimsoll: allow drop-table: empty since 2020\nALTER TABLE a\n  /* plimsoll: allow rename-column - alias in place */\n  RENAME COLUMN b TO c;\n',
  });
  expect(report.findings).toEqual([]);
  expect(report.suppressed.map(({ reason }) => reason)).toEqual(['empty since 2020', 'alias in place']);
});

test('one comment may allow several rules', async () => {
  const report = await reviewed({
    [path]: '-- plimsoll: allow drop-column, drop-table, because the shop is closed\nALTER TABLE a DROP COLUMN b;\n',
  });
  expect(report.suppressed).toHaveLength(1);
  expect(report.findings).toEqual([]);
});

test('without a reason nothing is muted, and the finding says so', async () => {
  const report = await reviewed({ [path]: '-- plimsoll: allow drop-table\nDROP TABLE carts;\n' });
  expect(report.suppressed).toEqual([]);
  expect(report.findings[0]?.advice).toContain('gives no reason');
});

test('a comment for another rule, or in a string, mutes nothing', async () => {
  const report = await reviewed({
    [path]:
      "-- plimsoll: allow rename-table, because of reasons\nDROP TABLE carts;\nINSERT INTO notes VALUES ('-- plimsoll: allow drop-table, because text');\nDROP TABLE bags;\n",
  });
  expect(outline(report).filter((line) => line.includes('drop-table'))).toHaveLength(2);
});
