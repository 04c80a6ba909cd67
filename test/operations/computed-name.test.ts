import { expect, test } from 'vitest';
import { isComputedName } from '../../src/operations/name.ts';
import { code } from '../../src/rule.ts';

test.each(['_computed_', '_computed____', 'a_computed__b', '_ccc', '_cc', '_cccc_orders'])(
  '%s stands for what a program puts in',
  (name) => expect(isComputedName(name)).toBe(true),
);

test.each(['orders', 'email_cc', 'user_cc_list', 'accounts', 'computed'])('%s is a name', (name) =>
  expect(isComputedName(name)).toBe(false),
);

test('a message shows no name where there is none', () => {
  expect(code('_computed__')).toBe('`…`');
  expect(code('orders_computed_')).toBe('`orders…`');
});
