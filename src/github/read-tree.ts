import { attempt, type GitHubClient, nameOf, type Repository } from './github-client.ts';

/** Every file of a commit by path, with its blob id; `incomplete` says why some are missing. */
export type Tree = { blobs: Map<string, string>; incomplete?: string };

/** Reads the whole tree of a commit with one request. GitHub cuts it at 100,000 entries or 7 MB. */
export async function readTree(client: GitHubClient, repository: Repository, commit: string): Promise<Tree> {
  const { data } = await attempt(`reading the tree of ${nameOf(repository)} at ${commit}`, () =>
    client.rest.git.getTree({ ...repository, tree_sha: commit, recursive: 'true' }),
  );
  const blobs = new Map<string, string>();
  for (const entry of data.tree) if (entry.type === 'blob') blobs.set(entry.path, entry.sha);
  if (!data.truncated) return { blobs };
  return { blobs, incomplete: `GitHub lists only ${blobs.size} of the files at commit ${commit.slice(0, 7)}` };
}
