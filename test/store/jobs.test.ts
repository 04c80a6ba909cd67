import { execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { openStore, type Store } from '../../src/store/open-store.ts';

const day = 24 * 60 * 60 * 1000;
let folder: string;
let now: number;
let store: Store;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'plimsoll-'));
  now = 1_000_000;
  store = open();
});
afterEach(() => {
  store.close();
  rmSync(folder, { recursive: true });
});

test('a delivery that was seen is not kept twice, whether it waits, runs or is done', () => {
  expect(receive('one')).toBe('accepted');
  expect(receive('one')).toBe('known');
  store.jobs.claim('me');
  expect(receive('one')).toBe('known');
  store.jobs.finish('one');
  expect(receive('one')).toBe('known');
  expect(store.jobs.claim('me')).toBeUndefined();
});

test('a delivery that died is revived when GitHub sends it again', () => {
  receive('one');
  die();
  expect(store.jobs.dead()).toEqual([{ id: 'one', key: 'k', event: 'push', attempts: 3, error: 'No luck' }]);
  expect(receive('one')).toBe('revived');
  expect(store.jobs.counts()).toMatchObject({ ready: 1, dead: 0 });
  die();
  expect(receive('one')).toBe('revived');
  expect(store.jobs.claim('me')).toMatchObject({ id: 'one', attempts: 1 });
});

test('jobs of one key run one at a time, those of another beside them', () => {
  receive('one');
  receive('two');
  receive('three', 'other');
  expect(store.jobs.claim('me')?.id).toBe('one');
  expect(store.jobs.claim('me')?.id).toBe('three');
  expect(store.jobs.claim('me')).toBeUndefined();
  store.jobs.finish('one');
  expect(store.jobs.claim('me')?.id).toBe('two');
});

test('waiting jobs of one pull request are one, and the most urgent wish counts', () => {
  store.jobs.ask('k', { first: true }, { priority: 2, delay: 1000 });
  store.jobs.ask('k', { second: true }, { priority: 1 });
  store.jobs.ask('k', { second: true }, { priority: 2, delay: 5000 });
  expect(store.jobs.counts().ready).toBe(1);
  expect(store.jobs.claim('me')).toEqual({
    id: 'k',
    key: 'k',
    payload: { second: true },
    attempts: 1,
    receivedAt: now,
  });
});

test('what is asked for while it runs is done once more', () => {
  store.jobs.ask('k', {});
  store.jobs.claim('me');
  store.jobs.ask('k', {});
  store.jobs.ask('k', {});
  store.jobs.finish('k');
  expect(store.jobs.claim('me')?.id).toBe('k');
  store.jobs.finish('k');
  expect(store.jobs.claim('me')).toBeUndefined();
  store.jobs.ask('k', {});
  expect(store.jobs.claim('me')?.id).toBe('k');
});

test('deliveries go before reviews, and reviews that someone waits for before those of a sweep', () => {
  store.jobs.ask('swept', {}, { priority: 2 });
  store.jobs.ask('asked', {});
  receive('delivery');
  expect([1, 2, 3].map(() => store.jobs.claim('me')?.id)).toEqual(['delivery', 'asked', 'swept']);
});

test('a job that fails waits longer each time, and dies after the last attempt', () => {
  receive('one');
  const waits: number[] = [];
  for (const outcome of ['retried', 'retried', 'dead']) {
    expect(store.jobs.claim('me')?.id).toBe('one');
    expect(store.jobs.fail('one', 'No luck')).toBe(outcome);
    let waited = 0;
    while (waited < 60_000 && !store.jobs.claim('peek')) {
      now += 500;
      waited += 500;
    }
    store.jobs.release('peek');
    waits.push(waited);
  }
  expect(waits).toEqual([1000, 2000, 60_000]);
  expect(store.jobs.counts()).toMatchObject({ ready: 0, dead: 1 });
});

test('waiting for a rate limit is no failure', () => {
  receive('one');
  for (let round = 0; round < 10; round++) {
    expect(store.jobs.claim('me')?.attempts).toBe(1);
    expect(store.jobs.fail('one', 'Rate limit', 30_000)).toBe('retried');
    expect(store.jobs.claim('me')).toBeUndefined();
    now += 30_000;
  }
});

test('a review that waits after a failure is not hurried by the next event', () => {
  store.jobs.ask('k', {});
  store.jobs.claim('me');
  store.jobs.fail('k', 'Rate limit', 30_000);
  store.jobs.ask('k', {});
  expect(store.jobs.claim('me')).toBeUndefined();
  now += 30_000;
  expect(store.jobs.claim('me')?.id).toBe('k');
});

