import { largestText } from '../host.ts';
import type { Blob } from './blob-cache.ts';
import type { GitHubClient, Repository } from './github-client.ts';
import { blobId } from './patch-text.ts';
import { retryAfterOf } from './retry-after.ts';

/** Blobs in one query: as many objects cost one point of the rate limit. https://docs.github.com/en/graphql/overview/rate-limits-and-query-limits-for-the-graphql-api */
const mostPerQuery = 100;

/**
 * The texts of blobs as far as GitHub's GraphQL has them: it cuts long ones and rewrites what is no UTF-8, so that only those count
 * whose blob id proves them whole. Empty where it does not answer at all; REST still may.
 */
export async function queryBlobs(
  client: GitHubClient,
  repository: Repository,
  ids: readonly string[],
): Promise<Map<string, Blob>> {
  const blobs = new Map<string, Blob>();
  // What is asked for stands in the query itself.
  const named = ids.filter((id) => /^[0-9a-f]{40}$/.test(id));
  for (let start = 0; start < named.length; start += mostPerQuery) {
    const some = named.slice(start, start + mostPerQuery);
    const answer = await query(client, repository, some);
    if (!answer) return blobs;
    for (const [index, id] of some.entries()) {
      const blob = blobOf(answer[`b${index}`], id);
      if (blob) blobs.set(id, blob);
    }
  }
  return blobs;
}

type Answer = Record<string, { text?: string | null; byteSize?: number } | null>;

async function query(
  client: GitHubClient,
  { owner, repo }: Repository,
  ids: readonly string[],
): Promise<Answer | undefined> {
  const objects = ids.map((id, index) => `b${index}: object(oid: "${id}") { ... on Blob { text byteSize } }`);
  const document = `query ($owner: String!, $name: String!) { repository(owner: $owner, name: $name) { ${objects.join(' ')} } }`;
  try {
    const { repository } = await client.graphql<{ repository: Answer | null }>(document, { owner, name: repo });
    return repository ?? undefined;
  } catch (error) {
    // Asking once per blob would only make it worse.
    if (retryAfterOf(error) !== undefined)
      throw new Error(`Failed reading blobs of ${owner}/${repo}`, { cause: error });
    return undefined;
  }
}

function blobOf(answer: Answer[string] | undefined, id: string): Blob | undefined {
  if (!answer) return undefined;
  if (answer.byteSize !== undefined && answer.byteSize > largestText) return { unread: 'larger than 2 MB' };
  const { text } = answer;
  return typeof text === 'string' && blobId(text) === id ? { text } : undefined;
}
