import { afterEach, beforeEach, expect, test } from 'vitest';
import { boxesIn } from '../../src/render/boxes.ts';
import { missing } from '../../src/signoff/standing.ts';
import { keyOf } from '../../src/store/place.ts';
import type { FakePull } from './fake-site.ts';
import { appId, comment, createWorld, edit, person, place, pullRequest, type World } from './world.ts';

let world: World;
let pull: FakePull;
beforeEach(async () => {
  world = await createWorld([]);
  pull = world.site.addPull();
  pull.desk.roles = { ada: 'write', grace: 'write', mallory: 'read' };
});
afterEach(() => world.close());

test.each([
  ['without a command', comment('Looks good.', 'grace')],
  ['on an issue', comment('/plimsoll recheck', 'grace', { issue: { number: 7, state: 'open', user: person('ada') } })],
  [
    'on a closed pull request',
    comment('/plimsoll recheck', 'grace', { issue: { number: 7, state: 'closed', pull_request: {} } }),
  ],
  ['that was edited', { ...comment('/plimsoll recheck', 'grace'), action: 'edited', changes: { body: { from: 'x' } } }],
])('a comment %s asks for nothing', (_, event) => {
  expect(world.deliver('issue_comment', event)).toBe(false);
});

test('boxes ticked by the right people complete the sign-off', async () => {
  await world.happen('pull_request', pullRequest('opened'));
  for (const item of world.signOff().items) await tick(item.id, item.who === 'author' ? 'ada' : 'grace');
  expect(missing(world.signOff())).toEqual([]);
  expect(pull.desk.standing.checks.find(({ name }) => name === 'plimsoll/sign-off')?.conclusion).toBe('success');
  expect([...boxesIn(body()).values()].every(Boolean)).toBe(true);
});

test('a tick by the wrong person is undone with one sentence', async () => {
  await world.happen('pull_request', pullRequest('opened'));
  await tick('read-sql', 'ada');
  await tick('ran-on-copy', 'grace');
  expect(boxesIn(body()).get('read-sql')).toBe(false);
  expect(boxesIn(body()).get('ran-on-copy')).toBe(false);
  expect(body()).toContain('needs someone other than the author');
  expect(body()).toContain('is for the author of the pull request to confirm');
});

test('whoever the configuration does not name cannot tick for the reviewer', async () => {
  world.site.baseFiles['.github/plimsoll.yml'] = 'database: postgres\nsign-off:\n  reviewers: ["@acme/db"]\n';
  await world.happen('pull_request', pullRequest('opened'));
  expect(world.store.pulls.find(place)?.state.reviewers).toHaveLength(1);
  await tick('read-sql', 'grace');
  expect(boxesIn(body()).get('read-sql')).toBe(false);
  pull.desk.teams = { 'acme/db': ['grace'], '@acme/db': ['grace'] };
  await tick('read-sql', 'grace');
  expect(boxesIn(body()).get('read-sql')).toBe(true);
});

test.each([
  ['as they were made', [0, 1]],
  ['the other way round', [1, 0]],
])('two ticks in a row both count, their events coming %s', async (_, order) => {
  await world.happen('pull_request', pullRequest('opened'));
  const items = world.signOff().items.filter(({ who }) => who === 'reviewer');
  const [none, one] = [body(), flipped(body(), items[0]?.id ?? '', true)];
  const both = flipped(one, items[1]?.id ?? '', true);
  const id = commentId();
  pull.desk.standing.comments = [{ id, body: both }];
  const events = [edit(none, one, 'grace', id), edit(one, both, 'grace', id)];
  for (const place of order) await world.happen('issue_comment', events[place] ?? {});
  expect(
    world
      .signOff()
      .ticks.map(({ item }) => item)
      .sort(),
  ).toEqual(items.map(({ id }) => id).sort());
  expect(items.map(({ id }) => boxesIn(body()).get(id))).toEqual([true, true]);
});

test('an edit of anything but boxes is undone and vouches for nothing', async () => {
  await world.happen('pull_request', pullRequest('opened'));
  const before = body();
  await editComment(
    `${before}\n- [x] Everything is fine <!-- box:read-sql -->`.replace('Read the', 'Ignore the'),
    'grace',
  );
  expect(body()).toBe(before);
  expect(world.signOff().ticks).toEqual([]);
});

test('a box that is taken back opens again', async () => {
  await world.happen('pull_request', pullRequest('opened'));
  await tick('read-sql', 'grace');
  await tick('read-sql', 'grace', false);
  expect(boxesIn(body()).get('read-sql')).toBe(false);
});

test('a tick for content that has changed since does not count', async () => {
  await world.happen('pull_request', pullRequest('opened'));
  const old = body();
  pull.files = { 'db/migration/V1__drop.sql': 'DROP TABLE customers;\n' };
  await world.happen('pull_request', pullRequest('synchronize'));
  await world.happen('issue_comment', edit(old, flipped(old, 'read-sql', true), 'grace', commentId()));
  expect(world.signOff().ticks).toEqual([]);
  expect(world.signOff().refusals[0]?.message).toContain('changed after this page was shown');
});

