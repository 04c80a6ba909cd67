import { afterEach, beforeEach, expect, test } from 'vitest';
import { keyOf } from '../../src/store/place.ts';
import type { FakePull } from './fake-site.ts';
import { comment, createWorld, edit, payload, person, place, pullRequest, type World } from './world.ts';

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

test.each([
  ['installation', { action: 'deleted' }, '1'],
  [
    'installation_repositories',
    { action: 'removed', repositories_removed: [{ full_name: 'acme/shop' }] },
    '1 acme/shop',
  ],
])('%s %o takes along the texts that were kept', async (event, fields, forgotten) => {
  await world.happen(event, { installation: { id: 1 }, sender: person('ada'), ...fields });
  expect(world.site.forgotten).toEqual([forgotten]);
});

test('an installation that loses no repository keeps its texts', async () => {
  const removed = { action: 'removed', repositories_removed: [] };
  await world.happen('installation_repositories', { installation: { id: 1 }, sender: person('ada'), ...removed });
  expect(world.site.forgotten).toEqual([]);
});

function reviews(): number {
  return world.site.requests().filter((request) => request === 'read pull').length;
}

const clone = (changes: object = {}) => ({
  name: 'clone-run',
  conclusion: 'success',
  head_sha: 'head-1',
  pull_requests: [],
  check_suite: { head_branch: 'topic' },
  ...changes,
});

test('a check that the configuration names ticks its box when it has succeeded', async () => {
  const proofs = 'database: postgres\nsign-off:\n  proofs:\n    ran-on-copy: clone-run\n';
  world.site.baseFiles['.github/plimsoll.yml'] = proofs;
  await world.happen('pull_request', pullRequest('opened'));
  expect(pull.desk.standing.comments[0]?.body).toContain('or the check `clone-run`');
  const proof = {
    name: 'clone-run',
    url: 'https://github.com/acme/shop/runs/9',
    at: '2026-03-03T10:00:00Z',
    seconds: 90,
  };
  pull.desk.standing.proofs.push({ ...proof, commit: 'head-1' });
  await world.happen('check_run', payload({ action: 'completed', check_run: clone() }));
  expect(world.signOff().ticks).toMatchObject([{ item: 'ran-on-copy', login: 'clone-run', via: 'check' }]);
  expect(pull.desk.standing.comments[0]?.body).toContain(
    'proved by [`clone-run`](https://github.com/acme/shop/runs/9)',
  );
  world.site.requests();
  await world.happen('check_run', payload({ action: 'completed', check_run: clone() }));
  expect(world.site.requests()).toEqual([]);
});

test('a check that answers no box asks for nothing', async () => {
  await world.happen('pull_request', pullRequest('opened'));
  world.site.requests();
  await world.happen('check_run', payload({ action: 'completed', check_run: clone() }));
  expect(world.site.requests()).toEqual([]);
  for (const changes of [{ conclusion: 'failure' }, { name: 'plimsoll/review' }])
    expect(world.deliver('check_run', payload({ action: 'completed', check_run: clone(changes) }))).toBe(false);
});
