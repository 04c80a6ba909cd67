/** Host and desk against a GitHub that nobody here wrote; see scripts/emulator for what the proxy adds. */
import { Probot, ProbotOctokit } from 'probot';
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { openPullRequest, pushFiles, requireChecks } from '../../scripts/emulator/repository.ts';
import { type RunningEmulator, startEmulator } from '../../scripts/emulator/start-emulator.ts';
import { createBlobCache } from '../../src/github/blob-cache.ts';
import type { GitHubClient } from '../../src/github/github-client.ts';
import { githubDesk } from '../../src/github/github-desk.ts';
import { githubHost } from '../../src/github/github-host.ts';
import { blobId } from '../../src/github/patch-text.ts';
import { type Annotation, commentMarker, type Desk } from '../../src/host.ts';

const repository = { owner: 'harbour', repo: 'shop' };
let github: RunningEmulator;
let client: GitHubClient;

beforeAll(async () => {
  github = await startEmulator({ owner: 'harbour', people: ['ada', 'grace', 'mallory'], repositories: ['shop'] });
  const { id: appId, privateKey, webhookSecret: secret } = github.app;
  const Octokit = ProbotOctokit.defaults((defaults: object) => ({
    ...defaults,
    throttle: { enabled: false },
    retry: { enabled: false },
  }));
  const probot = new Probot({ appId, privateKey, secret, baseUrl: github.url, logLevel: 'fatal', Octokit });
  client = await probot.auth(100);
  const owner = github.as('harbour');
  await owner.rest.repos.addCollaborator({ ...repository, username: 'ada', permission: 'push' });
  await owner.rest.repos.addCollaborator({ ...repository, username: 'grace', permission: 'maintain' });
  await pushFiles(owner, repository, 'main', 'Start', { 'db/1.sql': 'create table a ();\n', 'old.sql': 'select 1;\n' });
});

afterEach(() => expect(github.violations).toEqual([]));
afterAll(() => github.stop());

async function open(title: string, files: Record<string, string | null>): Promise<{ pull: number; desk: Desk }> {
  const pull = await openPullRequest(github.as('ada'), repository, title, files);
  return { pull, desk: githubDesk(client, { ...repository, pull }, github.app.id) };
}

test('the files of a pull request are read with their texts', async () => {
  const added = 'alter table a add column "größe" int;\n';
  const { pull } = await open('Files', { 'db/2.sql': added, 'db/1.sql': 'create table b ();\n', 'old.sql': null });
  const host = githubHost(client, { ...repository, pull }, createBlobCache(1_000_000));
  const shown = [{ from: 1, to: 1 }];
  expect(await host.files()).toEqual({
    files: [
      {
        path: 'db/1.sql',
        status: 'modified',
        blob: blobId('create table b ();\n'),
        shown,
        removed: 'create table a ();',
        additions: 1,
        deletions: 1,
      },
      { path: 'db/2.sql', status: 'added', blob: blobId(added), text: added, shown, additions: 1, deletions: 0 },
      { path: 'old.sql', status: 'deleted', removed: 'select 1;', additions: 0, deletions: 1 },
    ],
  });
  expect(await host.baseText('db/1.sql')).toBe('create table a ();\n');
  expect(await host.baseText('db/2.sql')).toBeUndefined();
  const base = await host.baseTree();
  expect(base.blobs.get('old.sql')).toBe(blobId('select 1;\n'));
  expect(await host.blob(blobId('select 1;\n'))).toEqual({ text: 'select 1;\n' });
});

test('a push moves the head', async () => {
  const { pull } = await open('Moves', { 'db/3.sql': 'select 3;\n' });
  const head = await pushFiles(github.as('ada'), repository, 'moves', 'More', { 'db/4.sql': 'select 4;\n' });
  const host = githubHost(client, { ...repository, pull }, createBlobCache(0));
  expect((await host.subject()).head).toBe(head);
  expect((await host.files()).files.map((file) => file.path)).toEqual(['db/3.sql', 'db/4.sql']);
});

test('labels come and go', async () => {
  const label = { name: '[migration]', color: 'ededed', description: 'Changes the database' };
  const { pull, desk } = await open('Labels', { 'db/5.sql': 'select 5;\n' });
  await desk.addLabel(label);
  await desk.addLabel(label);
  const standing = await github.as('ada').rest.issues.listLabelsOnIssue({ ...repository, issue_number: pull });
  expect(standing.data).toMatchObject([label]);
  await desk.removeLabel(label.name);
  await desk.removeLabel(label.name);
  expect(await desk.labels()).toEqual([]);
});

