/** A proxy before the emulator that closes its gaps, and holds what Plimsoll sends against GitHub's own description. */
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { violationsOf } from '../../test/github/contract.ts';
import { amend } from './amend.ts';
import type { Answer, Ask, Call, Caller, Supplement } from './call.ts';
import type { Deliveries } from './deliveries.ts';
import { type Gap, gapsOf } from './gaps.ts';
import { isFields } from './json.ts';
import { isKnownDifference } from './known-differences.ts';

/** Where the emulator posts its events. */
export const eventsPath = '/_emulator/events';

export type ProxyOptions = {
  supplement: Supplement;
  deliveries: Deliveries;
  ask: Ask;
  /** Sends a request to the emulator. */
  send: (method: string, target: string, authorization: string, body: unknown) => Promise<Answer>;
  /** Logins by token. */
  people: ReadonlyMap<string, string>;
  /** Every exchange with the app that GitHub could not have had ends up here. */
  violations: string[];
  /** Every request of the app that changed something at GitHub. */
  writes: string[];
};

/** Creates the proxy; it does not listen yet. */
export function createProxy(options: ProxyOptions): Server {
  const gaps = gapsOf(options.supplement, options.deliveries, options.ask);
  return createServer((request, response) => {
    serve(request, options, gaps).then(
      (answer) => write(response, answer),
      (error: unknown) => write(response, { status: 500, headers: {}, body: { message: String(error) } }),
    );
  });
}

async function serve(request: IncomingMessage, options: ProxyOptions, gaps: readonly Gap[]): Promise<Answer> {
  const body = await readBody(request);
  const target = request.url ?? '/';
  if (target === eventsPath) return takeEvent(request, body, options.deliveries);
  const method = request.method ?? 'GET';
  const authorization = request.headers.authorization ?? '';
  const call: Call = {
    method,
    target,
    query: new URL(target, 'http://proxy').searchParams,
    body,
    caller: callerOf(authorization, options.people),
    forward: (other = body) => options.send(method, target, authorization, other),
  };
  const answered = await closeGap(call, gaps);
  const answer = { ...answered, body: await amend(answered.body, options.supplement, options.ask) };
  if (call.caller.kind === 'installation' && call.method !== 'GET' && target !== '/graphql')
    options.writes.push(`${call.method} ${call.target}`);
  check(call, answer, options.violations);
  return answer;
}

async function readBody(request: IncomingMessage): Promise<unknown> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(Buffer.from(chunk));
  const text = Buffer.concat(chunks).toString('utf8');
  return text === '' ? undefined : JSON.parse(text);
}

function takeEvent(request: IncomingMessage, body: unknown, deliveries: Deliveries): Answer {
  const event = request.headers['x-github-event'];
  if (typeof event === 'string' && isFields(body)) deliveries.send(event, body);
  return { status: 202, headers: {}, body: {} };
}

/** Tokens of an app are JWTs; GitHub and the emulator begin those of an installation with ghs_. */
function callerOf(authorization: string, people: ReadonlyMap<string, string>): Caller {
  const token = authorization.replace(/^(bearer|token) /i, '');
  if (token.startsWith('eyJ')) return { kind: 'app' };
  if (token.startsWith('ghs_')) return { kind: 'installation' };
  const login = people.get(token);
  return login === undefined ? { kind: 'nobody' } : { kind: 'person', login };
}

async function closeGap(call: Call, gaps: readonly Gap[]): Promise<Answer> {
  const pathname = decodeURIComponent(call.target.split('?')[0] ?? '');
  for (const gap of gaps) {
    const match = gap.method === call.method ? gap.path.exec({ pathname }) : null;
    if (match) return gap.answer(call, match.pathname.groups);
  }
  return call.forward();
}

/** People are played by us or are looking around, so only the app's exchanges are held against the description. */
function check(call: Call, answer: Answer, violations: string[]): void {
  if (call.caller.kind === 'person' || call.caller.kind === 'nobody') return;
  const { method, target: path, body } = call;
  const found = violationsOf({ method, path, body, status: answer.status, answer: answer.body });
  violations.push(...found.request, ...found.response.filter((violation) => !isKnownDifference(violation)));
}

function write(response: ServerResponse, { status, headers, body }: Answer): void {
  const text = body === undefined ? '' : JSON.stringify(body);
  response.writeHead(status, {
    ...headers,
    ...(text === '' ? {} : { 'content-type': 'application/json; charset=utf-8' }),
  });
  response.end(text);
}
