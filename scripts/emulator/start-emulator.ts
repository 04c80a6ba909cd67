import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Octokit } from '@octokit/rest';
import { createEmulator, type SeedConfig } from 'emulate';
import { parse } from 'yaml';
import { type Answer, createSupplement } from './call.ts';
import { createDeliveries } from './deliveries.ts';
import { findFreePort, listen } from './listen.ts';
import { createProxy, eventsPath } from './proxy.ts';

/** A GitHub on this machine: an emulator and the proxy before it. */
export type RunningEmulator = {
  url: string;
  app: { id: number; privateKey: string; webhookSecret: string };
  /** GitHub as a person sees it. */
  as: (login: string) => Octokit;
  /** Where events go from now on; nowhere, as if the server were down, when undefined. */
  deliverTo: (address: string | undefined) => void;
  /** Delivers an event that the emulator does not know of. */
  deliver: (event: string, payload: Record<string, unknown>) => void;
  /** Resolves when every event was delivered. */
  settle: () => Promise<void>;
  /** Exchanges with the app that GitHub could not have had. */
  violations: readonly string[];
  /** Requests of the app that changed something, in order. */
  writes: readonly string[];
  stop: () => Promise<void>;
};

export type EmulatorSeed = {
  /** Owns the repositories, and installed the app in all of them. */
  owner: string;
  people: readonly string[];
  repositories: readonly string[];
};

const app = { id: 4711, slug: 'plimsoll', installation: 100 };
/** As the App is registered at GitHub. */
const manifest: { default_permissions: Record<string, string>; default_events: string[] } = parse(
  readFileSync(join(import.meta.dirname, '../../app.yml'), 'utf8'),
);
const webhookSecret = 'a-secret-of-this-machine-alone-and-of-no-other';

/** Starts on free ports of the loopback. */
export async function startEmulator(seed: EmulatorSeed): Promise<RunningEmulator> {
  // The emulator does not say which port it was given, so it is given one.
  const port = await findFreePort();
  const supplement = createSupplement({ ...app, owner: seed.owner });
  const people = new Map([seed.owner, ...seed.people].map((login) => [tokenOf(login), login]));
  const violations: string[] = [];
  const writes: string[] = [];
  let receiver: string | undefined;
  const deliveries = createDeliveries(supplement, webhookSecret, ask, () => receiver);
  const proxy = createProxy({ supplement, deliveries, ask, send, people, violations, writes });
  const url = await listen(proxy);
  const emulator = await createEmulator({ service: 'github', port, baseUrl: url, seed: emulatorSeed(seed, url) });
  const privateKey = emulator.generatedSecrets[0]?.value ?? '';
  return {
    url,
    app: { id: app.id, privateKey, webhookSecret },
    as,
    deliverTo,
    deliver: deliveries.send,
    settle: deliveries.settle,
    violations,
    writes,
    stop,
  };

  function ask(method: string, target: string, body?: unknown): Promise<Answer> {
    return send(method, target, `Bearer ${tokenOf(seed.owner)}`, body);
  }

  function send(method: string, target: string, authorization: string, body: unknown): Promise<Answer> {
    return request(`http://127.0.0.1:${port}${target}`, method, authorization, body);
  }

  function as(login: string): Octokit {
    const log = { debug: ignore, info: ignore, warn: ignore, error: ignore };
    return new Octokit({ auth: tokenOf(login), baseUrl: url, log });
  }

  function deliverTo(address: string | undefined): void {
    receiver = address;
  }

  async function stop(): Promise<void> {
    proxy.close();
    proxy.closeAllConnections();
    await emulator.close();
  }
}

function tokenOf(login: string): string {
  return `token-of-${login}`;
}

function emulatorSeed(seed: EmulatorSeed, url: string): SeedConfig {
  const logins = [seed.owner, ...seed.people];
  return {
    tokens: Object.fromEntries(logins.map((login) => [tokenOf(login), { login }])),
    github: {
      users: logins.map((login) => ({ login })),
      repos: seed.repositories.map((name) => ({ owner: seed.owner, name })),
      apps: [
        {
          app_id: app.id,
          slug: app.slug,
          name: 'Plimsoll',
          permissions: manifest.default_permissions,
          events: manifest.default_events,
          webhook_url: url + eventsPath,
          webhook_secret: webhookSecret,
          installations: [{ installation_id: app.installation, account: seed.owner }],
        },
      ],
    },
  };
}

async function request(url: string, method: string, authorization: string, body: unknown): Promise<Answer> {
  const response = await fetch(url, {
    method,
    headers: { 'content-type': 'application/json', ...(authorization === '' ? {} : { authorization }) },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
  const text = await response.text();
  const passed = [...response.headers].filter(([name]) => name.startsWith('x-') || name === 'link' || name === 'date');
  return {
    status: response.status,
    headers: Object.fromEntries(passed),
    body: text === '' ? undefined : JSON.parse(text),
  };
}

function ignore(): void {}
