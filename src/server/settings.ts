/** The settings of the server, from the environment. */
import { createPrivateKey } from 'node:crypto';
import { readFileSync } from 'node:fs';

export type Settings = {
  appId: number;
  /** PEM. */
  privateKey: string;
  /** The secret that counts, then the previous one while it is rotated. */
  secrets: string[];
  port: number;
  host: string;
  databasePath: string;
  /** API of an Enterprise Server; undefined for github.com. */
  apiUrl?: string;
  logLevel: LogLevel;
};

const logLevels = ['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent'] as const;
type LogLevel = (typeof logLevels)[number];

export type SettingsReading = { kind: 'settings'; settings: Settings } | { kind: 'problems'; problems: string[] };

type Environment = Record<string, string | undefined>;
type Setting<Value> = { value: Value } | { problem: string };

/** Reads and checks all settings; every problem is said at once, with how to solve it, and none repeats a secret. */
export function readSettings(environment: Environment): SettingsReading {
  const read = {
    appId: readAppId(environment),
    privateKey: readPrivateKey(environment),
    secrets: readSecrets(environment),
    port: readPort(environment),
    apiUrl: readApiUrl(environment),
    logLevel: readLogLevel(environment),
  };
  const problems = Object.values(read).flatMap((setting) => ('problem' in setting ? [setting.problem] : []));
  const { appId, privateKey, secrets, port, apiUrl, logLevel } = read;
  if ('problem' in appId || 'problem' in privateKey || 'problem' in secrets) return { kind: 'problems', problems };
  if ('problem' in port || 'problem' in apiUrl || 'problem' in logLevel) return { kind: 'problems', problems };
  return {
    kind: 'settings',
    settings: {
      appId: appId.value,
      privateKey: privateKey.value,
      secrets: secrets.value,
      port: port.value,
      host: given(environment.HOST) ?? '0.0.0.0',
      databasePath: given(environment.DATABASE_PATH) ?? './plimsoll.db',
      ...(apiUrl.value === undefined ? {} : { apiUrl: apiUrl.value }),
      logLevel: logLevel.value,
    },
  };
}

function readAppId(environment: Environment): Setting<number> {
  const text = given(environment.APP_ID);
  if (text === undefined)
    return { problem: 'APP_ID is missing: it is the number under "App ID" on the settings page of your GitHub App.' };
  if (!/^[1-9]\d{0,14}$/.test(text))
    return { problem: 'APP_ID is not a number: take the one under "App ID", not the client id.' };
  return { value: Number(text) };
}

function readPrivateKey(environment: Environment): Setting<string> {
  const where = 'generate one on the settings page of your GitHub App, under "Private keys"';
  const inline = given(environment.PRIVATE_KEY);
  const path = given(environment.PRIVATE_KEY_PATH);
  if (inline === undefined && path === undefined)
    return {
      problem: `PRIVATE_KEY or PRIVATE_KEY_PATH is missing: ${where}, and give its text or the path of the file.`,
    };
  const name = inline === undefined ? 'PRIVATE_KEY_PATH' : 'PRIVATE_KEY';
  const text = inline ?? readText(path ?? '');
  if (text === undefined)
    return { problem: `${name} names a file that cannot be read: give the path of the .pem file.` };
  const key = pemOf(text);
  if (key === undefined)
    return {
      problem: `${name} holds no private key in PEM form: ${where}, and give it whole, with \\n for line ends, or as base64.`,
    };
  return { value: key };
}

function readText(path: string): string | undefined {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return undefined;
  }
}

/** A key as it is, with `\n` written out, or as base64. Its text goes nowhere but here: errors of the parser are dropped. */
function pemOf(text: string): string | undefined {
  const written = text.includes('-----BEGIN') ? text : Buffer.from(text, 'base64').toString('utf8');
  const key = written.replaceAll('\\n', '\n').trim();
  try {
    createPrivateKey(key);
    return key;
  } catch {
    return undefined;
  }
}

const shortestSecret = 32;

function readSecrets(environment: Environment): Setting<string[]> {
  const how = 'make one with `openssl rand -hex 32`, and set the same in your GitHub App under "Webhook secret"';
  const secret = given(environment.WEBHOOK_SECRET);
  const previous = given(environment.WEBHOOK_SECRET_PREVIOUS);
  if (secret === undefined) return { problem: `WEBHOOK_SECRET is missing: ${how}.` };
  if (secret.length < shortestSecret)
    return { problem: `WEBHOOK_SECRET is shorter than ${shortestSecret} characters: ${how}.` };
  if (previous !== undefined && previous.length < shortestSecret)
    return {
      problem: `WEBHOOK_SECRET_PREVIOUS is shorter than ${shortestSecret} characters: leave it out once GitHub knows the new one.`,
    };
  return { value: previous === undefined ? [secret] : [secret, previous] };
}

function readPort(environment: Environment): Setting<number> {
  const port = Number(given(environment.PORT) ?? 3000);
  return Number.isInteger(port) && port >= 0 && port <= 65_535
    ? { value: port }
    : { problem: 'PORT is not a port: give a number from 0 to 65535, or leave it out for 3000.' };
}

function readApiUrl(environment: Environment): Setting<string | undefined> {
  const text = given(environment.GITHUB_API_URL);
  if (text === undefined) return { value: undefined };
  const url = URL.parse(text);
  if (url?.protocol === 'https:' || url?.protocol === 'http:') return { value: text.replace(/\/+$/, '') };
  return { problem: 'GITHUB_API_URL is not a URL: for Enterprise Server it is https://<host>/api/v3.' };
}

function readLogLevel(environment: Environment): Setting<LogLevel> {
  const text = given(environment.LOG_LEVEL) ?? 'info';
  const level = logLevels.find((level) => level === text);
  return level ? { value: level } : { problem: `LOG_LEVEL is not a level: give one of ${logLevels.join(', ')}.` };
}

/** Empty counts as absent, as it does in most files of settings. */
function given(text: string | undefined): string | undefined {
  const trimmed = text?.trim();
  return trimmed === '' ? undefined : trimmed;
}
