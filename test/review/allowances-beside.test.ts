/** Allowances in manifests, scripts, programs and models. */
import { expect, test } from 'vitest';
import { configuration, modified, outline, reviewed } from './builders.ts';

const why = 'because one pod runs at a time';

function muted({ suppressed }: Awaited<ReturnType<typeof reviewed>>): string[] {
  return suppressed.map(({ rule, path, startLine, markerLine }) => `${rule} ${path}:${startLine} by ${markerLine}`);
}

function manifest(comment: string, ending = ''): string {
  return `apiVersion: apps/v1
kind: Deployment
metadata:
  name: api
spec:
  replicas: 3
  template:
    spec:
      containers:
        - name: api
          image: api
          ${comment}
          command: [sh, -c, alembic upgrade head && exec uvicorn api:app]${ending}
`;
}

test.each([
  ['# plimsoll: allow migration-at-start', ''],
  ['# see below', ' # plimsoll: allow migration-at-start'],
  ['{{- /* plimsoll: allow migration-at-start', ''],
])('a manifest: %s%s', async (before, behind) => {
  const [above, ending] = [before, behind].map((comment) =>
    comment.includes('plimsoll') ? `${comment}, ${why}${comment.startsWith('{{') ? ' */ -}}' : ''}` : comment,
  );
  const path = 'charts/api/templates/deployment.yaml';
  const report = await reviewed({ [path]: manifest(above ?? '', ending) });
  expect(outline(report)).toEqual([]);
  expect(muted(report)).toEqual([`migration-at-start ${path}:13 by ${behind === '' ? 12 : 13}`]);
  expect(report.suppressed[0]?.reason).toBe('one pod runs at a time');
});

const scripts: [string, string, string][] = [
  [
    'Dockerfile',
    `FROM python:3.12\n# plimsoll: allow migration-at-start, ${why}\nCMD alembic upgrade head && exec uvicorn app:app\n`,
    'migration-at-start Dockerfile:3 by 2',
  ],
  [
    'Procfile',
    `# plimsoll: allow migration-at-start, ${why}\nweb: flask db upgrade && gunicorn app:app\n`,
    'migration-at-start Procfile:2 by 1',
  ],
  [
    'deploy/compose.yaml',
    `services:\n  api:\n    image: api\n    environment:\n      - DROP_TABLES=1 # plimsoll: allow reset-switch, ${why}\n`,
    'reset-switch deploy/compose.yaml:5 by 5',
  ],
  [
    'scripts/migrate.sh',
    `#!/bin/bash\nset -e\n# plimsoll: allow swallowed-migration-error, ${why}\n# (it is run again at noon)\nalembic upgrade head || true\n`,
    'swallowed-migration-error scripts/migrate.sh:5 by 3',
  ],
  [
    '.github/workflows/deploy.yml',
    `on: push\njobs:\n  deploy:\n    runs-on: ubuntu-latest\n    steps:\n      - run: |\n          # plimsoll: allow swallowed-migration-error, ${why}\n          npx knex migrate:latest || true\n`,
    'swallowed-migration-error .github/workflows/deploy.yml:8 by 7',
  ],
  [
    'src/data-source.ts',
    `import { DataSource } from 'typeorm';\nexport const source = new DataSource({\n  type: 'postgres',\n  // plimsoll: allow database-reset, ${why}\n  dropSchema: true,\n});\n`,
    'database-reset src/data-source.ts:5 by 4',
  ],
];

test.each(scripts)('%s', async (path, text, expected) => {
  const report = await reviewed({ [path]: text });
  expect(outline(report)).toEqual([]);
  expect(muted(report)).toEqual([expected]);
});

const prisma = (comment: string, column: string) =>
  `${comment}datasource db {\n  provider = "postgresql"\n  url = env("DATABASE_URL")\n}\n\nmodel Order {\n  id Int @id\n${column}}\n`;

test('a schema of Prisma, of which all is said on its first line', async () => {
  const path = 'prisma/schema.prisma';
  const allowance = '// The shop.\n\n// plimsoll: allow schema-file-alone, because its migration is merged next\n';
  const history = { 'prisma/migrations/1_a/migration.sql': 'CREATE TABLE "Order" (id integer PRIMARY KEY);\n' };
  const parts = { history, basePaths: Object.keys(history) };
  const before = prisma('', '');
  const told = await reviewed([modified(path, before, prisma('', '  note String?\n'))], parts);
  expect(outline(told)).toEqual([expect.stringContaining('schema-file-alone')]);
  const report = await reviewed([modified(path, before, prisma(allowance, '  note String?\n'))], parts);
  expect(outline(report)).toEqual([]);
  expect(muted(report)).toEqual([`schema-file-alone ${path}:1 by 3`]);
});

