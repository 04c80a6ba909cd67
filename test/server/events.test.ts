import { afterEach, beforeEach, expect, test } from 'vitest';
import { boxesIn } from '../../src/render/boxes.ts';
import { missing } from '../../src/signoff/standing.ts';
import { keyOf } from '../../src/store/place.ts';
import type { FakePull } from './fake-site.ts';
import { appId, comment, createWorld, edit, payload, person, place, pullRequest, type World } from './world.ts';

let world: World;
let pull: FakePull;
beforeEach(async () => {
  world = await createWorld([]);
  pull = world.site.addPull();
  pull.desk.roles = { ada: 'write', grace: 'write', mallory: 'read' };
});
afterEach(() => world.close());

test.each(['opened', 'synchronize', 'reopened', 'ready_for_review'])(
  'pull_request %s makes the pull request right',
  async (action) => {
    await world.happen('pull_request', pullRequest(action));
    expect(pull.desk.standing.checks).toHaveLength(2);
  },
);

test.each([
  ['the base', { base: { ref: { from: 'old' } } }, true],
  ['the description', { body: { from: 'old' } }, true],
  ['the title', { title: { from: 'old' } }, false],
])('an edit of %s: kept is %3$s', (_, changes, isKept) => {
  expect(world.deliver('pull_request', pullRequest('edited', { changes }))).toBe(isKept);
});

test.each(['assigned', 'review_requested', 'converted_to_draft'])('pull_request %s asks for nothing', (action) => {
  expect(world.deliver('pull_request', pullRequest(action))).toBe(false);
});

test('an event without an installation asks for nothing', () => {
  expect(world.deliver('pull_request', pullRequest('opened', { installation: undefined }))).toBe(false);
});

test('of a payload only what is used is stored', () => {
  world.deliver('pull_request', pullRequest('opened'));
  const job = world.store.jobs.claim('test');
  expect(JSON.stringify(job?.payload)).not.toContain('nobody needs');
});

test('the same delivery is handled once', async () => {
  await world.happen('pull_request', pullRequest('opened'), 'guid');
  world.site.requests();
  await world.happen('pull_request', pullRequest('opened'), 'guid');
  expect(world.site.requests()).toEqual([]);
});

test('several events of one pull request are one review', async () => {
  for (const action of ['opened', 'synchronize', 'ready_for_review'])
    world.deliver('pull_request', pullRequest(action));
  await world.work();
  expect(world.site.requests().filter((request) => request === 'read pull')).toHaveLength(1);
});

test('a closed pull request is left alone, and those with its head are checked without it', async () => {
  await world.happen('pull_request', pullRequest('opened'));
  const other = world.site.addPull({ pull: 8, files: { 'README.md': 'Hello' }, desk: pull.desk });
  await world.happen('pull_request', pullRequest('opened', { pull_request: { number: 8, head: { sha: 'head-1' } } }));
  expect(other.desk.standing.checks.map((check) => check.conclusion)).toContain('action_required');
  await world.happen('pull_request', pullRequest('closed'));
  expect(other.desk.standing.checks.map((check) => check.conclusion)).toEqual(['success', 'success']);
  expect(world.store.pulls.find(place)?.open).toBe(false);
});

test('a review that waits when its pull request is closed is not made', async () => {
  world.deliver('pull_request', pullRequest('synchronize'));
  world.deliver('pull_request', pullRequest('closed'));
  await world.work();
  expect(world.site.requests()).toEqual([]);
});

test('our label comes back when somebody takes it off, that of others does not matter', async () => {
  await world.happen('pull_request', pullRequest('opened'));
  pull.desk.standing.labels = [];
  await world.happen('pull_request', pullRequest('unlabeled', { label: { name: 'bug' } }));
  expect(pull.desk.standing.labels).toEqual([]);
  await world.happen('pull_request', pullRequest('unlabeled', { label: { name: '[migration]' } }));
  expect(pull.desk.standing.labels).toEqual(['[migration]']);
});

test('what we do ourselves asks for nothing', () => {
  const label = { label: { name: '[migration]' } };
  expect(world.deliver('pull_request', pullRequest('labeled', label, 'plimsoll[bot]'))).toBe(false);
  expect(world.deliver('issue_comment', edit('<!-- plimsoll -->\na', 'b', 'plimsoll[bot]'))).toBe(false);
  expect(world.deliver('issue_comment', comment('/plimsoll recheck', 'robot[bot]'))).toBe(false);
});

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

test.each([
  ['check_run', { check_run: { head_sha: 'head-1', pull_requests: [], check_suite: { head_branch: 'topic' } } }],
  [
    'check_run',
    { check_run: { head_sha: 'gone', pull_requests: [{ number: 7 }], check_suite: { head_branch: null } } },
  ],
  ['check_suite', { check_suite: { head_sha: 'head-1', head_branch: 'topic', pull_requests: [] } }],
])('%s rerequested writes the checks anew', async (event, fields) => {
  await world.happen('pull_request', pullRequest('opened'));
  world.site.requests();
  await world.happen(event, payload({ action: 'rerequested', ...fields }));
  const head = 'check_run' in fields ? fields.check_run?.head_sha : fields.check_suite?.head_sha;
  const writes = world.site.requests().filter((request) => request.startsWith('update check'));
  expect(writes).toHaveLength(head === 'head-1' ? 2 : 0);
});

test('a push to a base branch has the pull requests with migrations looked at again', async () => {
  await world.happen('pull_request', pullRequest('opened'));
  world.site.addPull({ pull: 8, head: 'head-8', files: { 'README.md': 'Hello' } });
  await world.happen('pull_request', pullRequest('opened', { pull_request: { number: 8, head: { sha: 'head-8' } } }));
  world.site.requests();
  const push = { ref: 'refs/heads/main', deleted: false, commits: [{ added: ['a.ts'], modified: [], removed: [] }] };
  await world.happen('push', payload(push));
  expect(reviews()).toBe(1);
  const configured = { ...push, commits: [{ added: [], modified: ['.github/plimsoll.yml'], removed: [] }] };
  await world.happen('push', payload(configured));
  expect(reviews()).toBe(2);
  await world.happen('push', payload({ ...push, ref: 'refs/heads/other' }));
  expect(reviews()).toBe(0);
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

test('a tag, a deleted branch and the branch of a merge group ask for nothing', () => {
  const queue = 'refs/heads/gh-readonly-queue/main/pr-7-abc';
  expect(world.deliver('push', payload({ ref: queue, deleted: false, commits: [] }))).toBe(false);
  expect(world.deliver('push', payload({ ref: 'refs/tags/v1', commits: [] }))).toBe(false);
  expect(world.deliver('push', payload({ ref: 'refs/heads/main', deleted: true, commits: [] }))).toBe(false);
});

test.each([
  ['installation', { action: 'created', repositories: [{ full_name: 'acme/shop' }] }],
  ['installation', { action: 'unsuspend' }],
  ['installation_repositories', { action: 'added', repositories_added: [{ full_name: 'acme/shop' }] }],
])('%s %o sweeps the open pull requests', async (event, fields) => {
  await world.happen(event, { installation: { id: 1 }, sender: person('ada'), ...fields });
  expect(pull.desk.standing.checks).toHaveLength(2);
});

test('an installation that is gone takes its waiting jobs along', async () => {
  world.store.jobs.ask(keyOf(place), place, { delay: 60_000 });
  await world.happen('installation', { action: 'deleted', installation: { id: 1 }, sender: person('ada') });
  expect(world.store.jobs.counts().ready).toBe(0);
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

function reviews(): number {
  return world.site.requests().filter((request) => request === 'read pull').length;
}
