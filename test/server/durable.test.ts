import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { sign } from '@octokit/webhooks-methods';
import { expect, test } from 'vitest';
import { narrowDelivery } from '../../src/server/narrow-delivery.ts';
import { createReceiver } from '../../src/server/receiver.ts';
import { openStore } from '../../src/store/open-store.ts';
import { pullRequest } from './world.ts';

const secret = 'w'.repeat(32);

test('of 300 deliveries at once every one is on the disk when it is answered, and none twice', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'plimsoll-'));
  const store = openStore(join(folder, 'db'));
  const reader = openStore(join(folder, 'db'));
  const server = createReceiver({
    secrets: [secret],
    accept(delivery) {
      const narrowed = narrowDelivery(delivery);
      if (narrowed) store.jobs.receive(narrowed);
    },
    readiness: () => Promise.resolve({ ready: true, detail: {} }),
    metrics: () => '',
    failed: (error) => expect.fail(String(error)),
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo; // it listens on a port
  const body = JSON.stringify(pullRequest('opened'));
  const signature = await sign(secret, body);

  async function deliver(id: string): Promise<void> {
    const headers = {
      'content-type': 'application/json',
      'x-github-delivery': id,
      'x-github-event': 'pull_request',
      'x-hub-signature-256': signature,
    };
    const response = await fetch(`http://127.0.0.1:${port}/api/github/webhooks`, { method: 'POST', body, headers });
    expect(response.status).toBe(202);
    expect(reader.jobs.isKept(id)).toBe(true);
  }

  const ids = Array.from({ length: 300 }, (_, number) => `guid-${number}`);
  await Promise.all(ids.concat(ids.slice(0, 50)).map(deliver));
  expect(reader.jobs.counts().ready).toBe(300);

  server.closeAllConnections();
  server.close();
  store.close();
  reader.close();
  rmSync(folder, { recursive: true });
});
