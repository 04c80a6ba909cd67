import { afterEach, beforeEach, expect, test } from 'vitest';
import { redeliverFailed, sweep } from '../../src/server/sweep.ts';
import { createWorld, place, pullRequest, type World } from './world.ts';

let world: World;
beforeEach(async () => {
  world = await createWorld();
});
afterEach(() => world.close());

test('an open pull request that no event told of is reviewed, a closed one is not', async () => {
  const open = world.site.addPull();
  const closed = world.site.addPull({ pull: 8, open: false });
  await sweep(world.handling);
  await world.work();
  expect(open.desk.standing.checks).toHaveLength(2);
  expect(closed.desk.standing.checks).toEqual([]);
});

test('a pull request whose head is reviewed is left alone, until its head moves', async () => {
  const pull = world.site.addPull();
  await world.happen('pull_request', pullRequest('opened'));
  world.site.requests();
  await sweep(world.handling);
  await world.work();
  expect(world.site.requests()).toEqual(['list pulls']);
  pull.head = 'head-2';
  await sweep(world.handling);
  await world.work();
  expect(pull.desk.standing.checks.map(({ commit }) => commit)).toContain('head-2');
});

test('a pull request that was closed unheard counts as closed', async () => {
  const pull = world.site.addPull();
  await world.happen('pull_request', pullRequest('opened'));
  pull.open = false;
  await sweep(world.handling);
  expect(world.store.pulls.find(place)?.open).toBe(false);
});

test('a review that was given up is tried again', async () => {
  const pull = world.site.addPull({ pull: 8, head: 'head-8' });
  world.store.jobs.ask('1/acme/shop#8', { installation: 1, owner: 'acme', repo: 'shop', pull: 8 });
  for (let attempt = 0; attempt < 10; attempt++) {
    world.store.jobs.claim('test');
    world.store.jobs.fail('1/acme/shop#8', 'No luck');
    world.later(1_000_000);
  }
  expect(world.store.jobs.counts().dead).toBe(1);
  await sweep(world.handling);
  await world.work();
  expect(world.store.jobs.counts().dead).toBe(0);
  expect(pull.desk.standing.checks).toHaveLength(2);
});

test('failed deliveries are asked for, but not those that were kept after all', async () => {
  world.deliver('pull_request', pullRequest('opened'), 'kept');
  world.site.failed = [
    { id: 1, guid: 'kept' },
    { id: 2, guid: 'lost' },
  ];
  expect(await redeliverFailed(0, world.handling)).toBe(1);
  expect(world.site.redelivered).toEqual([2]);
});
