import type { Octokit } from '@octokit/rest';

export type RepositoryName = { owner: string; repo: string };

/** Texts by path; null deletes the file. */
export type FileTexts = Record<string, string | null>;

/** Pushes one commit with these files to a branch, which is made from main where it is not there yet. Returns the commit. */
export async function pushFiles(
  github: Octokit,
  { owner, repo }: RepositoryName,
  branch: string,
  message: string,
  files: FileTexts,
): Promise<string> {
  const repository = { owner, repo };
  const standing = await findHead(github, repository, branch);
  const parent = standing ?? (await findHead(github, repository, 'main')) ?? '';
  const { data: parentCommit } = await github.rest.git.getCommit({ ...repository, commit_sha: parent });
  const tree = Object.entries(files).map(([path, text]) => treeEntry(path, text));
  const { data: newTree } = await github.rest.git.createTree({ ...repository, base_tree: parentCommit.tree.sha, tree });
  const { data: commit } = await github.rest.git.createCommit({
    ...repository,
    message,
    tree: newTree.sha,
    parents: [parent],
  });
  if (standing === undefined)
    await github.rest.git.createRef({ ...repository, ref: `refs/heads/${branch}`, sha: commit.sha });
  else await github.rest.git.updateRef({ ...repository, ref: `heads/${branch}`, sha: commit.sha });
  return commit.sha;
}

async function findHead(github: Octokit, repository: RepositoryName, branch: string): Promise<string | undefined> {
  const { data } = await github.rest.git.listMatchingRefs({ ...repository, ref: `heads/${branch}` });
  return data.find((ref) => ref.ref === `refs/heads/${branch}`)?.object.sha;
}

type TreeEntry = NonNullable<Parameters<Octokit['rest']['git']['createTree']>[0]>['tree'][number];

function treeEntry(path: string, text: string | null): TreeEntry {
  const entry = { path, mode: '100644', type: 'blob' } as const;
  return text === null ? { ...entry, sha: null } : { ...entry, content: text };
}

/** Opens a pull request with these files on a branch of its own, and returns its number. */
export async function openPullRequest(
  github: Octokit,
  repository: RepositoryName,
  title: string,
  files: FileTexts,
): Promise<number> {
  const branch = title.toLowerCase().replaceAll(/[^a-z0-9]+/g, '-');
  await pushFiles(github, repository, branch, title, files);
  const { data } = await github.rest.pulls.create({ ...repository, title, head: branch, base: 'main' });
  return data.number;
}

/** Makes main wait for the checks of these names. */
export async function requireChecks(github: Octokit, repository: RepositoryName, names: string[]): Promise<void> {
  await github.rest.repos.updateBranchProtection({
    ...repository,
    branch: 'main',
    required_status_checks: { strict: false, contexts: names },
    // The proxy merges as the owner where the emulator cannot; it looks at the checks itself.
    enforce_admins: false,
    required_pull_request_reviews: null,
    restrictions: null,
  });
}
