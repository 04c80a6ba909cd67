/** A pull request on GitHub as a host, read with a person's token. Nothing is written. */
import { createBlobCache } from '../github/blob-cache.ts';
import { githubHost } from '../github/github-host.ts';
import type { Host } from '../host.ts';
import { explained, personClient } from './person-client.ts';

/** In bytes; one review needs no more. */
const cacheSize = 64 * 1024 * 1024;

/** The host of `owner/name#12`. Failures of GitHub become one sentence that says what to do. */
export function pullHost(name: string): Host {
  const match = /^([\w.-]+)\/([\w.-]+)#(\d{1,9})$/.exec(name);
  const [, owner = '', repo = '', number = ''] = match ?? [];
  if (!match) throw new Error(`"${name}" names no pull request: write it as OWNER/NAME#N, such as acme/shop#12.`);
  const client = personClient();
  const host = githubHost(client, { owner, repo, pull: Number(number) }, createBlobCache(cacheSize));
  return {
    subject: () => explained(name, host.subject),
    files: () => explained(name, host.files),
    baseTree: () => explained(name, host.baseTree),
    baseText: (path) => explained(name, () => host.baseText(path)),
    blob: (id) => explained(name, () => host.blob(id)),
  };
}
