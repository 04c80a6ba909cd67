import { expect, test } from 'vitest';
import { applyEvent, openSignOff } from '../../src/signoff/apply-event.ts';
import type { Event, SignOff } from '../../src/signoff/sign-off.ts';
import { missing } from '../../src/signoff/standing.ts';
import { at, author, item, reviewer, stranger } from './builders.ts';

const forReviewer = item({ id: 'sql-read', who: 'reviewer' });
const asked = after(openSignOff(), { kind: 'reviewed', items: [item(), forReviewer], digests: { 'db/1.sql': 'a' } });

test('the author ticks an author item in the comment', () => {
  const signOff = after(asked, { kind: 'ticked', item: 'ran-on-copy', actor: author(), at, via: 'comment' });
  expect(missing(signOff).map(({ id }) => id)).toEqual(['sql-read']);
  expect(signOff.ticks[0]).toEqual({
    item: 'ran-on-copy',
    login: 'ada',
    role: 'write',
    at,
    digest: 'digest-a',
    via: 'comment',
  });
});

test('an author without write permission ticks by command, and is told so at the box', () => {
  const fork = author({ role: 'read' });
  const byBox = after(asked, { kind: 'ticked', item: 'ran-on-copy', actor: fork, at, via: 'comment' });
  expect(missing(byBox)).toHaveLength(2);
  expect(byBox.refusals[0]?.message).toContain('/plimsoll ack ran-on-copy');
  const byCommand = after(byBox, { kind: 'ticked', item: 'ran-on-copy', actor: fork, at, via: 'command' });
  expect(missing(byCommand)).toHaveLength(1);
  expect(byCommand.refusals).toEqual([]);
});

test('a maintainer who is not the author cannot tick the author item', () => {
  const maintainer = reviewer({ role: 'admin' });
  for (const via of ['comment', 'command'] as const) {
    const signOff = after(asked, { kind: 'ticked', item: 'ran-on-copy', actor: maintainer, at, via });
    expect(missing(signOff)).toHaveLength(2);
    expect(signOff.refusals[0]?.message).toContain('for the author');
  }
});

test.each([
  ['the author', author({ role: 'admin', mayReview: true }), 'other than the author'],
  ['someone without write permission', stranger({ mayReview: true }), 'write permission'],
  ['someone whom the configuration does not name', reviewer({ mayReview: false }), 'named in'],
  ['a bot', reviewer({ login: 'robot[bot]' }), 'signs for nobody'],
  ['a machine account', reviewer({ isBot: true }), 'signs for nobody'],
])('%s cannot tick a reviewer item', (_, actor, reason) => {
  const signOff = after(asked, { kind: 'ticked', item: 'sql-read', actor, at, via: 'command' });
  expect(missing(signOff)).toHaveLength(2);
  expect(signOff.refusals[0]?.message).toContain(reason);
});

test('an unknown item is answered with the ones that are asked', () => {
  const signOff = after(asked, { kind: 'ticked', item: 'nothing', actor: author(), at, via: 'command' });
  expect(signOff.refusals[0]?.message).toBe('`nothing` is not asked here; what is asked: `ran-on-copy`, `sql-read`.');
});

test('a changed migration clears its ticks, a rebase clears none', () => {
  const ticked = after(asked, { kind: 'ticked', item: 'ran-on-copy', actor: author(), at, via: 'comment' });
  const rebased = after(ticked, { kind: 'reviewed', items: [item(), forReviewer], digests: { 'db/1.sql': 'a' } });
  expect(rebased).toEqual(ticked);
  const changed = after(ticked, { kind: 'reviewed', items: [item({ digest: 'digest-b' })], digests: {} });
  expect(changed.ticks).toEqual([]);
  const back = after(changed, { kind: 'reviewed', items: [item()], digests: {} });
  expect(missing(back)).toHaveLength(1);
});

test('a question that moves to another person is asked anew', () => {
  const ticked = after(asked, { kind: 'ticked', item: 'ran-on-copy', actor: author(), at, via: 'comment' });
  const moved = after(ticked, { kind: 'reviewed', items: [item({ who: 'reviewer' })], digests: {} });
  expect(missing(moved)).toHaveLength(1);
});

test('an override needs a reviewer, a reason and an error that stands', () => {
  const override = {
    kind: 'overridden' as const,
    rule: 'drop-column',
    reason: 'nobody has read it since May',
    targets: [{ path: 'db/1.sql', digest: 'a' }],
    at,
  };
  expect(after(asked, { ...override, actor: reviewer() }).overrides).toHaveLength(1);
  expect(after(asked, { ...override, actor: author() }).overrides).toEqual([]);
  expect(after(asked, { ...override, actor: stranger() }).overrides).toEqual([]);
  const short = after(asked, { ...override, reason: '  too short ', actor: reviewer() });
  expect(short.overrides).toEqual([]);
  expect(short.refusals[0]?.message).toContain('at least 10 characters');
  const idle = after(asked, { ...override, targets: [], actor: reviewer() });
  expect(idle.refusals[0]?.message).toContain('No error of `drop-column`');
});

