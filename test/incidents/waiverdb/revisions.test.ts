/** The revision of waiverdb that failed, October 2017, rebuilt: as it was, split as the thread proposes, and as it can be deployed. */
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { rules } from '../../../rules/index.ts';
import { review } from '../../../src/review/review.ts';
import { changeBetween, errorsOf } from '../versions.ts';

const root = join(import.meta.dirname, 'revisions');
const configuration = { database: 'postgres', version: '9.6' } as const;
const faulty = 'waiverdb/migrations/versions/f2772c2c64a6_waive_absence_of_result.py';
const fill = 'waiverdb/migrations/versions/ce8a1351ecdc_fill_subject_and_testcase.py';

test('the SELECT of the same migration goes through another connection, which the thread takes for a missing transaction', async () => {
  const report = await review(changeBetween(root, ['before'], 'bad', configuration), rules);
  expect(report.verdict).toBe('blocked');
  expect(errorsOf(report).toSorted()).toEqual(
    [
      `backfill-raced-by-writers ${faulty}:23`,
      `backfill-raced-by-writers ${faulty}:24`,
      `drop-column ${faulty}:25`,
      `network-call-in-migration ${faulty}:17`,
      `second-connection ${faulty}:16`,
    ].toSorted(),
  );
});

test('what it adds and reads under one lock is told as well', async () => {
  const report = await review(changeBetween(root, ['before'], 'bad', configuration), rules);
  const warnings = report.findings.filter(({ severity }) => severity === 'warning');
  expect(warnings.map(({ rule, startLine }) => `${rule}:${startLine}`)).toEqual([
    'blocking-index-build:14',
    'blocking-index-build:15',
    'mixed-schema-and-data:16',
  ]);
  // A NOT NULL that fails the running release tells of its lock there.
  const raced = report.findings.filter(({ rule }) => rule === 'backfill-raced-by-writers');
  expect(raced.map(({ message }) => message)).toEqual([
    expect.stringContaining('holds ACCESS EXCLUSIVE'),
    expect.stringContaining('holds ACCESS EXCLUSIVE'),
  ]);
});

test('to split it alone does not help: the session of the application stays a second connection', async () => {
  const report = await review(changeBetween(root, ['before'], 'split', configuration), rules);
  expect(errorsOf(report)).toEqual([`second-connection ${fill}:13`]);
});

test('the plan is the way that the thread calls cloud native: expand, fill at run time, use, drop later', async () => {
  const { plan } = await review(changeBetween(root, ['before'], 'bad', configuration), rules);
  expect(plan?.roads.map(({ subject, phases }) => `${subject}: ${phases.length}`)).toEqual([
    '`waiver.subject`: 3',
    '`waiver.testcase`: 3',
    '`waiver.result_id` goes: 2',
  ]);
});

const steps = ['good/1', 'good/2', 'good/3'];

test.each(steps.map((step, at) => [step, ['before', ...steps.slice(0, at)]] as const))(
  'in deployments of their own: %s is blocked by nothing',
  async (step, before) => {
    const report = await review(changeBetween(root, before, step, configuration), rules);
    expect(report.findings).toEqual([]);
    expect(report.opaque).toEqual([]);
    expect(report.verdict).toBe('sign-off');
  },
);
