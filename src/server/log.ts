import { pino, type DestinationStream, type Logger } from 'pino';

/** The log of the server: constant messages with values beside them; what could be a secret or a text of a repository is left out. */
export function createLog(level: string, destination?: DestinationStream): Logger {
  const options = {
    level,
    base: null,
    timestamp: () => `,"time":"${new Date().toISOString()}"`,
    formatters: { level: (label: string) => ({ level: label }) },
    redact: { paths: redacted, censor: '[redacted]' },
    serializers: { err: errorOf },
  };
  return destination ? pino(options, destination) : pino(options);
}

const redacted = [
  'authorization',
  'token',
  'privateKey',
  'secret',
  'payload',
  'body',
  'event.payload',
  'headers',
  '*.authorization',
  '*.token',
  '*.privateKey',
  '*.secret',
  '*.payload',
  '*.body',
  '*.headers',
];

/** Of an error its words, its place and its causes: clients hang requests, tokens and payloads on their errors. */
function errorOf(error: unknown): unknown {
  if (!(error instanceof Error)) return { message: 'something that is no error was thrown' };
  return {
    name: error.name,
    message: error.message.slice(0, 500),
    stack: error.stack?.slice(0, 4000),
    ...('status' in error && typeof error.status === 'number' ? { status: error.status } : {}),
    ...(error.cause === undefined ? {} : { cause: errorOf(error.cause) }),
    ...(error instanceof AggregateError ? { errors: error.errors.map(errorOf) } : {}),
  };
}
