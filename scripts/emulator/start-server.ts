import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { findFreePort } from './listen.ts';
import type { RunningEmulator } from './start-emulator.ts';
import { until } from './until.ts';

export type RunningServer = {
  url: string;
  /** Everything that the server has logged. */
  log: () => string;
  /** True when no job waits or runs. */
  isIdle: () => Promise<boolean>;
  /** Reviews that were made since it started. */
  reviews: () => Promise<number>;
  /** As an operator does: SIGTERM, and then its database is removed. The exit code. */
  stop: () => Promise<number>;
};

/** Starts the real server process against the emulator, and resolves when it says that it is ready. */
export async function startServer(github: RunningEmulator): Promise<RunningServer> {
  const folder = mkdtempSync(join(tmpdir(), 'plimsoll-'));
  const port = await findFreePort();
  const main = join(import.meta.dirname, '../../src/server/main.ts');
  const child = spawn(process.execPath, [main], { cwd: folder, env: environment(github, port, folder) });
  const exited = once(child, 'exit');
  let log = '';
  child.stdout.on('data', (chunk: Buffer) => (log += chunk.toString()));
  child.stderr.on('data', (chunk: Buffer) => (log += chunk.toString()));
  const url = `http://127.0.0.1:${port}`;
  try {
    await until('the server to be ready', async () => child.exitCode !== null || (await isReady(url)));
    if (child.exitCode !== null) throw new Error('The server ended before it was ready');
  } catch (cause) {
    child.kill('SIGKILL');
    throw new Error(`Failed starting the server:\n${log}`, { cause });
  }
  github.deliverTo(`${url}/api/github/webhooks`);
  return { url, log: () => log, isIdle: () => hasNoJobs(url), reviews: () => countReviews(url), stop };

  async function stop(): Promise<number> {
    child.kill('SIGTERM');
    await exited;
    rmSync(folder, { recursive: true });
    return child.exitCode ?? 1;
  }
}

function environment(github: RunningEmulator, port: number, folder: string): Record<string, string> {
  return {
    PATH: process.env.PATH ?? '',
    NODE_ENV: 'production',
    APP_ID: String(github.app.id),
    PRIVATE_KEY: github.app.privateKey,
    WEBHOOK_SECRET: github.app.webhookSecret,
    GITHUB_API_URL: github.url,
    HOST: '127.0.0.1',
    PORT: String(port),
    DATABASE_PATH: join(folder, 'plimsoll.db'),
  };
}

async function hasNoJobs(url: string): Promise<boolean> {
  const metrics = await (await fetch(`${url}/metrics`)).text();
  return /^plimsoll_queue_depth 0$/m.test(metrics) && /^plimsoll_queue_running 0$/m.test(metrics);
}

async function countReviews(url: string): Promise<number> {
  const metrics = await (await fetch(`${url}/metrics`)).text();
  const counted = metrics.split('\n').find((line) => /^plimsoll_jobs_total\{.*"reconcile".*"done"/.test(line));
  return Number(counted?.split(' ').at(-1) ?? 0);
}

async function isReady(url: string): Promise<boolean> {
  try {
    return (await fetch(`${url}/readyz`)).ok;
  } catch {
    return false;
  }
}
