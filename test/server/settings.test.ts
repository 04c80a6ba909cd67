import { generateKeyPairSync } from 'node:crypto';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { readSettings } from '../../src/server/settings.ts';

const { privateKey } = generateKeyPairSync('rsa', {
  modulusLength: 2048,
  privateKeyEncoding: { type: 'pkcs1', format: 'pem' },
  publicKeyEncoding: { type: 'spki', format: 'pem' },
});
const pem = privateKey.trim();
const secret = 's'.repeat(32);
const whole = { APP_ID: '7', PRIVATE_KEY: pem, WEBHOOK_SECRET: secret };

test('three settings are enough', () => {
  expect(readSettings(whole)).toEqual({
    kind: 'settings',
    settings: {
      appId: 7,
      privateKey: pem,
      secrets: [secret],
      port: 3000,
      host: '0.0.0.0',
      databasePath: './plimsoll.db',
      logLevel: 'info',
    },
  });
});

test.each([
  ['as it is', pem],
  ['with line ends written out', pem.replaceAll('\n', '\\n')],
  ['as base64', Buffer.from(pem).toString('base64')],
])('the key is read %s', (_, key) => {
  expect(readSettings({ ...whole, PRIVATE_KEY: key })).toMatchObject({ settings: { privateKey: pem } });
});

test('the key is read from a file', () => {
  const folder = mkdtempSync(join(tmpdir(), 'plimsoll-'));
  const path = join(folder, 'key.pem');
  writeFileSync(path, privateKey);
  expect(readSettings({ ...whole, PRIVATE_KEY: '', PRIVATE_KEY_PATH: path })).toMatchObject({
    settings: { privateKey: pem },
  });
  rmSync(folder, { recursive: true });
  expect(problemsOf({ ...whole, PRIVATE_KEY: '', PRIVATE_KEY_PATH: path })).toEqual([
    'PRIVATE_KEY_PATH names a file that cannot be read: give the path of the .pem file.',
  ]);
});

test('everything that is missing is named at once, with how to get it', () => {
  const problems = problemsOf({});
  expect(problems).toHaveLength(3);
  expect(problems[0]).toContain('APP_ID is missing: it is the number');
  expect(problems[1]).toContain('PRIVATE_KEY or PRIVATE_KEY_PATH is missing: generate one');
  expect(problems[2]).toContain('WEBHOOK_SECRET is missing: make one with `openssl rand -hex 32`');
});

test('everything that is wrong is named at once, and nothing of it is repeated', () => {
  const wrong = {
    APP_ID: 'Iv1.hush',
    PRIVATE_KEY: 'hush',
    WEBHOOK_SECRET: 'hush',
    PORT: 'hush',
    GITHUB_API_URL: 'hush',
    LOG_LEVEL: 'hush',
  };
  const problems = problemsOf(wrong);
  expect(problems.map((problem) => problem.split(' ')[0])).toEqual(Object.keys(wrong));
  expect(problems.join()).not.toContain('hush');
});

test('a short previous secret is refused, a long one is second', () => {
  const previous = 'p'.repeat(40);
  expect(problemsOf({ ...whole, WEBHOOK_SECRET_PREVIOUS: 'short' })).toHaveLength(1);
  expect(readSettings({ ...whole, WEBHOOK_SECRET_PREVIOUS: previous })).toMatchObject({
    settings: { secrets: [secret, previous] },
  });
});

function problemsOf(environment: Record<string, string>): string[] {
  const reading = readSettings(environment);
  return reading.kind === 'problems' ? reading.problems : [];
}
