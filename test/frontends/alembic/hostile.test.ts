import { beforeAll, expect, test } from 'vitest';
import { alembic } from '../../../src/frontends/alembic/index.ts';
import { migrationAt } from '../builders.ts';

const path = 'migrations/versions/x.py';
const head = 'from alembic import op\nrevision = "a"\ndown_revision = "b"\n';

beforeAll(async () => {
  await alembic.load?.();
});

const texts: Record<string, string> = {
  'brackets that are nested too deeply': `${head}def upgrade():\n    op.execute(${'['.repeat(20_000)}${']'.repeat(20_000)})\n    op.drop_table("a")\n`,
  'brackets that never end': `${head}def upgrade():\n    op.execute(${'('.repeat(20_000)}\n`,
  'a string that never ends': `${head}def upgrade():\n    op.execute("""DROP TABLE a\n`,
  'operators without end': `${head}def upgrade():\n    x = ${'1 + '.repeat(20_000)}1\n`,
  'methods without end': `${head}def upgrade():\n    op${'.a()'.repeat(20_000)}\n`,
  'functions that call each other': `${head}def a():\n    b()\n    b()\ndef b():\n    a()\n    op.drop_table("a")\ndef upgrade():\n    a()\n`,
  'calls that multiply': `${head}${Array.from({ length: 11 }, (_, n) => `def f${n}():\n${`    f${n + 1}()\n`.repeat(9)}`).join('')}def f11():\n    op.drop_table("a")\ndef upgrade():\n    f0()\n`,
  'strings that double': `${head}def upgrade():\n    x = "aaaaaaaaaa"\n${'    x = x + x\n'.repeat(60)}    op.execute(x)\n`,
  'lists that double': `${head}def upgrade():\n    x = [1, 2]\n${'    x = x + x\n'.repeat(60)}    for y in x:\n        op.drop_table("a")\n`,
  'loops inside loops': `${head}def upgrade():\n    for a in range(200):\n        for b in range(200):\n            for c in range(200):\n                op.drop_table("a")\n`,
  'a function that is its own list': `${head}def upgrade():\n    x = []\n    x.append(x)\n    for y in x:\n        op.drop_table(y)\n    op.execute(sa.text(x))\n`,
  'names of objects': `${head}def upgrade():\n    constructor.__proto__.toString()\n    op.constructor("x")\n    op.__proto__()\n`,
};

test.each(Object.entries(texts))('%s: bounded, and never thrown', async (_, text) => {
  const migration = await migrationAt(path, { [path]: text }, { database: 'postgres' });
  expect(JSON.stringify(migration)).not.toContain('the reader failed');
  expect(migration.up.length).toBeLessThan(200_000);
});

test('five megabytes are not read, which is said', async () => {
  const text = `${head}def upgrade():\n${'    op.drop_table("a")\n'.repeat(220_000)}`;
  const { up } = await migrationAt(path, { [path]: text }, { database: 'postgres' });
  expect(up).toMatchObject([{ kind: 'opaque', reason: 'the file is too long to be read' }]);
});

test('a migration that does too much is read as far as it is followed, which is said', async () => {
  const text = `${head}def upgrade():\n${'    op.drop_table("a")\n'.repeat(40_000)}`;
  const { up } = await migrationAt(path, { [path]: text }, { database: 'postgres' });
  expect(up).toContainEqual(expect.objectContaining({ reason: 'it goes through more steps than are followed' }));
});
