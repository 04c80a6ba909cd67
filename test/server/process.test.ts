/** The whole process, killed and started again. */
import { spawn, type ChildProcess } from 'node:child_process';
import { generateKeyPairSync } from 'node:crypto';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { sign } from '@octokit/webhooks-methods';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { openStore } from '../../src/store/open-store.ts';
import { startGitHub, type GitHubServer } from './github-server.ts';
import { pullRequest } from './world.ts';

const secret = 'w'.repeat(32);
const { privateKey } = generateKeyPairSync('rsa', {
  modulusLength: 2048,
  privateKeyEncoding: { type: 'pkcs1', format: 'pem' },
  publicKeyEncoding: { type: 'spki', format: 'pem' },
});
const main = join(import.meta.dirname, '../../src/server/main.ts');

let folder: string;
let github: GitHubServer;
let started: ChildProcess[];
beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'plimsoll-'));
  github = await startGitHub(7);
  started = [];
});
afterEach(async () => {
  for (const child of started) child.kill('SIGKILL');
  github.close();
  rmSync(folder, { recursive: true });
});

test.each(['pulls/7/files', 'POST check-runs', 'POST issues/7/comments'])(
  'killed while it waits for %s, the work is done once by the next process',
  async (place) => {
    github.silentAt = place;
    const first = await start();
    expect((await deliver(first.port)).status).toBe(202);
    await github.silenced();
    first.child.kill('SIGKILL');
    await once(first.child, 'exit');
    delete github.silentAt;
    letLeasesEnd();

    const second = await start();
    await until(() => github.checks.length >= 2 && github.comments.length > 0);
    await until(() => queueOf() === 0);
    expect(github.comments).toHaveLength(1);
    expect(github.labels).toEqual(['[migration]']);
    expect(github.checks.map(({ name }) => name)).toEqual(['plimsoll/review', 'plimsoll/sign-off']);

    const before = github.requests.length;
    expect((await deliver(second.port)).status).toBe(202);
    expect(queueOf()).toBe(0);
    expect(github.requests.slice(before).filter((request) => !request.startsWith('GET'))).toEqual([]);
  },
  60_000,
);

test('killed after the 202 and before the work, nothing is lost', async () => {
  github.silentAt = 'pulls/7';
  const first = await start();
  await Promise.all(Array.from({ length: 50 }, (_, number) => deliver(first.port, `guid-${number}`)));
  first.child.kill('SIGKILL');
  await once(first.child, 'exit');
  const store = openStore(join(folder, 'db'));
  for (let number = 0; number < 50; number++) expect(store.jobs.isKept(`guid-${number}`)).toBe(true);
  store.close();
});

test('SIGTERM ends it cleanly', async () => {
  const { child, port } = await start();
  expect((await fetch(`http://127.0.0.1:${port}/readyz`)).status).toBe(200);
  child.kill('SIGTERM');
  expect(await once(child, 'exit')).toEqual([0, null]);
});

test('without settings it says what is missing and does not start', async () => {
  const child = spawn(process.execPath, [main], { env: { PATH: process.env.PATH } });
  let said = '';
  child.stderr.on('data', (chunk: Buffer) => void (said += chunk.toString()));
  expect(await once(child, 'close')).toEqual([1, null]);
  expect(said).toMatch(/^Plimsoll cannot start:\n- APP_ID is missing.*\n- PRIVATE_KEY.*\n- WEBHOOK_SECRET.*\n$/);
});

test('nothing that it logs holds a secret', async () => {
  const { port, log } = await start({ LOG_LEVEL: 'trace' });
  await deliver(port);
  await until(() => github.comments.length > 0);
  await until(() => queueOf() === 0);
  expect(log()).toContain('Finished a job');
  expect(log()).not.toContain(secret);
  expect(log()).not.toContain('PRIVATE KEY');
  expect(log()).not.toMatch(/bearer |token /i);
});

type Started = { child: ChildProcess; port: number; log: () => string };

async function start(changes: Record<string, string> = {}): Promise<Started> {
  const child = spawn(process.execPath, [main], {
    env: {
      PATH: process.env.PATH,
      APP_ID: '7',
      PRIVATE_KEY: privateKey,
      WEBHOOK_SECRET: secret,
      PORT: '0',
      HOST: '127.0.0.1',
      DATABASE_PATH: join(folder, 'db'),
      GITHUB_API_URL: github.url,
      ...changes,
    },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  started.push(child);
  let log = '';
  child.stdout.on('data', (chunk: Buffer) => void (log += chunk.toString()));
  await until(() => log.includes('"Listening"'));
  const port = Number(/"port":(\d+)/.exec(log)?.[1]);
  return { child, port, log: () => log };
}

async function deliver(port: number, id = 'guid'): Promise<Response> {
  const body = JSON.stringify(pullRequest('opened'));
  return fetch(`http://127.0.0.1:${port}/api/github/webhooks`, {
    method: 'POST',
    body,
    headers: {
      'content-type': 'application/json',
      'x-github-delivery': id,
      'x-github-event': 'pull_request',
      'x-hub-signature-256': await sign(secret, body),
    },
  });
}

/** What the next process finds once the leases of the killed one have ended. */
function letLeasesEnd(): void {
  const later = openStore(join(folder, 'db'), { clock: () => Date.now() + 120_000 });
  later.jobs.recover();
  later.close();
}

function queueOf(): number {
  const store = openStore(join(folder, 'db'));
  const { ready, running } = store.jobs.counts();
  store.close();
  return ready + running;
}

async function until(isTrue: () => boolean): Promise<void> {
  while (!isTrue()) await wait(50);
}