test('an override ends when its migration changes', () => {
  const overridden = after(asked, {
    kind: 'overridden',
    rule: 'drop-column',
    reason: 'nobody has read it since May',
    targets: [{ path: 'db/1.sql', digest: 'a' }],
    actor: reviewer(),
    at,
  });
  expect(after(overridden, { kind: 'reviewed', items: [], digests: { 'db/1.sql': 'a' } }).overrides).toHaveLength(1);
  expect(after(overridden, { kind: 'reviewed', items: [], digests: { 'db/1.sql': 'b' } }).overrides).toEqual([]);
  expect(after(overridden, { kind: 'reviewed', items: [], digests: {} }).overrides).toEqual([]);
});

test('whoever ticked may take it back, a stranger may not', () => {
  const ticked = after(asked, { kind: 'ticked', item: 'sql-read', actor: reviewer(), at, via: 'comment' });
  const refused = after(ticked, { kind: 'unticked', item: 'sql-read', actor: stranger(), at });
  expect(refused.ticks).toHaveLength(1);
  expect(refused.refusals).toHaveLength(1);
  expect(after(ticked, { kind: 'unticked', item: 'sql-read', actor: reviewer(), at }).ticks).toEqual([]);
});

test('a patch is stated once, by the author or someone with write permission', () => {
  const patch = { kind: 'patched' as const, where: 'production', why: 'lock pile-up', at };
  const stated = after(asked, { ...patch, actor: author({ role: 'read' }) });
  expect(stated.patches).toHaveLength(1);
  expect(after(stated, { ...patch, actor: reviewer() }).patches).toHaveLength(1);
  expect(after(asked, { ...patch, actor: stranger() }).patches).toEqual([]);
});

test('refusals are few and end with the next accepted act of the same person', () => {
  const many = Array.from({ length: 20 }, (_, number) => stranger({ login: `stranger-${number}` }));
  const refused = many.reduce<SignOff>(
    (signOff, actor) => after(signOff, { kind: 'refused', message: 'No.', actor, at }),
    asked,
  );
  expect(refused.refusals).toHaveLength(5);
  const helped = after(asked, { kind: 'refused', message: 'No.', actor: author(), at });
  const ticked = after(helped, { kind: 'ticked', item: 'ran-on-copy', actor: author(), at, via: 'comment' });
  expect(ticked.refusals).toEqual([]);
});

function after(signOff: SignOff, event: Event): SignOff {
  return applyEvent(signOff, event);
}

const proven = item({ proof: 'clone-run' });
const provable = after(openSignOff(), { kind: 'reviewed', items: [proven, forReviewer], digests: {} });
const proof = { kind: 'proved', item: 'ran-on-copy', check: 'clone-run', url: 'https://x', seconds: 90, at } as const;

test('a check that an item names ticks it, until the content changes', () => {
  const signOff = after(provable, proof);
  expect(missing(signOff).map(({ id }) => id)).toEqual(['sql-read']);
  expect(signOff.ticks[0]).toMatchObject({
    login: 'clone-run',
    via: 'check',
    proof: { url: 'https://x', seconds: 90 },
  });
  const changed = after(signOff, { kind: 'reviewed', items: [{ ...proven, digest: 'digest-b' }], digests: {} });
  expect(missing(changed)).toHaveLength(1);
});

test('a check answers no item that does not name it, and none of a reviewer', () => {
  expect(after(provable, { ...proof, check: 'lint' })).toEqual(provable);
  expect(after(asked, proof)).toEqual(asked);
  const reviewed = { ...forReviewer, proof: 'clone-run' };
  const given = after(openSignOff(), { kind: 'reviewed', items: [reviewed], digests: {} });
  expect(after(given, { ...proof, item: 'sql-read' })).toEqual(given);
});

test('what a person takes back, a check does not tick again for the same content', () => {
  const taken = after(after(provable, proof), { kind: 'unticked', item: 'ran-on-copy', actor: author(), at });
  expect(missing(after(taken, proof))).toHaveLength(2);
  const changed = after(taken, { kind: 'reviewed', items: [{ ...proven, digest: 'digest-b' }], digests: {} });
  expect(missing(after(changed, proof))).toEqual([]);
});

test('a person who has ticked stands, whatever a check says later', () => {
  const signOff = after(provable, { kind: 'ticked', item: 'ran-on-copy', actor: author(), at, via: 'command' });
  expect(after(signOff, proof).ticks).toEqual(signOff.ticks);
});