test('a model of Rails', async () => {
  const path = 'app/models/notice.rb';
  const before = 'class Notice < ApplicationRecord\nend\n';
  const schema = `ActiveRecord::Schema[8.0].define(version: 2026_01_01_000000) do\n  create_table "notices" do |t|\n    t.text "payload"\n  end\nend\n`;
  const after = (comment: string) => `class Notice < ApplicationRecord\n${comment}  serialize :payload, Hash\nend\n`;
  const parts = { history: { 'db/schema.rb': schema }, projectTexts: { 'db/schema.rb': schema } };
  const migration = {
    path: 'db/migrate/20260102000000_x.rb',
    status: 'added' as const,
    after: 'class X < ActiveRecord::Migration[8.0]\n  def change\n    add_column :notices, :note, :text\n  end\nend\n',
  };
  const told = await reviewed([modified(path, before, after('')), migration], parts);
  expect(outline(told)).toContainEqual(expect.stringContaining(`changed-serialization ${path}:2`));
  const comment = '  # plimsoll: allow changed-serialization, because the column was empty until today\n';
  const report = await reviewed([modified(path, before, after(comment)), migration], parts);
  expect(muted(report)).toEqual([`changed-serialization ${path}:3 by 2`]);
});

const migrate = 'alembic upgrade head || true\n';
const path = 'scripts/deploy.sh';

test('it reaches the line behind it and no other one', async () => {
  const comment = `# plimsoll: allow swallowed-migration-error, ${why}\n`;
  const report = await reviewed({ [path]: `set -e\n${comment}flask db upgrade || true\n${migrate}` });
  expect(muted(report)).toEqual([`swallowed-migration-error ${path}:3 by 2`]);
  expect(outline(report)).toEqual([`error swallowed-migration-error ${path}:4`]);
});

test.each([
  ['', 'gives no reason'],
  [' until 2026-01-01, because of the fair', 'expired on 2026-01-01'],
  [' until soon, because of the fair', 'names no day after "until"'],
])('what does not hold is told with the finding: "%s"', async (terms, said) => {
  const text = `set -e\n# plimsoll: allow swallowed-migration-error${terms}\n${migrate}`;
  const report = await reviewed({ [path]: text }, {}, '2026-01-02');
  expect(report.suppressed).toEqual([]);
  expect(report.findings[0]?.advice).toContain(said);
});

test('one that mutes nothing, or names no rule, is told where the change brings it', async () => {
  const idle = `# plimsoll: allow swallowed-migration-error, ${why}\nset -e\nalembic upgrade head\n`;
  expect(outline(await reviewed({ [path]: idle }))).toEqual([`notice stale-allowance ${path}:1`]);
  expect(outline(await reviewed([modified(path, idle, `${idle}echo done\n`)]))).toEqual([]);
  const unknown = `set -e\n# plimsoll: allow swallowed-error, ${why}\nalembic upgrade head\n`;
  expect((await reviewed({ [path]: unknown })).findings[0]?.message).toContain('No rule is called `swallowed-error`');
  const unread = { 'db/migrations/V1__x.sql': 'FROBNICATE carts;\n' };
  expect(outline(await reviewed({ [path]: idle, ...unread }))).toEqual([]);
});

test('one for what stood there before is not idle', async () => {
  const after = `set -e\n# plimsoll: allow swallowed-migration-error, ${why}\n${migrate}`;
  const report = await reviewed([modified(path, `set -e\n${migrate}`, after)]);
  expect([report.findings, report.suppressed]).toEqual([[], []]);
});

test('a reviewer agrees to a muted error where there is no migration too, and again when the file does something else', async () => {
  const text = `set -e\n# plimsoll: allow swallowed-migration-error, ${why}\n${migrate}`;
  const report = await reviewed({ [path]: text });
  expect(report.verdict).toBe('sign-off');
  expect(report.checklist).toMatchObject([
    {
      id: 'agrees-with-muted',
      who: 'reviewer',
      because: [path],
      text: expect.stringContaining(
        '`swallowed-migration-error` on line 3 of `scripts/deploy.sh` (“one pod runs at a time”)',
      ),
    },
  ]);
  const other = await reviewed({ [path]: `${text}alembic upgrade head\n` });
  expect(other.checklist[0]?.digest).not.toBe(report.checklist[0]?.digest);
});

test('a file that the configuration ignores mutes nothing and is told nothing', async () => {
  const text = '# plimsoll: allow no-such-rule, because it is vendored\nalembic upgrade head || true\n';
  const paths = [{ path: 'scripts/**', ignore: true as const }];
  expect(outline(await reviewed({ [path]: text }, { configuration: configuration({ paths }) }))).toEqual([]);
});

test('a reviewer agrees to a muted error of a migration that does nothing', async () => {
  const text = '-- plimsoll: allow empty-migration, because it was run by hand\n';
  const report = await reviewed({ 'db/migrations/V3__x.sql': text });
  expect(report.suppressed.map(({ rule }) => rule)).toEqual(['empty-migration']);
  expect(report.checklist.map(({ id }) => id)).toEqual(['agrees-with-muted']);
});

test('a long file of nothing but allowances is read to its end', async () => {
  const lines = Array.from({ length: 12_000 }, () => `# plimsoll: allow swallowed-migration-error, ${why}`);
  const text = `${lines.join('\n')}\nset -e\nalembic upgrade head\n`;
  const configured = configuration({ rules: { 'stale-allowance': 'off' } });
  const report = await reviewed([modified(path, 'set -e\n', text)], { configuration: configured });
  expect([report.findings, report.suppressed]).toEqual([[], []]);
});
