import { createRequire } from 'node:module';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { createWorld, type World } from './world.ts';

type Example = { name: string; examples: Record<string, unknown>[] };
const examples = createRequire(import.meta.url)('@octokit/webhooks-examples') as Example[]; // the package's one value

let world: World;
beforeAll(async () => {
  world = await createWorld();
  const { open } = world.site;
  world.site.open = (place) => {
    if (!world.site.pulls.has(place.pull)) world.site.addPull({ pull: place.pull });
    return open(place);
  };
});
afterAll(() => world.close());

test('every delivery that GitHub has on record is either of no interest or kept by its key', () => {
  let kept = 0;
  for (const { name, examples: payloads } of examples) {
    // One that is deleted takes along what waits for it.
    const installation = { id: name === 'installation' ? 2 : 1 };
    for (const payload of payloads) if (world.deliver(name, { ...payload, installation })) kept++;
  }
  expect(examples.length).toBeGreaterThan(50);
  expect(kept).toBeGreaterThan(10);
  expect(world.store.jobs.counts().ready).toBe(kept);
});

test('every one that is kept is handled without an error', async () => {
  const handled = new Set<string>();
  for (let job = world.store.jobs.claim('test'); job; job = world.store.jobs.claim('test')) {
    world.store.jobs.finish(job.id);
    if (job.event === undefined) continue;
    await world.receive(job);
    handled.add(job.event);
  }
  // Comments on record hold no command.
  expect([...handled].sort()).toEqual([
    'check_run',
    'check_suite',
    'installation',
    'installation_repositories',
    'merge_group',
    'pull_request',
    'push',
  ]);
});
