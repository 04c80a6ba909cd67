/** A pull request on GitHub as a host, read with a person's token. Nothing is written. */
import { Octokit } from '@octokit/rest';
import { createBlobCache } from '../github/blob-cache.ts';
import { statusOf } from '../github/github-client.ts';
import { githubHost } from '../github/github-host.ts';
import type { Host } from '../host.ts';

/** In bytes; one review needs no more. */
const cacheSize = 64 * 1024 * 1024;

/** The host of `owner/name#12`. Failures of GitHub become one sentence that says what to do. */
export function pullHost(name: string): Host {
  const match = /^([\w.-]+)\/([\w.-]+)#(\d{1,9})$/.exec(name);
  const [, owner = '', repo = '', number = ''] = match ?? [];
  if (!match) throw new Error(`"${name}" names no pull request: write it as OWNER/NAME#N, such as acme/shop#12.`);
  const token = process.env['GITHUB_TOKEN'] ?? '';
  const client = new Octokit({
    ...(token !== '' && { auth: token }),
    baseUrl: process.env['GITHUB_API_URL'] ?? 'https://api.github.com',
    log: { debug: silent, info: silent, warn: silent, error: silent },
  });
  const host = githubHost(client, { owner, repo, pull: Number(number) }, createBlobCache(cacheSize));
  return {
    subject: () => explained(name, host.subject),
    files: () => explained(name, host.files),
    baseTree: () => explained(name, host.baseTree),
    baseText: (path) => explained(name, () => host.baseText(path)),
    blob: (id) => explained(name, () => host.blob(id)),
  };
}

function silent(): void {
  // What Octokit would log, our error says once.
}

async function explained<Result>(name: string, call: () => Promise<Result>): Promise<Result> {
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
      return 'there is no such pull request, or it is private: set GITHUB_TOKEN to a token that may read it.';
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
