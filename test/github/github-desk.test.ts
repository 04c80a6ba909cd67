import { expect, test } from 'vitest';
import { githubDesk } from '../../src/github/github-desk.ts';
import type { Desk, Role } from '../../src/host.ts';
import { commentMarker, suggestionMarker } from '../../src/host.ts';
import * as answers from './answers.ts';
import { mockGitHub } from './mock-github.ts';

const github = mockGitHub();
const issue = '/repos/octo/shop/issues/7';
const migration = { name: '[migration]', color: 'ededed', description: 'Changes the database' };

function desk(): Desk {
  return githubDesk(github.client, answers.place, answers.ourApp);
}

function permissionPath(login: string): string {
  return `/repos/octo/shop/collaborators/${login}/permission`;
}

function marked(rest: string): string {
  return `${commentMarker}\n${rest}`;
}

function refuseLabel(code: string): void {
  const errors = [{ resource: 'Label', code, field: 'name' }];
  github.answer('POST', '/repos/octo/shop/labels', 422, answers.refusal('Validation Failed', { errors }));
}

/** Of a repository that has these labels. */
function answerPullRequest(...defined: string[]): void {
  github.answer('POST', '/graphql', 200, answers.queriedPullRequest({}, defined));
}

test('a label is defined before it is added', async () => {
  answerPullRequest('bug');
  github.answer('POST', '/repos/octo/shop/labels', 201, answers.label('[migration]'));
  github.answer('POST', `${issue}/labels`, 200, [answers.label('[migration]')]);
  await desk().addLabel(migration);
  expect(github.sent.slice(1).map((sent) => sent.body)).toEqual([migration, { labels: ['[migration]'] }]);
});

test('a label that the repository has is added as it is', async () => {
  answerPullRequest('[Migration]');
  github.answer('POST', `${issue}/labels`, 200, [answers.label('[migration]')]);
  await desk().addLabel(migration);
  expect(github.sent).toHaveLength(2);
});

test('a label that the repository has beside those that were listed is added as it is', async () => {
  answerPullRequest();
  refuseLabel('already_exists');
  github.answer('POST', `${issue}/labels`, 200, [answers.label('[migration]')]);
  await desk().addLabel(migration);
  expect(github.sent).toHaveLength(3);
});

test('a label that GitHub refuses is an error', async () => {
  answerPullRequest();
  refuseLabel('invalid');
  await expect(desk().addLabel(migration)).rejects.toThrow('Failed creating label [migration] in octo/shop');
});

test('a label that is gone is removed', async () => {
  github.answer('DELETE', `${issue}/labels/%5Bmigration%5D`, 404, answers.refusal('Label does not exist'));
  await desk().removeLabel('[migration]');
  expect(github.sent).toHaveLength(1);
});

test('our comments are those of our app with the marker on the first line, oldest first', async () => {
  github.answer('GET', `${issue}/comments?per_page=100&page=1`, 200, [
    answers.comment({ id: 9, body: marked('second') }),
    answers.comment({ id: 3, body: `${commentMarker}\r\nfirst` }),
    answers.comment({ id: 4, body: marked('of another app'), performed_via_github_app: answers.app(1) }),
    answers.comment({ id: 5, body: marked('of a person'), performed_via_github_app: null }),
    answers.comment({ id: 6, body: `> quoted\n${commentMarker}` }),
    answers.comment({ id: 8, body: `${commentMarker} and more` }),
  ]);
  expect(await desk().comments()).toEqual([
    { id: 3, body: `${commentMarker}\r\nfirst` },
    { id: 9, body: marked('second') },
  ]);
});

test('comments are looked for on every page', async () => {
  const others = Array.from({ length: 100 }, (_, id) => answers.comment({ id, performed_via_github_app: null }));
  github.answer('GET', `${issue}/comments?per_page=100&page=1`, 200, others);
  github.answer('GET', `${issue}/comments?per_page=100&page=2`, 200, [
    answers.comment({ id: 500, body: commentMarker }),
  ]);
  expect(await desk().comments()).toEqual([{ id: 500, body: commentMarker }]);
});

test('a comment is created, edited and deleted', async () => {
  github.answer('POST', `${issue}/comments`, 201, answers.comment({ id: 12, body: 'one' }));
  github.answer('PATCH', '/repos/octo/shop/issues/comments/12', 200, answers.comment({ id: 12, body: 'two' }));
  github.answer('DELETE', '/repos/octo/shop/issues/comments/12', 204);
  expect(await desk().createComment('one')).toEqual({ id: 12, body: 'one' });
  await desk().updateComment(12, 'two');
  await desk().deleteComment(12);
  expect(github.sent.map((sent) => sent.body)).toEqual([{ body: 'one' }, { body: 'two' }, undefined]);
});

test.each<[string, string, Role]>([
  ['admin', 'admin', 'admin'],
  ['maintain', 'write', 'maintain'],
  ['write', 'write', 'write'],
  ['triage', 'read', 'triage'],
  ['read', 'read', 'read'],
  ['none', 'none', 'none'],
  ['release-captain', 'write', 'write'],
])('GitHub’s role %s, folded to %s, is the role %s', async (role, folded, expected) => {
  github.answer('GET', permissionPath('mona'), 200, answers.permission(role, folded));
  expect(await desk().roleOf('mona')).toBe(expected);
});

