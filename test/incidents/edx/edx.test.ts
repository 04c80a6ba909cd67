/** The partially applied migration of edX enterprise, February 2023, rebuilt: the faulty one, its edit in place, and the repair in steps. */
import { expect, test } from 'vitest';
import { rules } from '../../../rules/index.ts';
import { review } from '../../../src/review/review.ts';
import { changeBetween, errorsOf } from '../versions.ts';

const root = import.meta.dirname;
const configuration = { database: 'mysql', version: '5.7' } as const;
const faulty = 'enterprise/migrations/0002_licensed_enrollment_uuid.py';

const asked = [
  {
    sentence:
      'we added a new unique UUID field that ended up with non-unique values before adding the unique constraint',
    said: [`backfill-raced-by-writers ${faulty}:30`],
  },
  {
    sentence:
      'Django migrations on MySQL 5.7 are non-atomic; if your migration operations fail partway through, the migration is left in a partially-applied state.',
    said: [`mixed-schema-and-data ${faulty}:10`],
  },
];

test.each(asked)('$sentence', async ({ said }) => {
  const report = await review(changeBetween(root, ['before'], 'bad', configuration), rules);
  expect(report.verdict).toBe('blocked');
  expect(errorsOf(report)).toEqual(expect.arrayContaining(said));
});

test('nothing else blocks, and the loop that writes every column back is told', async () => {
  const report = await review(changeBetween(root, ['before'], 'bad', configuration), rules);
  expect(errorsOf(report).toSorted()).toEqual(asked.flatMap(({ said }) => said).toSorted());
  expect(report.findings).toContainEqual(
    expect.objectContaining({ rule: 'whole-row-saved-back', path: faulty, startLine: 10 }),
  );
});

test('ample time for user activity: the plan has the old rows filled when every writer fills the column', async () => {
  const { plan } = await review(changeBetween(root, ['before'], 'bad', configuration), rules);
  const road = plan?.roads.find(({ subject }) => subject.includes('uuid'));
  expect(road?.phases.map(({ title, when }) => `${when}: ${title}`)).toEqual([
    'before: Add `enterprise_licensedenrollment.uuid` empty',
    'background: Fill `uuid` in the rows that have none',
    'with: Make `uuid` unique',
    'with: Require `uuid`',
  ]);
});

test('we tried to deploy a new version of the migrations, which failed where we forgot to roll back the original', async () => {
  const report = await review(changeBetween(root, ['before', 'bad'], 'edited', configuration), rules);
  expect(errorsOf(report)).toEqual([`edited-migration ${faulty}:6`]);
});

const steps = ['good/1', 'good/2', 'good/3', 'good/4', 'good/5'];

test.each(steps.map((step, at) => [step, ['before', ...steps.slice(0, at)]] as const))(
  'splitting it into more atomic components and discrete deployments did fix the issue: %s is blocked by nothing',
  async (step, before) => {
    const report = await review(changeBetween(root, before, step, configuration), rules);
    expect(errorsOf(report)).toEqual([]);
    expect(report.opaque).toEqual([]);
    // What tells Django alone sends nothing, and asks for nobody.
    const sent = report.migrations.flatMap(({ operations }) => operations).filter(({ kind }) => kind !== 'noEffect');
    expect(report.verdict).toBe(sent.length > 0 ? 'sign-off' : 'clear');
  },
);
