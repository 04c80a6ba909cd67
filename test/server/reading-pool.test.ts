import { afterAll, expect, test } from 'vitest';
import { openReadingPool } from '../../src/server/reading-pool.ts';

const misbehaving = openReadingPool({ time: 1500, memory: 48, reader: new URL('./hang.ts', import.meta.url) });
const pool = openReadingPool();
afterAll(() => Promise.all([misbehaving.close(), pool.close()]));

test('a migration is read in a thread', async () => {
  const text = 'DROP TABLE orders;';
  const migration = await pool.read({ ...claimed('V1__drop.sql'), files: { up: { path: 'V1__drop.sql', text } } });
  expect(migration.path).toBe('V1__drop.sql');
  expect(migration.up).toHaveLength(1);
});

test.each([
  ['hangs', 'reading it took longer than 1.5 seconds'],
  ['grows', 'reading it took more than 48 MB of memory'],
  ['exits', 'the reader stopped'],
  ['throws', 'the reader stopped'],
])('a migration that %s its reader becomes one opaque operation that says so', async (path, reason) => {
  const migration = await misbehaving.read(claimed(path));
  expect(migration).toMatchObject({ path, framework: 'flyway', status: 'added', statements: 1 });
  expect(migration.up).toMatchObject([{ kind: 'opaque', reason, statement: 1, span: { path, startLine: 1 } }]);
});

test('a manifest is read in a thread, and one that hangs its reader is told as unread', async () => {
  const source = { path: 'deploy.sh', text: 'alembic upgrade head || true', commands: [] };
  expect((await pool.readDeployment(source)).facts).toMatchObject([{ kind: 'runMigrations', tool: 'Alembic' }]);
  const { facts } = await misbehaving.readDeployment({ ...source, path: 'hangs' });
  expect(facts).toMatchObject([{ kind: 'unreadable', reason: 'reading it took longer than 1.5 seconds' }]);
});

test('the next one is read after a bad one, and sees no environment', async () => {
  await misbehaving.read(claimed('exits'));
  const all = await Promise.all(['a', 'b', 'c', 'd', 'e'].map((path) => misbehaving.read(claimed(path))));
  expect(all.map(({ path }) => path)).toEqual(['a', 'b', 'c', 'd', 'e']);
  expect(all[0]).toMatchObject({ environment: [] });
});

function claimed(path: string): Parameters<typeof pool.read>[0] {
  return { framework: 'flyway', path, status: 'added', database: 'postgres', files: {}, paths: [], texts: {} };
}