test('strangers and apps have no role', async () => {
  github.answer('GET', permissionPath('stranger'), 404, answers.refusal('Not Found'));
  github.answer('GET', permissionPath('robot'), 200, answers.permission('write', 'write', { type: 'Bot' }));
  expect(await desk().roleOf('stranger')).toBe('none');
  expect(await desk().roleOf('robot')).toBe('none');
  expect(await desk().roleOf('dependabot[bot]')).toBe('none');
});

test.each([
  ['an active member', 200, answers.membership('active'), true],
  ['an invited one', 200, answers.membership('pending'), false],
  ['someone else', 404, answers.refusal('Not Found'), false],
  ['anyone where the app may not look', 403, answers.refusal('Resource not accessible by integration'), false],
])('%s: is in the team, or not', async (_who, status, answer, expected) => {
  github.answer('GET', '/orgs/octo/teams/dba/memberships/mona', status, answer);
  expect(await desk().isMember('@octo/dba', 'mona')).toBe(expected);
});

test('a rate limit does not make someone a stranger', async () => {
  const path = '/orgs/octo/teams/dba/memberships/mona';
  github.answer('GET', path, 403, answers.refusal('Slow down'), { 'retry-after': '9' });
  await expect(desk().isMember('octo/dba', 'mona')).rejects.toThrow('Failed reading whether mona is in octo/dba');
});

const reviewComments = '/repos/octo/shop/pulls/7/comments';
const key = 'ab'.repeat(16);
const suggested = { key, path: 'db/1.sql', startLine: 2, endLine: 2, body: `${suggestionMarker(key)}\nline` };

test('our suggestions are a bot’s with our marker, and an answer to one is seen on a later page', async () => {
  const others = Array.from({ length: 96 }, (_, index) => answers.reviewComment({ id: 1000 + index, body: 'Nice.' }));
  const user = answers.reviewComment({}).user as object;
  github.answer('GET', `${reviewComments}?per_page=100&page=1`, 200, [
    answers.reviewComment({ id: 9, body: `${suggestionMarker(key)}\r\nb` }),
    answers.reviewComment({ id: 5, body: suggestionMarker('cd'.repeat(16)) }),
    answers.reviewComment({ id: 6, body: suggested.body, user: { ...user, type: 'User' } }),
    answers.reviewComment({ id: 7, body: `> ${suggested.body}` }),
    ...others,
  ]);
  github.answer('GET', `${reviewComments}?per_page=100&page=2`, 200, [
    answers.reviewComment({ id: 10, body: 'Why?', in_reply_to_id: 9 }),
  ]);
  expect(await desk().suggestions()).toEqual([
    { id: 5, key: 'cd'.repeat(16), isAnswered: false },
    { id: 9, key, isAnswered: true },
  ]);
});

test('a suggestion is written for one line or several, and deleted', async () => {
  github.answer('POST', reviewComments, 201, answers.reviewComment({ id: 12 }));
  github.answer('POST', reviewComments, 201, answers.reviewComment({ id: 13 }));
  github.answer('DELETE', '/repos/octo/shop/pulls/comments/12', 204);
  github.answer('DELETE', '/repos/octo/shop/pulls/comments/13', 404, answers.refusal('Not Found'));
  expect(await desk().createSuggestion(answers.headCommit, suggested)).toBe(12);
  expect(await desk().createSuggestion(answers.headCommit, { ...suggested, endLine: 4 })).toBe(13);
  await desk().deleteSuggestion(12);
  await desk().deleteSuggestion(13);
  const sent = { path: 'db/1.sql', commit_id: answers.headCommit, side: 'RIGHT', body: suggested.body };
  expect(github.sent.slice(0, 2).map(({ body }) => body)).toEqual([
    { ...sent, line: 2 },
    { ...sent, line: 4, start_line: 2, start_side: 'RIGHT' },
  ]);
});

test('a suggestion on lines that GitHub does not show is not taken, and nothing fails', async () => {
  const refusal = answers.refusal('Validation Failed', {
    errors: [{ resource: 'PullRequestReviewComment', field: 'pull_request_review_thread.line', code: 'invalid' }],
  });
  github.answer('POST', reviewComments, 422, refusal);
  expect(await desk().createSuggestion(answers.headCommit, suggested)).toBeUndefined();
});

test('a check of others is a proof where its newest run has succeeded', async () => {
  const path = (name: string) => `/repos/octo/shop/commits/abc/check-runs?check_name=${name}&per_page=100`;
  const run = (conclusion: string) =>
    answers.checkRun({
      conclusion,
      html_url: 'https://github.com/octo/shop/runs/9',
      started_at: '2026-01-01T10:00:00Z',
      completed_at: '2026-01-01T10:12:30Z',
    });
  github.answer('GET', path('clone-run'), 200, { total_count: 1, check_runs: [run('success')] });
  github.answer('GET', path('rows'), 200, { total_count: 2, check_runs: [run('success'), run('failure')] });
  github.answer('GET', path('none'), 200, { total_count: 0, check_runs: [] });
  expect(await desk().proofs('abc', ['clone-run', 'rows', 'none'])).toEqual([
    {
      name: expect.any(String),
      url: 'https://github.com/octo/shop/runs/9',
      at: '2026-01-01T10:12:30Z',
      seconds: 750,
    },
  ]);
});
