/** GitHub as a person with a token sees it, and its failures as one sentence that says what to do. */
import { Octokit } from '@octokit/rest';
import { statusOf } from '../github/github-client.ts';

/** A client with the token in GITHUB_TOKEN, or none. */
export function personClient(): Octokit {
  const token = process.env['GITHUB_TOKEN'] ?? '';
  return new Octokit({
    ...(token !== '' && { auth: token }),
    baseUrl: process.env['GITHUB_API_URL'] ?? 'https://api.github.com',
    log: { debug: silent, info: silent, warn: silent, error: silent },
  });
}

function silent(): void {
  // What Octokit would log, our error says once.
}

/** What a call gives; its failure as one sentence about `name`. */
export async function explained<Result>(name: string, call: () => Promise<Result>): Promise<Result> {
  try {
    return await call();
  } catch (cause) {
    throw new Error(`${name} could not be read: ${reasonOf(cause)}`, { cause });
  }
}

function reasonOf(error: unknown): string {
  const status = statusOf(error);
  switch (status) {
    case 401:
      return 'GitHub does not accept the token in GITHUB_TOKEN.';
    case 403:
    case 429:
      return 'GitHub refuses, for lack of permission or because its rate limit is used up: set GITHUB_TOKEN, or try again later.';
    case 404:
      return 'it is not there, or it is private: set GITHUB_TOKEN to a token that may read it.';
    case undefined:
      return error instanceof Error ? error.message : String(error);
    default:
      return status >= 500 && !hasAnswer(error)
        ? 'GitHub could not be reached: check the network and GITHUB_API_URL.'
        : `GitHub answered ${status}: try again later.`;
  }
}

/** Octokit gives a request that never got an answer the status 500. */
function hasAnswer(error: unknown): boolean {
  if (!(error instanceof Error)) return false;
  return ('response' in error && error.response !== undefined) || hasAnswer(error.cause);
}
