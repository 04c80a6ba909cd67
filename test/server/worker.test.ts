import { setTimeout as wait } from 'node:timers/promises';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pino } from 'pino';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { createMetrics, type Metrics } from '../../src/server/metrics.ts';
import { startWorker, type Worker } from '../../src/server/worker.ts';
import type { Job } from '../../src/store/jobs.ts';
import { openStore, type Store } from '../../src/store/open-store.ts';

let folder: string;
let store: Store;
let metrics: Metrics;
let worker: Worker | undefined;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'plimsoll-'));
  store = openStore(join(folder, 'db'), { attempts: 2, firstDelay: 1, longestDelay: 1 });
  metrics = createMetrics();
});
afterEach(async () => {
  await worker?.stop();
  store.close();
  rmSync(folder, { recursive: true });
});

test('a few jobs run at once, those of one key never', async () => {
  const running = new Map<string, number>();
  let most = 0;
  for (let number = 0; number < 30; number++) receive(`job-${number}`, `key-${number % 6}`);
  start(async ({ key }) => {
    running.set(key, (running.get(key) ?? 0) + 1);
    expect(running.get(key)).toBe(1);
    most = Math.max(most, [...running.values()].filter(Boolean).length);
    await wait(2);
    running.set(key, 0);
  });
  await idle();
  expect(most).toBe(4);
  expect(store.jobs.counts().dead).toBe(0);
  expect(metrics.render(store.jobs.counts(), 0)).toContain('plimsoll_jobs_total{job="push",outcome="done"} 30');
});

test('a job that fails is tried again, then kept as dead with the reason', async () => {
  receive('bad', 'k');
  let attempts = 0;
  start(async () => {
    attempts++;
    throw new AggregateError([new Error('GitHub is away')]);
  });
  await idle();
  expect(attempts).toBe(2);
  expect(store.jobs.dead()).toMatchObject([{ id: 'bad', error: 'GitHub is away' }]);
  expect(metrics.render(store.jobs.counts(), 0)).toContain('plimsoll_queue_dead 1');
});

test('a rate limit is waited for without counting', async () => {
  receive('limited', 'k');
  let attempts = 0;
  start(async () => {
    attempts++;
    const cause = Object.assign(new Error('limit'), { status: 429, response: { headers: { 'retry-after': '0' } } });
    if (attempts < 5) throw new Error('Failed reading', { cause });
  });
  await idle();
  expect(attempts).toBe(5);
  expect(store.jobs.dead()).toEqual([]);
});

test('stopping waits for what runs and starts nothing more', async () => {
  receive('first', 'k');
  receive('second', 'k');
  const done: string[] = [];
  start(async ({ id }) => {
    await wait(50);
    done.push(id);
  });
  await worker?.stop();
  expect(done).toEqual(['first']);
  expect(store.jobs.counts()).toMatchObject({ ready: 1, running: 0 });
});

test('what does not end in time is given back', async () => {
  receive('endless', 'k');
  start(() => new Promise(() => {}));
  await worker?.stop();
  expect(store.jobs.claim('next')).toMatchObject({ id: 'endless', attempts: 1 });
});

function start(run: (job: Job) => Promise<void>): void {
  const log = pino({ level: 'silent' });
  worker = startWorker({ jobs: store.jobs, run, log, metrics, turn: 5, patience: 300 });
}

function receive(id: string, key: string): void {
  store.jobs.receive({ id, key, event: 'push', payload: {} });
}

async function idle(): Promise<void> {
  for (let counts = store.jobs.counts(); counts.ready + counts.running > 0; counts = store.jobs.counts()) await wait(5);
}
