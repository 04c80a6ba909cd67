/** GitHub as a port: reads the change of a pull request, and writes the review to it. */
import type { RestEndpointMethodTypes } from '@octokit/rest';
import type { Host, ListedFile, Subject } from '../host.ts';
import type { Status } from '../operations/migration.ts';
import type { Blob, BlobCache } from './blob-cache.ts';
import { findFile } from './find-file.ts';
import { attempt, type GitHubClient, nameOf, type PullRequestPlace, type Repository } from './github-client.ts';
import { patchText, removedLines, shownLines } from './patch-text.ts';
import { type PullRequest, pullRequestReader } from './pull-request.ts';
import { createBlobReader } from './read-blobs.ts';
import { readTree, type Tree } from './read-tree.ts';

/**
 * Reads one pull request. The reader of the pull request may be shared with its desk, the cache with every other review.
 * `onto` is read as its base instead of the newest commit of its branch: what a merge group puts it on.
 */
export function githubHost(
  client: GitHubClient,
  place: PullRequestPlace,
  cache: BlobCache,
  readPullRequest: () => Promise<PullRequest> = pullRequestReader(client, place),
  onto?: string,
): Host {
  const repository: Repository = { owner: place.owner, repo: place.repo };
  const readBlob = createBlobReader(client, repository, cache);
  let tree: Tree | undefined;
  const readBase = async () => onto ?? (await readPullRequest()).base;
  return {
    subject: async () => subjectOf(await readPullRequest(), await readBase()),
    files: async () => listFiles(client, place, await readPullRequest()),
    baseTree: async () => (tree = await readTree(client, repository, await readBase())),
    async baseText(path) {
      if (tree && tree.incomplete === undefined && !tree.blobs.has(path)) return undefined;
      const commit = await readBase();
      const key = `${nameOf(repository)}@${commit}:${path}`;
      const known = cache.get(key) ?? (await readText(client, repository, path, commit, readBlob));
      cache.set(key, known);
      return 'text' in known ? known.text : undefined;
    },
    blob: readBlob,
  };
}

function subjectOf({ title, description, author, baseBranch, head }: PullRequest, base: string): Subject {
  return { title, description, author, baseBranch, base, head };
}

const pageSize = 100;
/** GitHub lists at most 3,000 files of a pull request. */
const lastPage = 30;

type GitHubFile = RestEndpointMethodTypes['pulls']['listFiles']['response']['data'][number];

async function listFiles(
  client: GitHubClient,
  place: PullRequestPlace,
  pullRequest: PullRequest,
): Promise<{ files: ListedFile[]; incomplete?: string }> {
  const listed = await listPages(client, place);
  const files = listed.map(listedFile);
  if (listed.some((file) => isOfAnotherHead(file, pullRequest.head)))
    return { files, incomplete: 'commits were pushed while the files were read' };
  if (pullRequest.changedFiles <= files.length) return { files };
  return { files, incomplete: `GitHub lists ${files.length} of its ${pullRequest.changedFiles} files` };
}

async function listPages(client: GitHubClient, { owner, repo, pull }: PullRequestPlace): Promise<GitHubFile[]> {
  const files: GitHubFile[] = [];
  for (let page = 1; page <= lastPage; page++) {
    const { data } = await attempt(`listing the files of ${nameOf({ owner, repo, pull })}, page ${page}`, () =>
      client.rest.pulls.listFiles({ owner, repo, pull_number: pull, per_page: pageSize, page }),
    );
    files.push(...data);
    if (data.length < pageSize) break;
  }
  return files;
}

/** A list is of the newest head, which may have moved since the pull request was read: each file's address names its commit. */
function isOfAnotherHead(file: GitHubFile, head: string): boolean {
  // That of a deleted file names a commit that still has it.
  if (file.status === 'removed') return false;
  const commit = URL.parse(file.contents_url)?.searchParams.get('ref');
  return commit !== undefined && commit !== null && commit !== head;
}

const statuses: Record<GitHubFile['status'], Status> = {
  added: 'added',
  copied: 'added',
  modified: 'modified',
  changed: 'modified',
  unchanged: 'modified',
  renamed: 'renamed',
  removed: 'deleted',
};

function listedFile(file: GitHubFile): ListedFile {
  const listed: ListedFile = {
    path: file.filename,
    status: statuses[file.status],
    additions: file.additions,
    deletions: file.deletions,
  };
  const shown = shownLines(file.patch);
  if (shown.length > 0) listed.shown = shown;
  const removed = removedLines(file.patch);
  if (removed !== '') listed.removed = removed;
  if (file.status === 'renamed' && file.previous_filename !== undefined) listed.previousPath = file.previous_filename;
  if (file.sha === null || file.status === 'removed') return listed;
  listed.blob = file.sha;
  const text = file.status === 'added' ? patchText(file.patch, file.sha) : undefined;
  if (text !== undefined) listed.text = text;
  return listed;
}

/** `unread` where nothing stands at the path. */
async function readText(
  client: GitHubClient,
  repository: Repository,
  path: string,
  commit: string,
  readBlob: Host['blob'],
): Promise<Blob> {
  const file = await findFile(client, repository, path, commit);
  if (!file) return { unread: 'there is no such file' };
  if (file.encoding === 'base64') return { text: Buffer.from(file.content, 'base64').toString('utf8') };
  // Above 1 MB the contents come without their content.
  const blob = await readBlob(file.sha);
  if ('text' in blob) return blob;
  throw new Error(`Failed reading ${path} of ${nameOf(repository)} at ${commit}: ${blob.unread}`);
}
