import type { RestEndpointMethodTypes } from '@octokit/rest';
import { attempt, type GitHubClient, nameOf, type PullRequestPlace } from './github-client.ts';

export type PullRequest = RestEndpointMethodTypes['pulls']['get']['response']['data'];

/** Reads the pull request with one request, whoever asks and how often; a failed reading is tried again. */
export function pullRequestReader(client: GitHubClient, place: PullRequestPlace): () => Promise<PullRequest> {
  let reading: Promise<PullRequest> | undefined;
  return function readPullRequest() {
    reading ??= readOnce(client, place).catch((error: unknown) => {
      reading = undefined;
      throw error;
    });
    return reading;
  };
}

async function readOnce(client: GitHubClient, place: PullRequestPlace): Promise<PullRequest> {
  const { owner, repo, pull } = place;
  const response = await attempt(`reading ${nameOf(place)}`, () =>
    client.rest.pulls.get({ owner, repo, pull_number: pull }),
  );
  return response.data;
}
