import { createHmac, randomUUID } from 'node:crypto';
import { amend } from './amend.ts';
import type { Ask, Supplement } from './call.ts';
import { at, type Fields, isFields, listOf, numberAt, textAt } from './json.ts';

/** Delivers events to the server as GitHub does, and remembers them. */
export type Deliveries = {
  /** Delivers one event after those before it. */
  send: (event: string, payload: Fields) => void;
  /** Delivers one again, under its first id. False when there is none. */
  repeat: (id: number) => boolean;
  /** Newest first, in the form of GitHub's list. */
  list: () => Fields[];
  /** Resolves when everything that was sent has been answered. */
  settle: () => Promise<void>;
};

type Delivery = { id: number; guid: string; event: string; payload: Fields; status: number; at: string };

/** `receiver` gives the address of the server, or undefined while it is not there. */
export function createDeliveries(
  supplement: Supplement,
  secret: string,
  ask: Ask,
  receiver: () => string | undefined,
): Deliveries {
  const sent: Delivery[] = [];
  let last: Promise<void> = Promise.resolve();
  return { send, repeat, list, settle: () => last };

  function send(event: string, payload: Fields): void {
    enqueue(randomUUID(), event, payload);
  }

  function repeat(id: number): boolean {
    const found = sent.find((delivery) => delivery.id === id);
    if (found) enqueue(found.guid, found.event, found.payload);
    return found !== undefined;
  }

  function enqueue(guid: string, event: string, payload: Fields): void {
    last = last.then(async () => {
      const whole = await complete(event, payload, supplement, ask);
      const status = await post(receiver(), secret, guid, event, whole);
      sent.push({ id: sent.length + 1, guid, event, payload: whole, status, at: new Date().toISOString() });
    });
  }

  function list(): Fields[] {
    return sent.map((delivery) => listed(delivery, supplement.app.installation)).toReversed();
  }
}

/** What GitHub says in payloads and the emulator does not. */
async function complete(event: string, payload: Fields, supplement: Supplement, ask: Ask): Promise<Fields> {
  const amended = await amend(payload, supplement, ask);
  const whole: Fields = {
    ...(isFields(amended) ? amended : payload),
    installation: { id: supplement.app.installation },
  };
  if (event === 'push') return { ...whole, commits: await commitsOf(whole, ask) };
  if (event !== 'issue_comment') return whole;
  return { ...whole, issue: await issueFields(whole, ask), ...changesOf(whole, supplement) };
}

/** The emulator names no commits; one stands for all of the push. */
async function commitsOf(payload: Fields, ask: Ask): Promise<Fields[]> {
  const range = `${textAt(payload, 'before')}...${textAt(payload, 'after')}`;
  const compared = await ask('GET', `/repos/${textAt(payload, 'repository', 'full_name')}/compare/${range}`);
  const files = listOf(at(compared.body, 'files'));
  const named = (status: string): string[] =>
    files.filter((file) => file.status === status).map((file) => textAt(file, 'filename'));
  return [{ id: payload.after, added: named('added'), modified: named('modified'), removed: named('removed') }];
}

async function issueFields(payload: Fields, ask: Ask): Promise<unknown> {
  if (!isFields(payload.issue)) return payload.issue;
  const path = `/repos/${textAt(payload, 'repository', 'full_name')}/pulls/${numberAt(payload.issue, 'number')}`;
  const pull = await ask('GET', path);
  return pull.status === 200 ? { ...payload.issue, pull_request: { url: textAt(pull.body, 'url') } } : payload.issue;
}

function changesOf(payload: Fields, supplement: Supplement): Fields {
  if (payload.action !== 'edited' || at(payload, 'changes') !== undefined) return {};
  const from = supplement.textsBefore.get(numberAt(payload, 'comment', 'id'))?.shift();
  return { changes: { body: { from } } };
}

async function post(
  address: string | undefined,
  secret: string,
  guid: string,
  event: string,
  payload: Fields,
): Promise<number> {
  const body = JSON.stringify(payload);
  const headers = {
    'content-type': 'application/json',
    'user-agent': 'GitHub-Hookshot/emulated',
    'x-github-delivery': guid,
    'x-github-event': event,
    'x-github-hook-id': '1',
    'x-hub-signature-256': `sha256=${createHmac('sha256', secret).update(body).digest('hex')}`,
  };
  if (address === undefined) return 502;
  try {
    const signal = AbortSignal.timeout(10_000);
    return (await fetch(address, { method: 'POST', body, headers, signal })).status;
  } catch {
    return 502;
  }
}

function listed(delivery: Delivery, installation: number): Fields {
  return {
    id: delivery.id,
    guid: delivery.guid,
    delivered_at: delivery.at,
    redelivery: false,
    duration: 0,
    status: delivery.status < 400 ? 'OK' : 'failed to connect to host',
    status_code: delivery.status,
    event: delivery.event,
    action: at(delivery.payload, 'action') ?? null,
    installation_id: installation,
    repository_id: at(delivery.payload, 'repository', 'id') ?? null,
    throttled_at: null,
  };
}
