import type { Logger } from 'pino';
import { Probot, ProbotOctokit } from 'probot';
import type { Settings } from './settings.ts';

/** Milliseconds that GitHub has for one answer. */
const requestTimeout = 20_000;

/** Where rate limits are not waited for inside a request: the job goes back to the queue, which waits. */
const Octokit = ProbotOctokit.defaults((options: Record<string, unknown>) => ({
  ...options,
  throttle: {
    ...(typeof options.throttle === 'object' ? options.throttle : {}),
    onRateLimit: () => false,
    onSecondaryRateLimit: () => false,
  },
}));

/** Probot as the carrier of handlers and clients; it neither listens nor reads the environment. */
export function createApp({ appId, privateKey, secrets, apiUrl }: Settings, log: Logger): Probot {
  return new Probot({
    appId,
    privateKey,
    // Probot would take a missing one for the word "development"; the receiver is what verifies.
    secret: secrets[0],
    ...(apiUrl === undefined ? {} : { baseUrl: apiUrl }),
    Octokit,
    // Its debug level prints whole requests and payloads.
    log: log.child({}, { level: log.isLevelEnabled('info') ? 'info' : log.level }),
    request: { fetch: fetchInTime },
  });
}

async function fetchInTime(input: string | URL | Request, init: RequestInit = {}): Promise<Response> {
  const signals = [AbortSignal.timeout(requestTimeout), ...(init.signal ? [init.signal] : [])];
  return fetch(input, { ...init, signal: AbortSignal.any(signals) });
}
