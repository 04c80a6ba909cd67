/** Takes deliveries from GitHub: size, signature, and on the disk before the answer. Nothing is decided here. */
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { verify } from '@octokit/webhooks-methods';

/** A delivery whose signature is right. */
export type Signed = { id: string; event: string; payload: unknown };

export type ReceiverOptions = {
  /** Any of them may have signed. */
  secrets: readonly string[];
  /** Keeps a delivery; once it returns, nothing can lose it. */
  accept: (delivery: Signed) => void;
  /** What `/readyz` says; `ready` false makes it 503. */
  readiness: () => Promise<{ ready: boolean; detail: Record<string, unknown> }>;
  /** Prometheus text. */
  metrics: () => string;
  /** Told when a request failed for a reason of ours. */
  failed: (error: unknown) => void;
  /** Milliseconds that a whole request may take. */
  requestTimeout?: number;
};

/** GitHub sends at most 25 MB: https://docs.github.com/en/webhooks/webhook-events-and-payloads#payload-cap */
const largestBody = 25 * 1024 * 1024;

/** A server that is not listening yet. */
export function createReceiver(options: ReceiverOptions): Server {
  const requestTimeout = options.requestTimeout ?? 15_000;
  const server = createServer(
    { requestTimeout, headersTimeout: requestTimeout, connectionsCheckingInterval: Math.min(1000, requestTimeout) },
    (request, response) => {
      respond(request, options).then(
        (answer) => send(request, response, answer),
        (error: unknown) => {
          options.failed(error);
          send(request, response, { status: 500, text: 'Something went wrong here; the delivery can be sent again.' });
        },
      );
    },
  );
  return server;
}

type Answer = { status: number; text: string; type?: string; allow?: string };

async function respond(request: IncomingMessage, options: ReceiverOptions): Promise<Answer> {
  const path = (request.url ?? '').split('?', 1)[0];
  if (path === '/api/github/webhooks')
    return request.method === 'POST' ? receive(request, options) : notAllowed('POST');
  if (path !== '/healthz' && path !== '/readyz' && path !== '/metrics')
    return { status: 404, text: 'There is nothing here.' };
  if (request.method !== 'GET' && request.method !== 'HEAD') return notAllowed('GET, HEAD');
  if (path === '/metrics') return { status: 200, text: options.metrics(), type: 'text/plain; version=0.0.4' };
  if (path === '/healthz') return { status: 200, text: 'The process is alive.' };
  const { ready, detail } = await options.readiness();
  return { status: ready ? 200 : 503, text: JSON.stringify({ ready, ...detail }), type: 'application/json' };
}

function notAllowed(allow: string): Answer {
  return { status: 405, text: `Only ${allow} is answered here.`, allow };
}

async function receive(request: IncomingMessage, options: ReceiverOptions): Promise<Answer> {
  const headers = headersOf(request);
  if (typeof headers === 'string') return { status: 400, text: headers };
  const body = await readBody(request);
  if (body === 'too large') return { status: 413, text: 'The body is larger than 25 MB.' };
  if (body === 'cut off') return { status: 400, text: 'The body ended early.' };
  const text = body.toString('utf8');
  if (!(await isSigned(text, headers.signature, options.secrets)))
    return { status: 401, text: 'The signature does not fit: compare the webhook secret here and at GitHub.' };
  const payload = parse(text);
  if (payload === undefined) return { status: 400, text: 'The body is not a JSON object.' };
  options.accept({ id: headers.id, event: headers.event, payload });
  return { status: 202, text: 'Accepted.' };
}

function headersOf(request: IncomingMessage): { id: string; event: string; signature: string } | string {
  const id = header(request, 'x-github-delivery');
  const event = header(request, 'x-github-event');
  const signature = header(request, 'x-hub-signature-256');
  if (!/^[\w-]{1,64}$/.test(id)) return 'The header X-GitHub-Delivery is missing or has another shape.';
  if (!/^[a-z0-9_]{1,64}$/.test(event)) return 'The header X-GitHub-Event is missing or has another shape.';
  if (!/^sha256=[0-9a-f]{64}$/.test(signature))
    return 'The header X-Hub-Signature-256 is missing or has another shape: set a webhook secret at GitHub.';
  if (!/^application\/json\b/i.test(header(request, 'content-type')))
    return 'The content type is not application/json: choose it for the webhook at GitHub.';
  return { id, event, signature };
}

function header(request: IncomingMessage, name: string): string {
  const value = request.headers[name];
  return typeof value === 'string' ? value : '';
}

/** Stops listening to a body as soon as it is too large, whether its length was stated or not. */
function readBody(request: IncomingMessage): Promise<Buffer | 'too large' | 'cut off'> {
  if (Number(request.headers['content-length'] ?? 0) > largestBody) return Promise.resolve('too large');
  return new Promise((resolve) => {
    const chunks: Buffer[] = [];
    let length = 0;
    request.on('data', (chunk: Buffer) => {
      length += chunk.length;
      if (length <= largestBody) chunks.push(chunk);
      else {
        request.pause();
        resolve('too large');
      }
    });
    request.on('end', () => resolve(Buffer.concat(chunks)));
    request.on('error', () => resolve('cut off'));
    request.on('close', () => resolve('cut off'));
  });
}

async function isSigned(text: string, signature: string, secrets: readonly string[]): Promise<boolean> {
  // GitHub signs the empty body too, which `verify` takes for a mistake of the caller.
  if (text === '') return false;
  for (const secret of secrets) if (await verify(secret, text, signature)) return true;
  return false;
}

function parse(text: string): object | undefined {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' && value !== null && !Array.isArray(value) ? value : undefined;
  } catch {
    return undefined;
  }
}

/** A request that was not read to its end takes its connection along. */
function send(request: IncomingMessage, response: ServerResponse, answer: Answer): void {
  if (response.writableEnded || response.destroyed) return;
  const type = answer.type ?? 'text/plain; charset=utf-8';
  response.writeHead(answer.status, {
    'content-type': type,
    'x-content-type-options': 'nosniff',
    ...(answer.allow === undefined ? {} : { allow: answer.allow }),
    ...(request.complete ? {} : { connection: 'close' }),
  });
  response.end(request.method === 'HEAD' ? undefined : `${answer.text}\n`, () => {
    if (!request.complete) request.destroy();
  });
}
