import { textOfBytes } from '../host.ts';
import type { Blob, BlobCache } from './blob-cache.ts';
import { attempt, type GitHubClient, nameOf, type Repository, statusOf } from './github-client.ts';
import { queryBlobs } from './query-blobs.ts';

type Waiting = { resolve: (blob: Blob) => void; reject: (error: unknown) => void };

/**
 * A reader of the blobs of one repository; each is read once for all reviews. Several that are asked for at the same time are
 * read together.
 */
export function createBlobReader(
  client: GitHubClient,
  repository: Repository,
  cache: BlobCache,
): (id: string) => Promise<Blob> {
  let waiting = new Map<string, Waiting[]>();
  return async (id) => cache.get(keyOf(repository, id)) ?? ask(id);

  function ask(id: string): Promise<Blob> {
    return new Promise((resolve, reject) => {
      if (waiting.size === 0) setImmediate(() => void readWaiting());
      waiting.set(id, [...(waiting.get(id) ?? []), { resolve, reject }]);
    });
  }

  async function readWaiting(): Promise<void> {
    const batch = waiting;
    waiting = new Map();
    try {
      const together =
        batch.size > 1 ? await queryBlobs(client, repository, [...batch.keys()]) : new Map<string, Blob>();
      for (const [id, blob] of together) cache.set(keyOf(repository, id), blob);
      await Promise.all([...batch].map(([id, askers]) => settle(askers, together.get(id) ?? readBlob(id))));
    } catch (error) {
      for (const askers of batch.values()) for (const { reject } of askers) reject(error);
    }
  }

  async function settle(askers: readonly Waiting[], blob: Blob | Promise<Blob>): Promise<void> {
    try {
      const known = await blob;
      for (const { resolve } of askers) resolve(known);
    } catch (error) {
      for (const { reject } of askers) reject(error);
    }
  }

  async function readBlob(id: string): Promise<Blob> {
    const bytes = await fetchBytes(client, repository, id);
    // Not cached: GitHub may have it the next time.
    if (!bytes) return { unread: 'GitHub has no file under its id, as for a submodule' };
    const blob = textOfBytes(bytes);
    cache.set(keyOf(repository, id), blob);
    return blob;
  }
}

/** Per repository: a pull request can name any id, and must not get at what another repository holds under it. */
function keyOf(repository: Repository, id: string): string {
  return `${nameOf(repository)}/${id}`;
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