test('a lease that is renewed is kept, one that is not is taken back', () => {
  receive('one');
  store.jobs.claim('me');
  now += 25_000;
  store.jobs.renew('me');
  now += 25_000;
  expect(store.jobs.recover()).toBe(0);
  now += 25_000;
  expect(store.jobs.recover()).toBe(1);
  expect(store.jobs.claim('other')).toMatchObject({ id: 'one', attempts: 2 });
});

test('a job that keeps bringing its process down dies', () => {
  receive('one');
  for (let round = 0; round < 3; round++) {
    store.jobs.claim('me');
    now += 100_000;
    store.jobs.recover();
  }
  expect(store.jobs.dead()).toMatchObject([{ id: 'one', error: 'the process ended while it ran' }]);
});

test('a process that is killed leaves its job to the next one', async () => {
  receive('one');
  const crasher = spawn(process.execPath, [join(import.meta.dirname, 'claim-and-hang.ts'), join(folder, 'db')]);
  const [said] = (await once(crasher.stdout, 'data')) as [Buffer]; // what `data` carries
  crasher.kill('SIGKILL');
  await once(crasher, 'exit');
  expect(said.toString()).toBe('one\n');
  expect(store.jobs.claim('me')).toBeUndefined();
  now = Date.now() + 120_000;
  expect(store.jobs.recover()).toBe(1);
  expect(store.jobs.claim('me')?.id).toBe('one');
});

test('two processes share the work, and nothing is done by both', () => {
  const ids = Array.from({ length: 40 }, (_, number) => `delivery-${number}`);
  for (const id of ids) receive(id, id);
  const mine = ids.slice(0, 15).map(() => store.jobs.claim('me')?.id ?? '');
  const script = join(import.meta.dirname, 'claim-all.ts');
  const theirs = execFileSync(process.execPath, [script, join(folder, 'db')], { encoding: 'utf8' })
    .trim()
    .split('\n');
  expect([...mine, ...theirs].sort()).toEqual([...ids].sort());
});

test('what waits survives closing the file', () => {
  receive('one');
  store.close();
  store = open();
  expect(store.jobs.claim('me')).toMatchObject({ id: 'one', event: 'push', payload: { number: 7 } });
});

test('finished jobs are kept for thirty days, waiting ones for ever', () => {
  receive('done');
  store.jobs.claim('me');
  store.jobs.finish('done');
  receive('waiting');
  now += 29 * day;
  expect(store.jobs.prune(30 * day)).toBe(0);
  expect(receive('done')).toBe('known');
  now += 2 * day;
  expect(store.jobs.prune(30 * day)).toBe(1);
  expect(store.jobs.counts().ready).toBe(1);
});

test('an installation that is gone takes its waiting jobs along', () => {
  receive('one', '12/acme/shop#1');
  receive('two', '123/acme/shop#1');
  receive('three', '12');
  store.jobs.forgetInstallation(12);
  expect(store.jobs.claim('me')?.id).toBe('two');
  expect(store.jobs.claim('me')).toBeUndefined();
});

test('the age of the oldest waiting job is known', () => {
  expect(store.jobs.counts()).toEqual({ ready: 0, running: 0, dead: 0 });
  receive('one');
  now += 5000;
  receive('two');
  expect(store.jobs.counts()).toEqual({ ready: 2, running: 0, dead: 0, oldestAt: 1_000_000 });
});

test('a database of a newer Plimsoll is refused', async () => {
  store.close();
  const { DatabaseSync } = await import('node:sqlite');
  const database = new DatabaseSync(join(folder, 'db'));
  database.exec('PRAGMA user_version = 99');
  database.close();
  expect(open).toThrow('schema 99');
  rmSync(join(folder, 'db'));
  store = open();
});

function open(): Store {
  return openStore(join(folder, 'db'), { clock: () => now, attempts: 3, firstDelay: 1000, longestDelay: 3000 });
}

function receive(id: string, key = 'k'): string {
  return store.jobs.receive({ id, key, event: 'push', payload: { number: 7 } });
}

function die(): void {
  for (let attempt = 0; attempt < 3; attempt++) {
    const job = store.jobs.claim('me');
    store.jobs.fail(job?.id ?? '', 'No luck');
    now += 10_000;
  }
}
