import { expect, test } from 'vitest';
import { blobsAt, findPullOfGroup } from '../../src/github/merge-group.ts';
import * as answers from './answers.ts';
import { mockGitHub } from './mock-github.ts';

const github = mockGitHub();
/** The caller's place may hold more than names a repository. */
const repository = { owner: 'octo', repo: 'shop', installation: 1, pull: 7 };
const commit = '9'.repeat(40);
const treePath = `/repos/octo/shop/git/trees/${commit}?recursive=true`;
const listed = { path: 'db/1.sql', type: 'blob', sha: '1'.repeat(40) };

test('the pull request of a merge group is read from its ref', () => {
  expect(findPullOfGroup(`refs/heads/gh-readonly-queue/release/1.2/pr-104-${commit}`)).toBe(104);
});

test.each(['refs/heads/main', 'refs/heads/gh-readonly-queue/main/pr-104', `refs/heads/pr-104-${commit}`])(
  'the ref %s is of no merge group',
  (ref) => {
    expect(findPullOfGroup(ref)).toBeUndefined();
  },
);

test('blobs of the group are found by path, and absent ones are said to be absent', async () => {
  github.answer('GET', treePath, 200, answers.tree([listed]));
  expect(await blobsAt(github.client, repository, commit, ['db/1.sql', 'db/2.sql'])).toEqual(
    new Map([
      ['db/1.sql', listed.sha],
      ['db/2.sql', undefined],
    ]),
  );
});

test('in a tree that was cut, a path is asked for by itself', async () => {
  const sha = '2'.repeat(40);
  const contents = (name: string) => `/repos/octo/shop/contents/db%2F${name}?ref=${commit}`;
  github.answer('GET', treePath, 200, answers.tree([listed], true));
  github.answer('GET', contents('2.sql'), 200, answers.contentFile({ sha }));
  github.answer('GET', contents('3.sql'), 404, answers.refusal('Not Found'));
  expect(await blobsAt(github.client, repository, commit, ['db/1.sql', 'db/2.sql', 'db/3.sql'])).toEqual(
    new Map([
      ['db/1.sql', listed.sha],
      ['db/2.sql', sha],
      ['db/3.sql', undefined],
    ]),
  );
});

test('for no paths nothing is asked', async () => {
  expect(await blobsAt(github.client, repository, commit, [])).toEqual(new Map());
  expect(github.sent).toEqual([]);
});
