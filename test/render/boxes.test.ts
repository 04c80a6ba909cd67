import { expect, test } from 'vitest';
import { boxesIn, renderBoxes } from '../../src/render/boxes.ts';
import { item, signOff } from './builders.ts';

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

test('a box that a check answers names it, and its page once it has', () => {
  const asked = item({ proof: 'clone-run' });
  expect(renderBoxes(signOff({ items: [asked] }))).toContain('· author, or the check `clone-run` <!-- box:');
  const proof = { url: 'https://github.com/acme/shop/runs/9', seconds: 754 };
  const tick = { login: 'clone-run', role: 'none', at: '2026-03-03T10:00:00Z', digest: asked.digest } as const;
  const ticks = [{ ...tick, item: asked.id, via: 'check' as const, proof }];
  expect(renderBoxes(signOff({ items: [asked], ticks }))).toContain(
    '· author, proved by [`clone-run`](https://github.com/acme/shop/runs/9) on 3 March 2026, which ran for 13 minutes <!-- box:',
  );
  const elsewhere = [
    { ...tick, item: asked.id, via: 'check' as const, proof: { url: 'https://x) [y](z', seconds: 1 } },
  ];
  expect(renderBoxes(signOff({ items: [asked], ticks: elsewhere }))).toContain(
    'proved by `clone-run` on 3 March 2026, which ran for 1 second ',
  );
});