test('only our own comment is ours, and strangers cannot edit it', async () => {
  const { pull, desk } = await open('Comments', { 'db/6.sql': 'select 6;\n' });
  const mallory = github.as('mallory');
  await mallory.rest.issues.createComment({ ...repository, issue_number: pull, body: `${commentMarker}\nforged` });
  const { id } = await desk.createComment(`${commentMarker}\nours`);
  await desk.updateComment(id, `${commentMarker}\nedited`);
  expect(await desk.comments()).toEqual([{ id, body: `${commentMarker}\nedited` }]);
  await expect(mallory.rest.issues.updateComment({ ...repository, comment_id: id, body: 'x' })).rejects.toThrow(
    'admin rights',
  );
  await github.as('grace').rest.issues.updateComment({ ...repository, comment_id: id, body: 'grace may' });
  expect(await desk.comments()).toEqual([]);
  await desk.deleteComment(id);
  await desk.deleteComment(id);
});

test('a check stands with all its annotations, once, however often it is written', async () => {
  const { pull, desk } = await open('Checks', { 'db/7.sql': 'select 7;\n' });
  const { data } = await github.as('ada').rest.pulls.get({ ...repository, pull_number: pull });
  const annotations = Array.from({ length: 60 }, (_, line) => annotation(line + 1));
  const check = {
    name: 'plimsoll/review',
    conclusion: 'failure',
    title: 'Blocked',
    summary: 's',
    annotations,
  } as const;
  await desk.writeCheck(data.head.sha, check, 'one');
  const [first] = await desk.checks(data.head.sha);
  expect(first).toMatchObject({ name: 'plimsoll/review', conclusion: 'failure', title: 'Blocked', externalId: 'one' });
  await desk.writeCheck(data.head.sha, { ...check, title: 'Still blocked' }, 'two', first?.id);
  const [second] = await desk.checks(data.head.sha);
  expect(second).toMatchObject({ id: first?.id, title: 'Still blocked', externalId: 'two' });
  await desk.writeCheck(data.head.sha, { ...check, annotations: [annotation(1)] }, 'three', second?.id);
  const [third] = await desk.checks(data.head.sha);
  expect(third?.id).not.toBe(first?.id);
  const run = { ...repository, check_run_id: third?.id ?? 0 };
  expect((await github.as('ada').rest.checks.listAnnotations(run)).data).toHaveLength(1);
});

test('a merge waits for the newest check of every required name', async () => {
  const { pull, desk } = await open('Merges', { 'db/8.sql': 'select 8;\n' });
  await requireChecks(github.as('harbour'), repository, ['plimsoll/sign-off']);
  const { data } = await github.as('ada').rest.pulls.get({ ...repository, pull_number: pull });
  const check = { name: 'plimsoll/sign-off', title: 't', summary: 's' } as const;

  await desk.writeCheck(data.head.sha, { ...check, annotations: [], conclusion: 'success' }, 'one');
  await desk.writeCheck(data.head.sha, { ...check, annotations: [], conclusion: 'action_required' }, 'two');
  const merge = () => github.as('grace').rest.pulls.merge({ ...repository, pull_number: pull });
  await expect(merge()).rejects.toThrow('"plimsoll/sign-off" is not successful');
  await desk.writeCheck(data.head.sha, { ...check, annotations: [], conclusion: 'success' }, 'three');
  expect((await merge()).data.merged).toBe(true);
});

test('roles are as the owner gave them', async () => {
  const { desk } = await open('Roles', { 'db/9.sql': 'select 9;\n' });
  const logins = ['harbour', 'ada', 'grace', 'mallory', 'nobody-at-all', 'plimsoll[bot]'];
  expect(await Promise.all(logins.map((login) => desk.roleOf(login)))).toEqual([
    'admin',
    'write',
    'maintain',
    'read',
    'none',
    'none',
  ]);
});

function annotation(line: number): Annotation {
  return {
    path: 'db/7.sql',
    startLine: line,
    endLine: line,
    startColumn: 1,
    level: 'failure',
    title: 't',
    message: 'm',
  };
}
