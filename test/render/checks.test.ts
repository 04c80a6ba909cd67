import { expect, test } from 'vitest';
import { reviewCheck, signOffCheck } from '../../src/render/checks.ts';
import { finding, item, migration, noMigrations, readSql, report, signOff } from './builders.ts';

const at = '2026-03-03T10:00:00Z';
const items = [item(), readSql];
const ticks = items.map(({ id, digest }) => ({
  item: id,
  login: 'octocat',
  role: 'write' as const,
  at,
  digest,
  via: 'comment' as const,
}));

test('without migrations both checks succeed and say so', () => {
  for (const check of [reviewCheck(noMigrations, signOff()), signOffCheck(noMigrations, signOff())])
    expect(check).toMatchObject({
      conclusion: 'success',
      title: 'No migrations in this pull request',
      annotations: [],
    });
});

test('an error fails the review and keeps the sign-off closed', () => {
  const blocked = report({ findings: [finding({ startColumn: 1, endColumn: 5 })], checklist: items });
  expect(reviewCheck(blocked, signOff({ items }))).toMatchObject({
    name: 'plimsoll/review',
    conclusion: 'failure',
    title: 'Blocked: 1 error in 1 migration',
    annotations: [
      {
        level: 'failure',
        title: 'change-column-type',
        startLine: 2,
        startColumn: 1,
        endColumn: 5,
        message: expect.stringMatching(/^orders is rewritten under ACCESS EXCLUSIVE\. /),
      },
    ],
  });
  expect(signOffCheck(blocked, signOff({ items }))).toMatchObject({
    conclusion: 'action_required',
    title: 'Opens when the errors are fixed or overridden',
  });
});

test('an overridden error lets the review pass and is annotated as a notice', () => {
  const override = {
    rule: 'change-column-type',
    path: migration().path,
    digest: 'd1',
    login: 'reviewer',
    reason: 'ok',
    at,
  };
  const check = reviewCheck(report({ findings: [finding()] }), signOff({ overrides: [override] }));
  expect(check).toMatchObject({
    conclusion: 'success',
    title: '1 error overridden',
    annotations: [{ level: 'notice' }],
  });
});

test('an override of other content lets nothing pass', () => {
  const override = {
    rule: 'change-column-type',
    path: migration().path,
    digest: 'd0',
    login: 'reviewer',
    reason: 'ok',
    at,
  };
  expect(reviewCheck(report({ findings: [finding()] }), signOff({ overrides: [override] })).conclusion).toBe('failure');
});

test('a missing box asks for action and says whose it is; all of them ticked is success', () => {
  const waiting = report({ findings: [finding({ severity: 'warning' })], checklist: items });
  expect(reviewCheck(waiting, signOff({ items }))).toMatchObject({ conclusion: 'success', title: '1 warning' });
  expect(signOffCheck(waiting, signOff({ items }))).toMatchObject({
    conclusion: 'action_required',
    title: "Waiting for 1 box of the author's, 1 of a reviewer's",
  });
  expect(signOffCheck(waiting, signOff({ items, ticks: ticks.slice(0, 1) })).title).toBe(
    "Waiting for 1 box of a reviewer's",
  );
  expect(signOffCheck(waiting, signOff({ items, ticks }))).toMatchObject({
    conclusion: 'success',
    title: 'Signed off: 2 of 2 boxes',
  });
});

test('what could not be read is never green', () => {
  const path = migration().path;
  const partly = report({
    migrations: [migration({ opaque: 1 })],
    opaque: [{ path, startLine: 3, reason: 'EXECUTE' }],
    checklist: items,
  });
  expect(reviewCheck(partly, signOff({ items, ticks }))).toMatchObject({
    conclusion: 'neutral',
    title: '1 place could not be read',
    annotations: [{ path, startLine: 3, level: 'warning', title: 'Could not be read' }],
  });
});

test('a problem with the review itself fails it', () => {
  const check = reviewCheck(report({ problems: [{ message: 'Cannot read all of it: too many files' }] }), signOff());
  expect(check.conclusion).toBe('failure');
  expect(check.summary).toContain('Cannot read all of it: too many files');
});

test('columns are left out where a finding spans lines, and a huge review keeps within the limits of GitHub', () => {
  const findings = Array.from({ length: 3000 }, (_, index) =>
    finding({ startLine: index + 1, endLine: index + 3, startColumn: 1, endColumn: 2, message: 'x'.repeat(5000) }),
  );
  const check = reviewCheck(report({ findings }), signOff());
  expect(check.annotations).toHaveLength(200);
  expect(check.annotations[0]).not.toHaveProperty('startColumn');
  expect(check.summary.length).toBeLessThan(65_535);
  expect(check.summary).toContain('2800 of them are not annotated');
  expect(Math.max(...check.annotations.map(({ message }) => message.length))).toBeLessThan(64_000);
});
