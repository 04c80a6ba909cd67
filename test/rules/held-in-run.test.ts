import { expect, test } from 'vitest';
import { configuration, reviewed } from '../review/builders.ts';

const locks = revision('b', 'a', ['op.add_column("orders", sa.Column("region", sa.Text))']);
const fill = 'op.execute("UPDATE orders SET region = \'eu\' WHERE region IS NULL")';

test('the lock of one revision is held while the next one writes rows, whatever stands between them', async () => {
  expect(await told(locks, revision('c', 'b', [fill]))).toEqual(['warning c.py takes ACCESS EXCLUSIVE']);
  const between = revision('c', 'b', ['op.create_table("notes", sa.Column("id", sa.Integer))']);
  expect(await told(locks, between, revision('d', 'c', [fill]))).toEqual(['warning d.py takes ACCESS EXCLUSIVE']);
});

test('the size of the locked table decides', async () => {
  const files = filesOf(locks, revision('c', 'b', [fill]));
  const { findings } = await reviewed(files, { configuration: configuration({ tables: { orders: 'hot' } }) });
  expect(findings.filter(({ path }) => path.endsWith('/c.py')).map(({ severity }) => severity)).toContain('error');
});

test('what is committed before the rows are written is held no longer', async () => {
  const block = ['with op.get_context().autocommit_block():', `    ${fill}`];
  expect(await told(locks, revision('c', 'b', block))).toEqual([]);
  const commits = revision('b', 'a', [
    'op.add_column("orders", sa.Column("region", sa.Text))',
    'with op.get_context().autocommit_block():',
    '    op.create_index("orders_region", "orders", ["region"], postgresql_concurrently=True)',
  ]);
  expect(await told(commits, revision('c', 'b', [fill]))).toEqual([]);
});

test('a lock that is taken after such a block is held on', async () => {
  const after = revision('b', 'a', [
    'with op.get_context().autocommit_block():',
    '    op.create_index("orders_note", "orders", ["note"], postgresql_concurrently=True)',
    'op.add_column("orders", sa.Column("region", sa.Text))',
  ]);
  expect(await told(after, revision('c', 'b', [fill]))).toEqual(['warning c.py takes ACCESS EXCLUSIVE']);
});

test('nobody waits for a table that the run makes, nor for a fixed list of rows', async () => {
  const made = revision('b', 'a', ['op.create_table("regions", sa.Column("id", sa.Integer))']);
  expect(await told(made, revision('c', 'b', [fill]))).toEqual([]);
  const few = 'op.execute("INSERT INTO places (name) VALUES (\'eu\')")';
  expect(await told(locks, revision('c', 'b', [few]))).toEqual([]);
});

test('a revision that takes a lock itself is told of that one alone', async () => {
  const both = revision('c', 'b', ['op.add_column("orders", sa.Column("city", sa.Text))', fill]);
  const { findings } = await reviewed(filesOf(locks, both));
  expect(findings.filter(({ rule }) => rule === 'mixed-schema-and-data')).toHaveLength(1);
  expect(await told(locks, both)).toEqual([]);
});

type Revision = { name: string; text: string };

function revision(name: string, after: string, lines: readonly string[]): Revision {
  const body = lines.map((line) => `    ${line}\n`).join('');
  const text = `import sqlalchemy as sa\nfrom alembic import op\n\nrevision = "${name}"\ndown_revision = "${after}"\n\n\ndef upgrade():\n${body}\n\ndef downgrade():\n    pass\n`;
  return { name, text };
}

function filesOf(...revisions: readonly Revision[]): Record<string, string> {
  return Object.fromEntries(revisions.map(({ name, text }) => [`alembic/versions/${name}.py`, text]));
}

/** What is said of a lock that another file took: the severity, the file, and the lock. */
async function told(...revisions: readonly Revision[]): Promise<string[]> {
  const { findings } = await reviewed(filesOf(...revisions));
  return findings
    .filter(({ rule, message }) => rule === 'mixed-schema-and-data' && message.includes('share one transaction'))
    .map(
      ({ severity, path, message }) =>
        `${severity} ${path.split('/').at(-1)} ${/takes [A-Z ]+[A-Z]/.exec(message)?.[0]}`,
    );
}
