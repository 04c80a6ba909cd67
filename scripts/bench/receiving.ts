/** A process of its own with the receiver and the store, as the server has them; says its port. */
import type { AddressInfo } from 'node:net';
import { narrowDelivery } from '../../src/server/narrow-delivery.ts';
import { createReceiver } from '../../src/server/receiver.ts';
import { openStore } from '../../src/store/open-store.ts';

const [path = '', secret = ''] = process.argv.slice(2);
const store = openStore(path);
const receiver = createReceiver({
  secrets: [secret],
  accept(delivery) {
    const narrowed = narrowDelivery(delivery);
    if (narrowed) store.jobs.receive(narrowed);
  },
  readiness: () => Promise.resolve({ ready: true, detail: {} }),
  metrics: () => '',
  failed: (error) => void process.stderr.write(`${String(error)}\n`),
});
receiver.listen(0, '127.0.0.1', () => {
  process.stdout.write(`${(receiver.address() as AddressInfo).port}\n`); // it listens on a port of TCP
});
