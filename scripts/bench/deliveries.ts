/** Deliveries that are on the disk and acknowledged, with twenty connections. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { Agent, request } from 'node:http';
import { join } from 'node:path';
import { sign } from '@octokit/webhooks-methods';
import { type Figure, quantile } from './figure.ts';

const secret = 'w'.repeat(32);
const connections = 20;
const warming = 200;
const count = 2000;
/** Acknowledged per second, and the milliseconds in which 99 of 100 are: GitHub gives up after ten seconds. */
const targets = { pace: 200, slowest: 250 };

/** Every delivery is another pull request, so that none replaces the one before. */
export async function measureDeliveries(folder: string): Promise<Figure[]> {
  const program = join(import.meta.dirname, 'receiving.ts');
  const child = spawn(process.execPath, [program, join(folder, 'db'), secret], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  try {
    const [line]: Buffer[] = await once(child.stdout, 'data');
    const port = Number(String(line));
    await deliverAll(port, await deliveries(0, warming));
    const some = await deliveries(warming, count);
    const started = performance.now();
    const times = await deliverAll(port, some);
    const pace = count / ((performance.now() - started) / 1000);
    const slowest = quantile(times, 0.99);
    return [
      {
        measure: `deliveries of 23 KB on the disk and acknowledged per second, ${connections} connections`,
        value: pace.toFixed(0),
        target: `at least ${targets.pace}`,
        isHeld: pace >= targets.pace,
      },
      {
        measure: 'the same, time of 99 in 100',
        value: `${slowest.toFixed(0)} ms`,
        target: `at most ${targets.slowest} ms`,
        isHeld: slowest <= targets.slowest,
      },
    ];
  } finally {
    child.kill();
  }
}

type Delivery = { id: string; body: string; signature: string };

async function deliveries(from: number, wanted: number): Promise<Delivery[]> {
  return Promise.all(
    Array.from({ length: wanted }, async (_, index) => {
      const body = payload(from + index + 1);
      return { id: `guid-${from + index}`, body, signature: await sign(secret, body) };
    }),
  );
}

/** As large as those that GitHub sends for a pull request. */
function payload(number: number): string {
  const pull = { number, head: { sha: 'a'.repeat(40) }, body: 'x'.repeat(22_600) };
  const repository = { name: 'shop', full_name: 'acme/shop', owner: { login: 'acme' } };
  const sender = { login: 'ada', type: 'User' };
  return JSON.stringify({ action: 'opened', number, pull_request: pull, installation: { id: 1 }, repository, sender });
}

/** Milliseconds of each. */
async function deliverAll(port: number, waiting: readonly Delivery[]): Promise<number[]> {
  const agent = new Agent({ keepAlive: true, maxSockets: connections });
  const next = waiting.values();
  const times: number[] = [];
  const one = async () => {
    for (const delivery of next) {
      const started = performance.now();
      await deliver(port, agent, delivery);
      times.push(performance.now() - started);
    }
  };
  await Promise.all(Array.from({ length: connections }, one));
  agent.destroy();
  return times;
}

async function deliver(port: number, agent: Agent, { id, body, signature }: Delivery): Promise<void> {
  const headers = {
    'content-type': 'application/json',
    'content-length': Buffer.byteLength(body),
    'x-github-delivery': id,
    'x-github-event': 'pull_request',
    'x-hub-signature-256': signature,
  };
  const sent = request({ port, agent, method: 'POST', path: '/api/github/webhooks', headers });
  sent.end(body);
  const [response] = await once(sent, 'response');
  response.resume();
  await once(response, 'end');
  if (response.statusCode !== 202) throw new Error(`A delivery was answered with ${response.statusCode}`);
}
