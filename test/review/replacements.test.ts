import { expect, test } from 'vitest';
import { applyReplacement } from '../../src/review/replacements.ts';
import { configuration, modified, outline, reviewed } from './builders.ts';

const flyway = 'db/migration/V3__x.sql';
const large = { configuration: configuration({ tables: { orders: 'large' } }) };

async function replacedIn(text: string, path = flyway, parts = {}): Promise<string[]> {
  const report = await reviewed({ [path]: text }, parts);
  return report.findings.flatMap(({ replacement }) => (replacement ? [applyReplacement(text, replacement)] : []));
}

test.each([
  [
    'an index, with all that it was written with',
    'CREATE UNIQUE INDEX IF NOT EXISTS i ON orders\n  (code DESC) INCLUDE (id) WITH (fillfactor = 70); -- soon\n',
  ],
  [
    'a foreign key',
    'ALTER TABLE orders\n  ADD CONSTRAINT fk FOREIGN KEY (user_id)\n  REFERENCES users (id) ON DELETE CASCADE;\n',
  ],
  ['a check', 'ALTER TABLE orders ADD CONSTRAINT c CHECK (total > 0);\n'],
])('%s: the replacement alone takes the finding away, and brings none', async (_, text) => {
  const before = await reviewed({ [flyway]: text });
  const [finding] = before.findings;
  expect(finding?.replacement).toBeDefined();
  const after = finding?.replacement ? applyReplacement(text, finding.replacement) : text;
  const report = await reviewed({ [flyway]: after });
  expect(report.findings).toEqual([]);
  expect(report.opaque).toEqual([]);
  expect(report.migrations[0]?.statements).toBe(before.migrations[0]?.statements);
});

test('what is put in stands where it belongs, and nothing else changes', async () => {
  expect(await replacedIn('CREATE INDEX i ON orders (code) /* why */ ; -- soon\n')).toEqual([
    'CREATE INDEX CONCURRENTLY i ON orders (code) /* why */ ; -- soon\n',
  ]);
  expect(await replacedIn('ALTER TABLE orders ADD CONSTRAINT c CHECK (total > 0)\n;\n')).toEqual([
    'ALTER TABLE orders ADD CONSTRAINT c CHECK (total > 0) NOT VALID\n;\n',
  ]);
});

test('a missing limit of the wait is a line before the statement', async () => {
  const text = '-- first\n  ALTER TABLE orders ADD COLUMN a int;\n';
  expect(await replacedIn(text, flyway, large)).toEqual([
    "-- first\n  SET lock_timeout = '2s';\n  ALTER TABLE orders ADD COLUMN a int;\n",
  ]);
});

test.each([
  ['inside a transaction', flyway, 'BEGIN;\nCREATE INDEX i ON orders (code);\nCOMMIT;\n'],
  [
    'where it is not known whether one wraps the file',
    'migrations/000002_x.up.sql',
    'CREATE INDEX i ON orders (code);\nCREATE TABLE b (id int);\n',
  ],
  ['of a table with partitions', flyway, 'CREATE INDEX i ON logs (code);\n'],
])('no CONCURRENTLY where it would fail: %s', async (_, path, text) => {
  const history = { 'db/migration/V1__logs.sql': 'CREATE TABLE logs (code int) PARTITION BY RANGE (code);\n' };
  const report = await reviewed({ [path]: text }, { history, basePaths: Object.keys(history) });
  expect(report.findings.map(({ rule }) => rule)).toContain('blocking-index-build');
  expect(report.findings.filter(({ replacement }) => replacement)).toEqual([]);
});

test('a statement that does something beside is left alone, and so is a file that ends its lines with CRLF', async () => {
  const several = 'ALTER TABLE orders ADD COLUMN a int, ADD CONSTRAINT c CHECK (total > 0);\n';
  expect(outline(await reviewed({ [flyway]: several }))).toEqual([`warning validating-check ${flyway}:1`]);
  expect(await replacedIn(several)).toEqual([]);
  expect(await replacedIn('CREATE INDEX i ON orders (code);\r\n')).toEqual([]);
});

