import { attempt, type GitHubClient, nameOf, type Repository, statusOf } from './github-client.ts';

/** A file at a commit; the content is empty and its encoding `none` above 1 MB. */
export type ContentFile = { sha: string; content: string; encoding: string };

/** Finds a file at a commit; undefined when nothing, or no file, stands at the path. */
export async function findFile(
  client: GitHubClient,
  repository: Repository,
  path: string,
  commit: string,
): Promise<ContentFile | undefined> {
  try {
    const { data } = await attempt(`reading ${path} of ${nameOf(repository)} at ${commit}`, () =>
      client.rest.repos.getContent({ ...repository, path, ref: commit }),
    );
    return Array.isArray(data) || data.type !== 'file' || !('encoding' in data) ? undefined : data;
  } catch (error) {
    if (statusOf(error) === 404) return undefined;
    throw error;
  }
}
