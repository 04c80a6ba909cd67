import { expect, test } from 'vitest';
import { boxesIn } from '../../src/render/boxes.ts';

test('boxes are read back however they were ticked', () => {
  const body = [
    '- [ ] a · author <!-- box:a -->',
    '- [x] b · author <!-- box:b -->',
    '* [X] c · reviewer <!-- box:c -->  ',
    '-\u00a0[\u00a0]\u00a0d · reviewer <!-- box:d -->',
    '- [x]\u2003e <!-- box:e -->',
  ];
  for (const end of ['\n', '\r\n'])
    expect(Object.fromEntries(boxesIn(body.join(end)))).toEqual({ a: false, b: true, c: true, d: false, e: true });
});

test('other task lists, other marks and lines in code are no boxes of ours', () => {
  const body = [
    '- [x] someone else’s',
    '- [y] a <!-- box:a -->',
    '[x] b <!-- box:b -->',
    '```sql',
    '- [x] c <!-- box:c -->',
    '```',
    '> ~~~',
    '> - [x] d <!-- box:d -->',
    '> ~~~',
    '- [x] e <!-- box:e --> and more',
  ];
  expect(boxesIn(body.join('\n')).size).toBe(0);
});

test('a box that stands twice is ticked when both are', () => {
  expect(boxesIn('- [x] a <!-- box:a -->\n- [ ] a <!-- box:a -->').get('a')).toBe(false);
  expect(boxesIn('- [ ] a <!-- box:a -->\n- [x] a <!-- box:a -->').get('a')).toBe(false);
});
