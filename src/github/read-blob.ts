import type { Blob, BlobCache } from './blob-cache.ts';
import { attempt, type GitHubClient, nameOf, type Repository, statusOf } from './github-client.ts';

/** No migration is longer; what is, is a dump. */
const largest = 2 * 1024 * 1024;

/** The text of a blob, read once for all reviews of the repository. */
export async function readBlob(
  client: GitHubClient,
  repository: Repository,
  id: string,
  cache: BlobCache,
): Promise<Blob> {
  // Per repository: a pull request can name any id, and must not get at what another repository holds under it.
  const key = `${nameOf(repository)}/${id}`;
  const cached = cache.get(key);
  if (cached) return cached;
  const bytes = await fetchBytes(client, repository, id);
  // Not cached: GitHub may have it the next time.
  if (!bytes) return { unread: 'GitHub has no file under its id, as for a submodule' };
  const blob = textOf(bytes);
  cache.set(key, blob);
  return blob;
}

async function fetchBytes(client: GitHubClient, repository: Repository, id: string): Promise<Buffer | undefined> {
  try {
    const { data } = await attempt(`reading blob ${id} of ${nameOf(repository)}`, () =>
      client.rest.git.getBlob({ ...repository, file_sha: id }),
    );
    return Buffer.from(data.content, data.encoding === 'base64' ? 'base64' : 'utf8');
  } catch (error) {
    if (statusOf(error) === 404) return undefined;
    throw error;
  }
}

function textOf(bytes: Buffer): Blob {
  if (bytes.length > largest) return { unread: 'larger than 2 MB' };
  if (bytes.includes(0)) return { unread: 'binary' };
  return { text: bytes.toString('utf8') };
}
