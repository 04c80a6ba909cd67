/** Every payload that GitHub has published as an example, through the receiver and the queue to the end. */
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import type { Server } from 'node:http';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { sign } from '@octokit/webhooks-methods';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { listen } from '../../scripts/emulator/listen.ts';
import { createReceiver } from '../../src/server/receiver.ts';
import { createWorld, type World } from './world.ts';

type Example = { name: string; examples: Record<string, unknown>[] };

const require = createRequire(import.meta.url);
const secret = 'a'.repeat(32);
let world: World;
let kept: string[];
let failures: unknown[];
let receiver: Server;
let address: string;

beforeEach(async () => {
  world = await createWorld();
  answerForAnyPull(world);
  kept = [];
  failures = [];
  receiver = createReceiver({
    secrets: [secret],
    accept: ({ id, event, payload }) => {
      if (world.deliver(event, Object(payload), id)) kept.push(event);
    },
    readiness: () => Promise.resolve({ ready: true, detail: {} }),
    metrics: () => '',
    failed: (error) => void failures.push(error),
  });
  address = await listen(receiver);
});

afterEach(async () => {
  receiver.close();
  receiver.closeAllConnections();
  await once(receiver, 'close');
  world.close();
});

test.each(['api.github.com', 'ghes-31', 'ghes-32', 'ghes-33', 'ghes-34', 'ghes-35'])(
  'the examples of %s are taken, and worked off without a failure',
  async (source) => {
    const examples = examplesOf(source);
    const statuses = new Map<number, number>();
    for (const [index, { name, payload }] of examples.entries()) {
      const status = await post(`example-${index}`, name, payload);
      statuses.set(status, (statuses.get(status) ?? 0) + 1);
      await world.work();
    }
    expect(statuses).toEqual(new Map([[202, examples.length]]));
    expect(failures).toEqual([]);
    expect(kept).toEqual(expect.arrayContaining(['pull_request', 'installation']));
  },
);

test('payloads that say nothing of an installation are taken and left alone', async () => {
  for (const [index, { name, payload }] of examplesOf('api.github.com').entries()) {
    expect(await post(`example-${index}`, name, { ...payload, installation: undefined })).toBe(202);
  }
  expect(kept).toEqual([]);
});

/** Some examples are of an App and others of a repository's own webhook, which names no installation: they get one. */
function examplesOf(source: string): { name: string; payload: Record<string, unknown> }[] {
  const file = join(dirname(require.resolve('@octokit/webhooks-examples')), '..', source, 'index.json');
  const events = JSON.parse(readFileSync(file, 'utf8')) as Example[]; // the package's own shape
  return events.flatMap(({ name, examples }) =>
    examples.map((example) => ({ name, payload: { installation: { id: 1 }, ...example } })),
  );
}

async function post(id: string, event: string, payload: object): Promise<number> {
  const body = JSON.stringify(payload);
  const headers = {
    'content-type': 'application/json',
    'x-github-delivery': id,
    'x-github-event': event,
    'x-hub-signature-256': await sign(secret, body),
  };
  return (await fetch(`${address}/api/github/webhooks`, { method: 'POST', headers, body })).status;
}

function answerForAnyPull({ site }: World): void {
  const { open } = site;
  site.open = (place) => {
    if (!site.pulls.has(place.pull)) site.addPull({ pull: place.pull });
    return open(place);
  };
}
