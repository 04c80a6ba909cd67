import { execFileSync, spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';

const root = mkdtempSync(join(tmpdir(), 'plimsoll-cli-'));
const main = join(import.meta.dirname, '../../src/cli/main.js');
const renames = 'ALTER TABLE orders RENAME COLUMN total TO amount;\n';

beforeAll(() => {
  write('package.json', '{ "dependencies": { "better-sqlite3": "1" } }');
  write('db/migrations/0001_start.up.sql', 'CREATE TABLE countries (id integer PRIMARY KEY);\n');
  git('init', '-q', '-b', 'main');
  commit('start');
  git('checkout', '-q', '-b', 'feature');
  write('db/migrations/0002_rename.up.sql', renames);
  commit('rename');
  git('checkout', '-q', '-b', 'harmless', 'main');
  write('README.md', 'Hello\n');
  commit('words');
  write('loose/anything.sql', renames);
  write('vendor/node_modules/x/migrations/0001_a.up.sql', renames);
});
afterAll(() => rmSync(root, { recursive: true }));

function write(path: string, text: string): void {
  mkdirSync(dirname(join(root, path)), { recursive: true });
  writeFileSync(join(root, path), text);
}

function git(...options: string[]): void {
  execFileSync('git', ['-C', root, '-c', 'user.name=a', '-c', 'user.email=a@example.com', ...options]);
}

function commit(message: string): void {
  git('add', '-A');
  git('-c', 'commit.gpgsign=false', 'commit', '-q', '-m', message);
}

function plimsoll(...words: string[]) {
  return plimsollIn('.', ...words);
}

function plimsollIn(folder: string, ...words: string[]) {
  const cwd = resolve(root, folder);
  const { status, stdout, stderr } = spawnSync(process.execPath, [main, ...words], { cwd, encoding: 'utf8' });
  return { status, stdout, stderr };
}

test('review of a range that blocks exits with 1 and says where and why', () => {
  const { status, stdout, stderr } = plimsoll('review', '--base', 'main', '--head', 'feature');
  expect(stdout).toContain('db/migrations/0002_rename.up.sql:1  error  rename-column');
  expect(stdout).toMatch(/\nBlocked: 1 migration, 1 error[^\n]*\n$/);
  expect({ status, stderr }).toEqual({ status: 1, stderr: '' });
});

test('review of a range without migrations exits with 0', () => {
  expect(plimsoll('review', '--base', 'main', '--head', 'harmless')).toEqual({
    status: 0,
    stdout: 'No migrations found.\n',
    stderr: '',
  });
});

test('every format is printed whole', () => {
  const range = ['review', '--repo', root, '--base', 'main', '--head', 'feature', '--format'];
  expect(JSON.parse(plimsoll(...range, 'json').stdout)).toMatchObject({ version: 1, verdict: 'blocked' });
  expect(JSON.parse(plimsoll(...range, 'sarif').stdout).runs[0].results[0].ruleId).toBe('rename-column');
  expect(plimsoll(...range, 'markdown').stdout).toMatch(/^<!-- plimsoll -->\n### Blocked: 1 error in 1 migration/);
});

test('the plan of a range is printed phase by phase, and blocks nothing', () => {
  const { status, stdout, stderr } = plimsoll('plan', '--base', 'main', '--head', 'feature', '--format', 'markdown');
  expect(stdout).toMatch(/^### Roll-out: 5 phases in 4 deploys\n\n[*]{2}`orders[.]total` becomes `amount`/);
  expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
  expect(plimsoll('plan', '--base', 'main', '--head', 'harmless')).toEqual({
    status: 0,
    stdout: 'No migration is added: there is nothing to roll out.\n',
    stderr: '',
  });
  expect(plimsoll('plan', '--base', 'main', '--format', 'sarif')).toEqual({
    status: 2,
    stdout: '',
    stderr: 'plimsoll: There is no format "sarif" for a plan: choose one of text, markdown, json.\n',
  });
});

test('lint takes folders as if everything in them were added now', () => {
  git('checkout', '-q', 'feature');
  const { status, stdout } = plimsoll('lint', 'db', '--format', 'json');
  const report = JSON.parse(stdout);
  expect(
    report.migrations.map((migration: { path: string; database: string }) => [migration.path, migration.database]),
  ).toEqual([
    ['db/migrations/0001_start.up.sql', 'sqlite'],
    ['db/migrations/0002_rename.up.sql', 'sqlite'],
  ]);
  expect(status).toBe(1);
});

test('lint reads a file that is named by itself, wherever it lies, and leaves node_modules alone', () => {
  expect(plimsoll('lint', 'loose/anything.sql', '--database', 'sqlite').stdout).toContain(
    'loose/anything.sql:1  error  rename-column',
  );
  expect(plimsoll('lint', 'vendor')).toMatchObject({ status: 0, stdout: 'No migrations found.\n' });
});

test('lint inside a folder of migrations names files from the top of the repository, and reads them', () => {
  write('inside/migrations/1_init.sql', 'CREATE TABLE orders (id integer PRIMARY KEY, total integer);\n');
  write('inside/migrations/2_more.sql', renames);
  const { status, stdout } = plimsollIn('inside/migrations', 'lint', '.', '--database', 'sqlite', '--format', 'json');
  expect(JSON.parse(stdout).migrations.map((migration: { path: string }) => migration.path)).toEqual([
    'inside/migrations/1_init.sql',
    'inside/migrations/2_more.sql',
  ]);
  expect(status).toBe(0);
  write('.github/plimsoll.yml', 'paths:\n  - path: inside/**\n    ignore: true\n');
  expect(plimsollIn('inside/migrations', 'lint', '2_more.sql').stdout).toBe('No migrations found.\n');
  rmSync(join(root, '.github'), { recursive: true });
});

test('lint inside a folder of migrations without a repository around reads them as well', () => {
  const folder = mkdtempSync(join(tmpdir(), 'plimsoll-alone-'));
  mkdirSync(join(folder, 'migrations'));
  writeFileSync(join(folder, 'migrations/001_x.up.sql'), renames);
  const { stdout } = plimsollIn(join(folder, 'migrations'), 'lint', '.', '--database', 'sqlite');
  expect(stdout).toContain('migrations/001_x.up.sql:1  error  rename-column');
  rmSync(folder, { recursive: true });
});

test('a configuration can be given', () => {
  write('lenient.yml', 'rules:\n  rename-column: off\n');
  const { stdout } = plimsoll('review', '--base', 'main', '--head', 'feature', '--config', 'lenient.yml');
  expect(stdout).not.toContain('rename-column');
  write('wrong.yml', 'rulez: {}\n');
  expect(plimsoll('review', '--base', 'main', '--head', 'feature', '--config', 'wrong.yml')).toMatchObject({
    status: 1,
    stdout: expect.stringContaining('wrong.yml:1  problem  rulez is not a key here. Did you mean rules?'),
  });
});

test.each([
  [['review'], 'Say what to compare with: --base REV, such as origin/main, or --pull OWNER/NAME#N.'],
  [['review', '--base', 'nowhere'], 'There is no commit nowhere in this repository. Fetch it, or correct its name.'],
  [['review', '--base', '--output=x'], "Option '--base' argument is ambiguous"],
  [['review', '--base', 'main', '--pull', 'a/b#1'], 'Give either --pull or --base'],
  [['review', '--pull', 'nonsense'], '"nonsense" names no pull request'],
  [
    ['review', '--base', 'main', '--format', 'xml'],
    'There is no format "xml": choose one of text, markdown, json, sarif.',
  ],
  [['review', '--base', 'main', '--config', 'absent.yml'], 'The configuration absent.yml cannot be read'],
  [['lint'], 'Name the files or folders to lint'],
  [['lint', 'absent'], 'There is no file or folder absent'],
  [['lint', 'db', '--database', 'oracle'], 'There is no database "oracle"'],
  [['lint', 'db', '--version', 'new'], '"new" is no version'],
  [['lint', '--frob'], "Unknown option '--frob'"],
  [['explain'], 'Name a rule to explain'],
  [['explain', 'rename-colum'], 'Did you mean rename-column?'],
  [['frob'], 'There is no command "frob"'],
])('%j exits with 2 and one sentence', (words, sentence) => {
  const { status, stdout, stderr } = plimsoll(...words);
  expect({ status, stdout }).toEqual({ status: 2, stdout: '' });
  expect(stderr).toContain(sentence);
  expect(stderr).toMatch(/^plimsoll: [^\n]+\n$/);
});

test('help, version, the list of rules and the page of one are printed', () => {
  for (const words of [[], ['--help'], ['lint', '--help']])
    expect(plimsoll(...words)).toMatchObject({
      status: 0,
      stdout: expect.stringContaining('plimsoll review --base REV'),
    });
  const { version } = JSON.parse(readFileSync(join(import.meta.dirname, '../../package.json'), 'utf8'));
  expect(plimsoll('--version').stdout).toBe(`${version}\n`);
  expect(plimsoll('rules').stdout).toMatch(/^rename-column +error +\S/m);
  expect(plimsoll('explain', 'rename-column').stdout).toBe(
    readFileSync(join(import.meta.dirname, '../../rules/rename-column.md'), 'utf8'),
  );
});

test('a reader that goes away early ends it quietly', async () => {
  const child = spawn(process.execPath, [main, 'rules'], { cwd: root, stdio: ['ignore', 'pipe', 'pipe'] });
  child.stdout.destroy();
  let complaints = '';
  child.stderr.on('data', (data: Buffer) => (complaints += data.toString()));
  await once(child, 'close');
  expect(complaints).toBe('');
});

test('an allowance whose day has passed mutes nothing', () => {
  write('expired/V1__x.sql', `-- plimsoll: allow rename-column until 2020-01-31, because of the archive\n${renames}`);
  write('limited/V1__x.sql', `-- plimsoll: allow rename-column until 2999-01-31, because of the archive\n${renames}`);
  expect(plimsoll('lint', 'expired', '--database', 'postgres').stdout).toContain('expired on 2020-01-31');
  expect(plimsoll('lint', 'limited', '--database', 'postgres')).toMatchObject({
    status: 0,
    stdout: expect.stringContaining('muted by the author on line 1 until 31 January 2999: of the archive') as string,
  });
});