test('ticks stand after a rebase and fall with a change', async () => {
  await world.happen('pull_request', pullRequest('opened'));
  await tick('read-sql', 'grace');
  pull.head = 'head-2';
  await world.happen('pull_request', pullRequest('synchronize'));
  expect(boxesIn(body()).get('read-sql')).toBe(true);
  pull.files = { 'db/migration/V1__drop.sql': 'DROP TABLE customers;\n' };
  await world.happen('pull_request', pullRequest('synchronize'));
  expect(boxesIn(body()).get('read-sql')).toBe(false);
});

test('an author without write permission confirms by command', async () => {
  pull.desk.roles = { ada: 'read' };
  await world.happen('pull_request', pullRequest('opened'));
  await world.happen('issue_comment', comment('Done.\n/plimsoll ack ran-on-copy', 'ada'));
  expect(world.signOff().ticks).toMatchObject([{ item: 'ran-on-copy', via: 'command' }]);
  expect(boxesIn(body()).get('ran-on-copy')).toBe(true);
});

test('a command that was written before the content changed does not count', async () => {
  await world.happen('pull_request', pullRequest('opened'));
  world.deliver('pull_request', pullRequest('synchronize'));
  pull.files = { 'db/migration/V1__drop.sql': 'DROP TABLE customers;\n' };
  const job = world.store.jobs.claim('test');
  world.deliver('issue_comment', comment('/plimsoll ack read-sql', 'grace'));
  world.later(1000);
  const digests = { 'db/migration/V1__drop.sql': 'other' };
  const items = world.signOff().items.map((item) => ({ ...item, digest: 'other' }));
  world.store.signOffs.apply(keyOf(place), [{ kind: 'reviewed', items, digests }], {});
  world.store.jobs.finish(job?.id ?? '');
  await world.work();
  expect(world.signOff().ticks).toEqual([]);
});

test('a mistake in a command is answered with one sentence', async () => {
  await world.happen('pull_request', pullRequest('opened'));
  await world.happen('issue_comment', comment('/plimsoll approve', 'grace'));
  expect(body()).toContain('That is not a command');
});

test('a patch stated by command puts the label on', async () => {
  await world.happen('pull_request', pullRequest('opened'));
  await world.happen('issue_comment', comment('/plimsoll patched production lock pile-up', 'ada'));
  expect(pull.desk.standing.labels).toEqual(['[migration]', '[monkey-patched]']);
  expect(body()).toContain('lock pile-up');
});

test('a patch stated in the description puts the label on, and takes it off again', async () => {
  pull.description = '- [x] This was monkey-patched on production';
  await world.happen('pull_request', pullRequest('opened'));
  expect(pull.desk.standing.labels).toContain('[monkey-patched]');
  pull.description = '';
  await world.happen('pull_request', pullRequest('edited', { changes: { body: { from: 'x' } } }));
  expect(pull.desk.standing.labels).toEqual(['[migration]']);
});

test('our comment comes back when somebody deletes it', async () => {
  await world.happen('pull_request', pullRequest('opened'));
  const event = { ...edit(body(), body(), 'mallory', commentId()), action: 'deleted', changes: undefined };
  pull.desk.standing.comments = [];
  await world.happen('issue_comment', event);
  expect(pull.desk.standing.comments).toHaveLength(1);
});

test('a marker in a comment by somebody else makes it none of ours', async () => {
  await world.happen('pull_request', pullRequest('opened'));
  const forged = { id: 555, body: 'x', user: person('mallory'), performed_via_github_app: { id: appId + 1 } };
  const event = { ...edit(body(), flipped(body(), 'read-sql', true), 'grace'), comment: forged };
  await world.happen('issue_comment', event);
  expect(world.signOff().ticks).toEqual([]);
});

test('a recheck repairs what no event told of', async () => {
  await world.happen('pull_request', pullRequest('opened'));
  const before = body();
  pull.desk.standing.comments = [{ id: commentId(), body: `${before}\nForged.` }];
  pull.desk.standing.checks = [];
  await world.happen('issue_comment', comment('/plimsoll recheck', 'mallory'));
  expect(body()).toBe(before);
  expect(pull.desk.standing.checks).toHaveLength(2);
});

function body(): string {
  return pull.desk.standing.comments[0]?.body ?? '';
}

function commentId(): number {
  return pull.desk.standing.comments[0]?.id ?? 0;
}

/** What GitHub does when a person clicks a box: the body changes, then the event comes. */
async function tick(item: string, login: string, isTicked = true): Promise<void> {
  await editComment(flipped(body(), item, isTicked), login);
}

async function editComment(to: string, login: string): Promise<void> {
  const from = body();
  const id = commentId();
  pull.desk.standing.comments = [{ id, body: to }];
  await world.happen('issue_comment', edit(from, to, login, id));
}

function flipped(text: string, item: string, isTicked: boolean): string {
  const lines = text.split('\n').map((line) => {
    if (!line.includes(`<!-- box:${item} -->`)) return line;
    return isTicked ? line.replace('[ ]', '[x]') : line.replace('[x]', '[ ]');
  });
  return lines.join('\n');
}
