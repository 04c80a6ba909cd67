import { createServer } from 'node:http';
import { expect, test } from 'vitest';
import { listen } from '../../scripts/emulator/listen.ts';
import { openPullRequest, pushFiles } from '../../scripts/emulator/repository.ts';
import { startEmulator } from '../../scripts/emulator/start-emulator.ts';
import { runBeside } from './run-beside.ts';

function reviewPull(url: string, token: string, ...words: string[]) {
  return runBeside(['review', '--pull', 'acme/shop#1', ...words], { GITHUB_API_URL: url, GITHUB_TOKEN: token });
}

test('a pull request on GitHub is read by its base and head, and nothing is written to it', async () => {
  const github = await startEmulator({ owner: 'acme', people: ['ada'], repositories: ['shop'] });
  const repository = { owner: 'acme', repo: 'shop' };
  await pushFiles(github.as('acme'), repository, 'main', 'start', {
    '.github/plimsoll.yml': 'database: sqlite\n',
    'db/migrations/0001_start.up.sql': 'CREATE TABLE countries (id integer PRIMARY KEY);\n',
  });
  await openPullRequest(github.as('acme'), repository, 'Rename', {
    '.github/plimsoll.yml': 'rules:\n  rename-column: off\n',
    'db/migrations/0002_rename.up.sql': 'ALTER TABLE orders RENAME COLUMN total TO amount;\n',
  });
  const { code, output, complaints } = await reviewPull(github.url, 'token-acme', '--format', 'json');
  const { rest } = github.as('acme');
  const comments = await rest.issues.listComments({ ...repository, issue_number: 1 });
  const { data: pull } = await rest.pulls.get({ ...repository, pull_number: 1 });
  const checks = await rest.checks.listForRef({ ...repository, ref: pull.head.sha });
  await github.stop();
  expect({ code, complaints }).toEqual({ code: 1, complaints: '' });
  expect(JSON.parse(output)).toMatchObject({
    verdict: 'blocked',
    migrations: [{ path: 'db/migrations/0002_rename.up.sql', database: 'sqlite' }],
    findings: expect.arrayContaining([expect.objectContaining({ rule: 'rename-column' })]),
  });
  expect([comments.data.length, checks.data.total_count, pull.labels.length]).toEqual([0, 0, 0]);
});

test.each([
  [401, 'GitHub does not accept the token in GITHUB_TOKEN.'],
  [403, 'set GITHUB_TOKEN, or try again later.'],
  [404, 'it is not there, or it is private'],
  [502, 'GitHub answered 502: try again later.'],
])('when GitHub answers %i, the sentence says what to do', async (status, sentence) => {
  const server = createServer((_, response) => response.writeHead(status).end('{"message":"no"}'));
  const { code, output, complaints } = await reviewPull(await listen(server), 'token');
  server.close();
  expect(complaints).toMatch(/^plimsoll: acme\/shop#1 could not be read: [^\n]+\n$/);
  expect(complaints).toContain(sentence);
  expect({ code, output }).toEqual({ code: 2, output: '' });
});

test('when GitHub cannot be reached, the sentence says what to check', async () => {
  const { code, complaints } = await reviewPull('http://127.0.0.1:9', 'token');
  expect(complaints).toContain('GitHub could not be reached: check the network and GITHUB_API_URL.');
  expect(code).toBe(2);
});
