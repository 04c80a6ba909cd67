import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { listen } from '../../scripts/emulator/listen.ts';
import { runBeside } from './run-beside.ts';

let root: string;
beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'plimsoll-doctor-'));
});
afterEach(() => rmSync(root, { recursive: true }));

function write(path: string, text: string): void {
  mkdirSync(dirname(join(root, path)), { recursive: true });
  writeFileSync(join(root, path), text);
}

function doctor(words: string[] = [], environment: Record<string, string> = {}) {
  return runBeside(['doctor', ...words], environment, root);
}

test('migrations are told by folder, with what is not known of them', async () => {
  write('.github/plimsoll.yml', 'paths:\n  - path: shop/**\n    database: sqlite\n');
  write('shop/migrations/0001_a.up.sql', 'CREATE TABLE a (id integer PRIMARY KEY);\n');
  write('shop/migrations/0002_b.up.sql', 'CREATE TABLE b (id integer PRIMARY KEY);\n');
  write('stock/migrations/0001_a.up.sql', 'CREATE TABLE a (id integer PRIMARY KEY);\n');
  const { code, output } = await doctor();
  expect(output).toContain('ok       .github/plimsoll.yml is understood\n');
  expect(output).toMatch(/^ok {7}shop\/migrations: \S[^\n]* on SQLite, 2 migrations, 2 statements, all read$/m);
  expect(output).toMatch(
    /^missing {2}stock\/migrations: [^\n]*database unknown[^\n]*state the database as database:$/m,
  );
  expect(code).toBe(1);
});

test('a mistake in the configuration, and migrations that nobody finds, are missing', async () => {
  write('.github/plimsoll.yml', 'databse: sqlite\n');
  const { code, output } = await doctor();
  expect(output).toContain('missing  .github/plimsoll.yml:1 databse is not a key here.');
  expect(output).toContain('missing  No migrations are found');
  expect(code).toBe(1);
});

test.each([
  [[], 'missing  main does not require plimsoll/sign-off: it holds no merge\n', 1],
  [[{ context: 'plimsoll/sign-off' }], 'missing  main takes plimsoll/sign-off from anybody', 1],
  [[{ context: 'plimsoll/sign-off', integration_id: 7 }], 'ok       main requires plimsoll/sign-off\n', 0],
])('checks that hold no merge are told: %j', async (required, line, expected) => {
  write('package.json', '{ "dependencies": { "better-sqlite3": "1" } }');
  write('db/migrations/0001_a.up.sql', 'CREATE TABLE a (id integer PRIMARY KEY);\n');
  const rule = { required_status_checks: [{ context: 'plimsoll/review', integration_id: 7 }, ...required] };
  const answers: Record<string, unknown> = {
    '/repos/acme/shop': { default_branch: 'main' },
    '/repos/acme/shop/rules/branches/main': [{ type: 'required_status_checks', parameters: rule }],
    '/repos/acme/shop/branches/main': { name: 'main', protection: { enabled: false } },
  };
  const server = createServer((request, response) => {
    const body = answers[(request.url ?? '').split('?')[0] ?? ''];
    response
      .writeHead(body === undefined ? 404 : 200, { 'content-type': 'application/json' })
      .end(JSON.stringify(body ?? {}));
  });
  const url = await listen(server);
  const { code, output, complaints } = await doctor(['--github', 'acme/shop'], { GITHUB_API_URL: url });
  server.close();
  expect(complaints).toBe('');
  expect(output).toContain('ok       main requires plimsoll/review\n');
  expect(output).toContain(line);
  expect(code).toBe(expected);
});

test('whether a workflow looks for forgotten migrations is told, with the line that does', async () => {
  write('.github/plimsoll.yml', 'database: sqlite\n');
  write('alembic.ini', '[alembic]\nscript_location = migrations\n');
  write('migrations/versions/a1_a.py', 'revision = "a1"\ndown_revision = None\n\n\ndef upgrade():\n    pass\n');
  const advice = 'advice   no workflow looks for forgotten migrations of Alembic: - run: alembic check\n';
  expect((await doctor()).output).toContain(advice);
  const workflow = (run: string) => `on: push\njobs:\n  test:\n    steps:\n      - run: ${run}\n`;
  write('.github/workflows/test.yml', workflow('alembic check || true'));
  expect((await doctor()).output).toMatch(/^advice {3}\.github\/workflows\/test\.yml [^\n]*lets the failure pass/m);
  write('.github/workflows/test.yml', workflow('make check-migrations'));
  write('Makefile', 'check-migrations:\n\talembic check\n');
  const { output } = await doctor();
  expect(output).toContain('ok       .github/workflows/test.yml looks for forgotten migrations: alembic check\n');
  expect(output).not.toContain('advice');
});

test('what names no repository is refused in a sentence', async () => {
  const { code, complaints } = await doctor(['--github', 'shop']);
  expect(complaints).toBe('plimsoll: "shop" names no repository: write it as OWNER/NAME, such as acme/shop.\n');
  expect(code).toBe(2);
});