test('another database, and SQL in a program, get none', async () => {
  const sqlserver = { configuration: configuration({ database: 'sqlserver', version: '2022' }) };
  const text = 'CREATE INDEX i ON orders (code);\n';
  expect(outline(await reviewed({ [flyway]: text }, sqlserver))).toEqual([`warning blocking-index-build ${flyway}:1`]);
  expect(await replacedIn(text, flyway, sqlserver)).toEqual([]);
  const ruby =
    'class A < ActiveRecord::Migration[7.1]\n  def change\n    execute "CREATE INDEX i ON orders (code)"\n  end\nend\n';
  expect(await replacedIn(ruby, 'db/migrate/20260101000000_a.rb')).toEqual([]);
});

test('ten are tried, and an edited migration has them too', async () => {
  const text = Array.from(
    { length: 12 },
    (_, index) => `ALTER TABLE orders ADD CONSTRAINT c${index} CHECK (c${index} > 0);\n`,
  ).join('');
  expect(await replacedIn(text)).toHaveLength(10);
  const report = await reviewed([
    modified(flyway, 'CREATE INDEX i ON orders (code);\n', 'CREATE INDEX i ON orders (total);\n'),
  ]);
  expect(report.findings.filter(({ replacement }) => replacement)).toHaveLength(1);
});

function rails(...lines: string[]): string {
  return [
    'class A < ActiveRecord::Migration[7.1]',
    ...lines.map((line) => (line ? `  ${line}` : line)),
    'end',
    '',
  ].join('\n');
}

function alembic(...lines: string[]): string {
  const head = ['from alembic import op', 'revision = "b"', 'down_revision = None', '', 'def upgrade():'];
  return [...head, ...lines.map((line) => `    ${line}`), '', 'def downgrade():', '    pass', ''].join('\n');
}

test.each([
  [
    'a foreign key of Rails',
    'db/migrate/20260101000000_a.rb',
    rails('def change', '  add_foreign_key :orders, :users, on_delete: :cascade # soon', 'end'),
    '    add_foreign_key :orders, :users, on_delete: :cascade, validate: false # soon',
  ],
  [
    'an index of Rails',
    'db/migrate/20260101000000_a.rb',
    rails('disable_ddl_transaction!', '', 'def change', '  add_index(:orders, :code)', 'end'),
    '    add_index(:orders, :code, algorithm: :concurrently)',
  ],
  [
    'a check of Alembic',
    'alembic/versions/b_change.py',
    alembic('op.create_check_constraint(', '    "c",', '    "orders",', '    "total > 0",', ')'),
    '        postgresql_not_valid=True,\n    )',
  ],
])('%s: the call with one more argument', async (_, path, text, expected) => {
  const settings = { configuration: configuration({ database: 'postgres' }) };
  const [corrected = '', ...more] = await replacedIn(text, path, settings);
  expect(more).toEqual([]);
  expect(corrected).toContain(expected);
  const said = (await reviewed({ [path]: corrected }, settings)).findings.map(({ rule }) => rule);
  expect(said.filter((rule) => rule.startsWith('validating') || rule.startsWith('blocking'))).toEqual([]);
});

test.each([
  ['where the transaction of Rails would refuse it', rails('def change', '  add_index :orders, :code', 'end')],
  [
    'where the call makes a column as well',
    rails('def change', '  add_reference :orders, :user, foreign_key: true', 'end'),
  ],
])('no argument %s', async (_, text) => {
  const path = 'db/migrate/20260101000000_a.rb';
  const settings = { configuration: configuration({ database: 'postgres' }) };
  expect((await reviewed({ [path]: text }, settings)).findings.length).toBeGreaterThan(0);
  expect(await replacedIn(text, path, settings)).toEqual([]);
});
