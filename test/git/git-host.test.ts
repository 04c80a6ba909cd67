import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { gitHost } from '../../src/git/git-host.ts';

const root = mkdtempSync(join(tmpdir(), 'plimsoll-git-'));
const repository = join(root, 'repository');
const odd = 'db/ümlaut\ttab\n"quote".sql';

beforeAll(() => {
  mkdirSync(repository);
  git('init', '-q', '-b', 'main');
  write('.github/plimsoll.yml', 'database: postgres\n');
  write('db/1.sql', 'SELECT 1;\n');
  write('db/old-name.sql', 'CREATE TABLE a (b int);\nCREATE TABLE c (d int);\n');
  write('db/gone.sql', 'SELECT 2;\n');
  commit('start');
  git('checkout', '-q', '-b', 'feature');
  write('db/1.sql', 'SELECT 1;\nSELECT 3;\n');
  write(odd, 'SELECT 4;\n');
  write('db/binary.sql', Buffer.from([0, 1, 2]));
  write('db/utf16.sql', Buffer.from('\ufeffSELECT 5;', 'utf16le'));
  write('db/huge.sql', '-'.repeat(2 * 1024 * 1024 + 1));
  renameSync(join(repository, 'db/old-name.sql'), join(repository, 'db/new-name.sql'));
  rmSync(join(repository, 'db/gone.sql'));
  commit('Change the tables\n\n- [x] Monkey-patched in production');
  git('checkout', '-q', 'main');
  write('.github/plimsoll.yml', 'database: mysql\n');
  write('db/2-on-main.sql', 'SELECT 6;\n');
  commit('main moves on');
});
afterAll(() => rmSync(root, { recursive: true }));

function git(...options: string[]): string {
  const identity = ['-c', 'user.name=a', '-c', 'user.email=a@example.com', '-c', 'commit.gpgsign=false'];
  return execFileSync('git', ['-C', repository, ...identity, ...options], { encoding: 'utf8' });
}

function write(path: string, content: string | Buffer): void {
  mkdirSync(dirname(join(repository, path)), { recursive: true });
  writeFileSync(join(repository, path), content);
}

function commit(message: string): void {
  git('add', '-A');
  git('commit', '-q', '-m', message);
}

function host(parts: Partial<Parameters<typeof gitHost>[0]> = {}) {
  return gitHost({ repository, base: 'main', head: 'feature', ...parts });
}

test('lists what the head brings since it left the base, with renames and odd names', async () => {
  const { files, incomplete } = await host().files();
  expect(incomplete).toBeUndefined();
  expect(
    files.map(({ path, previousPath, status, additions, deletions }) => [
      path,
      previousPath,
      status,
      additions,
      deletions,
    ]),
  ).toEqual(
    expect.arrayContaining([
      ['db/1.sql', undefined, 'modified', 1, 0],
      [odd, undefined, 'added', 1, 0],
      ['db/new-name.sql', 'db/old-name.sql', 'renamed', 0, 0],
      ['db/gone.sql', undefined, 'deleted', 0, 1],
      ['db/binary.sql', undefined, 'added', 0, 0],
    ]),
  );
  expect(files).toHaveLength(7);
});

test('reads texts after the change, many at once, and says why one has none', async () => {
  const read = host();
  const { files } = await read.files();
  const texts = await Promise.all(
    files.map(async ({ path, blob }) => [path, blob === undefined ? undefined : await read.blob(blob)]),
  );
  expect(Object.fromEntries(texts)).toEqual({
    'db/1.sql': { text: 'SELECT 1;\nSELECT 3;\n' },
    [odd]: { text: 'SELECT 4;\n' },
    'db/new-name.sql': { text: 'CREATE TABLE a (b int);\nCREATE TABLE c (d int);\n' },
    'db/gone.sql': undefined,
    'db/binary.sql': { unread: 'binary' },
    'db/utf16.sql': { text: 'SELECT 5;' },
    'db/huge.sql': { unread: 'larger than 2 MB' },
  });
  expect(await read.blob('--help')).toEqual({ unread: 'git does not have it' });
});

test('configuration and history are those of the base as it is now', async () => {
  const read = host();
  expect(await read.baseText('.github/plimsoll.yml')).toBe('database: mysql\n');
  expect(await read.baseText('absent.yml')).toBeUndefined();
  expect(await read.baseText('*')).toBeUndefined();
  const { blobs } = await read.baseTree();
  expect([...blobs.keys()].toSorted()).toEqual([
    '.github/plimsoll.yml',
    'db/1.sql',
    'db/2-on-main.sql',
    'db/gone.sql',
    'db/old-name.sql',
  ]);
});

test('commit messages stand for title and description', async () => {
  expect(await host().subject()).toEqual({
    title: 'Change the tables',
    description: 'Change the tables\n\n- [x] Monkey-patched in production',
    author: '',
    base: git('rev-parse', 'main').trim(),
    head: git('rev-parse', 'feature').trim(),
  });
});

test('a bare repository is read like any other', async () => {
  const bare = join(root, 'bare.git');
  git('clone', '-q', '--bare', repository, bare);
  const read = host({ repository: bare });
  expect((await read.files()).files).toHaveLength(7);
  expect(await read.baseText('.github/plimsoll.yml')).toBe('database: mysql\n');
});

test('a shallow clone is refused in one sentence that says what to do', async () => {
  const shallow = join(root, 'shallow');
  git('clone', '-q', '--depth', '1', '--no-single-branch', `file://${repository}`, shallow);
  await expect(host({ repository: shallow, base: 'origin/main', head: 'origin/feature' }).files()).rejects.toThrow(
    /is shallow and lacks the commit at which origin\/feature left origin\/main: run `git fetch --unshallow` in it\.$/,
  );
});

test.each([
  [{ head: '--output=/tmp/x' }, '"--output=/tmp/x" is no revision'],
  [{ base: '' }, '"" is no revision'],
  [{ head: 'nowhere' }, 'There is no commit nowhere in'],
  [{ repository: tmpdir() }, 'is no git repository that can be read'],
  [{ repository: '/does/not/exist' }, 'is no git repository that can be read'],
])('%j is refused', async (parts, message) => {
  await expect(host(parts).files()).rejects.toThrow(message);
});

test('a diff driver of the repository is not started', async () => {
  write('.gitattributes', '*.sql diff=evil\n');
  git('config', 'diff.evil.textconv', 'touch /tmp/plimsoll-was-here; cat');
  git('config', 'diff.external', 'false');
  expect((await host().files()).files).toHaveLength(7);
});
