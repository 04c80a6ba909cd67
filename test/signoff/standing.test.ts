import { expect, test } from 'vitest';
import { openSignOff } from '../../src/signoff/apply-event.ts';
import { standing } from '../../src/signoff/standing.ts';
import type { Override } from '../../src/signoff/sign-off.ts';
import { at, finding, item, report } from './builders.ts';

const override: Override = {
  rule: 'drop-column',
  path: 'db/1.sql',
  digest: 'digest-a',
  login: 'grace',
  reason: 'nobody has read it',
  at,
};
const blocked = report({ verdict: 'blocked', findings: [finding()] });

test('a report without questions is clear', () => {
  expect(standing(report(), openSignOff()).verdict).toBe('clear');
});

test('an open question asks for sign-off', () => {
  const signOff = { ...openSignOff(), items: [item()] };
  expect(standing(report({ verdict: 'sign-off' }), signOff)).toMatchObject({ verdict: 'sign-off', missing: [item()] });
});

test('an error blocks until it is overridden for this content', () => {
  expect(standing(blocked, openSignOff())).toMatchObject({ verdict: 'blocked', openErrors: [finding()] });
  expect(standing(blocked, { ...openSignOff(), overrides: [override] })).toMatchObject({
    verdict: 'clear',
    openErrors: [],
    overridden: [{ finding: finding(), override }],
  });
  const stale = { ...override, digest: 'digest-b' };
  expect(standing(blocked, { ...openSignOff(), overrides: [stale] }).verdict).toBe('blocked');
});

test('an override of one rule lets no other error pass', () => {
  const both = report({ verdict: 'blocked', findings: [finding(), finding({ rule: 'rename-column' })] });
  expect(standing(both, { ...openSignOff(), overrides: [override] })).toMatchObject({
    verdict: 'blocked',
    openErrors: [{ rule: 'rename-column' }],
  });
});

test('an override lets no problem pass, nor a block without a stated error', () => {
  const signOff = { ...openSignOff(), overrides: [override] };
  expect(standing({ ...blocked, problems: [{ message: 'The list is not whole.' }] }, signOff).verdict).toBe('blocked');
  expect(standing(report({ verdict: 'blocked' }), signOff).verdict).toBe('blocked');
});
