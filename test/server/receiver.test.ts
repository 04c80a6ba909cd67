import { once } from 'node:events';
import { connect, type AddressInfo, type Socket } from 'node:net';
import type { Server } from 'node:http';
import { sign } from '@octokit/webhooks-methods';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { createReceiver, type Signed } from '../../src/server/receiver.ts';

const secret = 'a'.repeat(32);
const previous = 'b'.repeat(32);
const path = '/api/github/webhooks';

let server: Server;
let port: number;
let accepted: Signed[];
let failures: unknown[];
let isReady: boolean;

beforeEach(async () => {
  accepted = [];
  failures = [];
  isReady = true;
  server = createReceiver({
    secrets: [secret, previous],
    accept: (delivery) => void accepted.push(delivery),
    readiness: () => Promise.resolve({ ready: isReady, detail: { dead: 0 } }),
    metrics: () => 'plimsoll_queue_depth 0\n',
    failed: (error) => void failures.push(error),
    requestTimeout: 300,
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  port = (server.address() as AddressInfo).port; // it listens on a port
});
afterEach(() => {
  server.closeAllConnections();
  server.close();
});

test('a signed delivery is kept and then accepted', async () => {
  const response = await deliver('{"zen":"ü"}');
  expect(response.status).toBe(202);
  expect(accepted).toEqual([{ id: 'guid-1', event: 'ping', payload: { zen: 'ü' } }]);
});

test('the previous secret counts while it is rotated', async () => {
  expect((await deliver('{}', {}, previous)).status).toBe(202);
});

test.each([
  ['another secret', '{}', 'c'.repeat(32)],
  ['the public word that Probot falls back to', '{}', 'development'],
])('a signature with %s is refused before anything is parsed', async (_, body, other) => {
  const response = await deliver(body, {}, other);
  expect(response.status).toBe(401);
  expect(await response.text()).toMatch(/^The signature does not fit/);
  expect(accepted).toEqual([]);
});

test.each([
  ['x-github-delivery', ''],
  ['x-github-delivery', "1'; DROP TABLE jobs"],
  ['x-github-event', ''],
  ['x-hub-signature-256', 'sha1=abc'],
  ['content-type', 'application/x-www-form-urlencoded'],
])('a header %s of "%s" is answered with 400', async (name, value) => {
  const response = await deliver('{}', { [name]: value });
  expect(response.status).toBe(400);
  expect(await response.text()).toMatch(/\.\n$/);
  expect(accepted).toEqual([]);
});

test.each(['', 'not json', '[]', 'null', '"text"'])('a signed body %j is answered with 4xx', async (body) => {
  const response = await deliver(body);
  expect([400, 401]).toContain(response.status);
  expect(accepted).toEqual([]);
});

test('a body whose stated length is too large is refused without reading it', async () => {
  const socket = await send(`POST ${path} HTTP/1.1\r\n${headers()}Content-Length: 30000000\r\n\r\n`);
  expect(await answerOf(socket)).toMatch(/^HTTP\/1.1 413 /);
});

test('a body that grows too large is cut off while it streams', async () => {
  const socket = await send(`POST ${path} HTTP/1.1\r\n${headers()}Transfer-Encoding: chunked\r\n\r\n`);
  const answer = answerOf(socket);
  const chunk = `100000\r\n${'x'.repeat(0x100000)}\r\n`;
  for (let sent = 0; sent < 60 && socket.writable; sent++)
    if (!socket.write(chunk)) await Promise.race([once(socket, 'drain'), once(socket, 'close'), answer]);
  expect(await answer).toMatch(/^HTTP\/1.1 413 /);
});

test('a body that does not come is cut off', async () => {
  const socket = await send(`POST ${path} HTTP/1.1\r\n${headers()}Content-Length: 100\r\n\r\n{"a"`);
  expect(await answerOf(socket)).toMatch(/^HTTP\/1.1 408 /);
  expect(accepted).toEqual([]);
});

test('a body that ends early is not accepted, and the next one is', async () => {
  const socket = await send(`POST ${path} HTTP/1.1\r\n${headers()}Content-Length: 100\r\n\r\n{"a"`);
  socket.destroy();
  expect((await deliver('{}')).status).toBe(202);
  expect(accepted).toHaveLength(1);
});

test('a delivery that cannot be kept is answered with 500 and no detail', async () => {
  server.close();
  server.closeAllConnections();
  server = createReceiver({
    secrets: [secret],
    accept: () => {
      throw new Error('disk full at /secret/place');
    },
    readiness: () => Promise.resolve({ ready: true, detail: {} }),
    metrics: () => '',
    failed: (error) => void failures.push(error),
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  port = (server.address() as AddressInfo).port; // it listens on a port
  const response = await deliver('{}');
  expect(response.status).toBe(500);
  expect(await response.text()).not.toContain('secret');
  expect(failures).toHaveLength(1);
});

test('health, readiness and metrics are told', async () => {
  expect((await get('/healthz')).status).toBe(200);
  expect(await (await get('/metrics')).text()).toContain('plimsoll_queue_depth 0');
  expect(await (await get('/readyz')).json()).toEqual({ ready: true, dead: 0 });
  isReady = false;
  expect((await get('/readyz')).status).toBe(503);
});

test('other paths and methods are refused', async () => {
  expect((await get('/probot')).status).toBe(404);
  expect((await get('/')).status).toBe(404);
  const wrong = await get(path);
  expect([wrong.status, wrong.headers.get('allow')]).toEqual([405, 'POST']);
  expect((await fetch(`http://127.0.0.1:${port}/healthz`, { method: 'POST' })).status).toBe(405);
});

async function deliver(body: string, changes: Record<string, string> = {}, by = secret): Promise<Response> {
  return fetch(`http://127.0.0.1:${port}${path}`, {
    method: 'POST',
    body,
    headers: {
      'content-type': 'application/json',
      'x-github-delivery': 'guid-1',
      'x-github-event': 'ping',
      'x-hub-signature-256': body === '' ? `sha256=${'0'.repeat(64)}` : await sign(by, body),
      ...changes,
    },
  });
}

function get(where: string): Promise<Response> {
  return fetch(`http://127.0.0.1:${port}${where}`);
}

function headers(): string {
  return [
    'Host: localhost',
    'Content-Type: application/json',
    'X-GitHub-Delivery: guid-1',
    'X-GitHub-Event: ping',
    `X-Hub-Signature-256: sha256=${'0'.repeat(64)}`,
    '',
  ].join('\r\n');
}

async function send(text: string): Promise<Socket> {
  const socket = connect(port, '127.0.0.1');
  socket.on('error', () => {}); // the server hangs up on purpose
  await once(socket, 'connect');
  socket.write(text);
  return socket;
}

async function answerOf(socket: Socket): Promise<string> {
  const [chunk] = (await once(socket, 'data')) as [Buffer]; // what `data` carries
  socket.destroy();
  return chunk.toString();
}
