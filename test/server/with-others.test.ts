import { expect, test } from 'vitest';
import type { Check } from '../../src/host.ts';
import { withOthers } from '../../src/server/with-others.ts';

const check: Check = {
  name: 'plimsoll/review',
  conclusion: 'success',
  title: 'Clear',
  summary: 'Fine.',
  annotations: [],
};

test('a stricter pull request with the same head decides, and is named', () => {
  const others = [
    { pull: 8, name: 'plimsoll/review', conclusion: 'neutral', title: 'One part unread' },
    { pull: 9, name: 'plimsoll/review', conclusion: 'failure', title: 'Blocked' },
  ];
  expect(withOthers(check, others)).toMatchObject({
    conclusion: 'failure',
    title: '#9 has the same head: Blocked',
    summary: '#9 has the same head: Blocked.\n\nFine.',
  });
});

test('a milder one, or one of another check, changes nothing', () => {
  const failing: Check = { ...check, conclusion: 'failure' };
  expect(withOthers(failing, [{ pull: 8, name: check.name, conclusion: 'action_required', title: 'x' }])).toBe(failing);
  expect(withOthers(check, [{ pull: 8, name: 'plimsoll/sign-off', conclusion: 'failure', title: 'x' }])).toBe(check);
});
