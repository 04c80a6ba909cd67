import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Ajv } from 'ajv';
import { expect, test } from 'vitest';
import { rules } from '../../rules/index.ts';
import { renderJson } from '../../src/render/json.ts';
import { renderSarif } from '../../src/render/sarif.ts';
import { defaultConfiguration } from '../../src/operations/configuration.ts';
import type { Database } from '../../src/operations/migration.ts';
import type { Report } from '../../src/report.ts';
import { review } from '../../src/review/review.ts';
import { finding, migration, report } from './builders.ts';

const schema: object = JSON.parse(readFileSync(join(import.meta.dirname, '../../docs/report.schema.json'), 'utf8'));
const validate = new Ajv({ strict: true, allErrors: true }).compile(schema);

/** A review of files that were added, on SQLite unless another database is named. */
function reviewAdded(files: Record<string, string>, database: Database = 'sqlite'): Promise<Report> {
  return review(
    {
      files: Object.entries(files).map(([path, after]) => ({ path, status: 'added', after })),
      basePaths: [],
      projectTexts: {},
      history: {},
      description: '',
      configuration: { ...defaultConfiguration, database, ...(database === 'sqlite' && { version: '3.45' }) },
      configurationProblems: [{ path: '.github/plimsoll.yml', line: 2, message: 'A mistake.' }],
    },
    rules,
  );
}

test('a real report fits the schema', async () => {
  const given = await reviewAdded({
    'db/migrations/0001_a.up.sql': 'ALTER TABLE orders RENAME COLUMN total TO amount;\nDROP TABLE old;\nNOT SQL;\n',
    'db/migrations/0001_a.down.sql': 'SELECT 1;\n',
    'db/migrations/0002_b.up.sql': '-- plimsoll: allow drop-table, because nothing reads it\nDROP TABLE older;\n',
    'scripts/migrate.sh': 'alembic upgrade head || true # plimsoll: allow swallowed-migration-error, because\n',
    'scripts/deploy.sh':
      '# plimsoll: allow swallowed-migration-error, because it is run again\nalembic upgrade head || true\n',
  });
  expect(given.findings.length).toBeGreaterThan(0);
  expect(given.suppressed.length).toBeGreaterThan(0);
  expect(given.opaque.length).toBeGreaterThan(0);
  validate(JSON.parse(renderJson(given)));
  expect(validate.errors ?? []).toEqual([]);
});

test('findings point to what corrects them together, and keep an advice of their own', async () => {
  const sql = 'CREATE INDEX a ON orders (a);\nCREATE INDEX b ON orders (b);\n';
  const given = await reviewAdded({ 'db/migrations/0001_a.up.sql': sql }, 'postgres');
  validate(JSON.parse(renderJson(given)));
  expect(validate.errors ?? []).toEqual([]);
  expect(given.findings.map(({ joined }) => joined)).toEqual([1, 1]);
  expect(given.findings.map(({ advice }) => advice.match(/CONCURRENTLY/g)?.length)).toEqual([1, 1]);
  expect(given.corrections?.map(({ findings, text }) => [findings, text.match(/CONCURRENTLY/g)?.length])).toEqual([
    [2, 2],
  ]);
});

test('a report with a field too many, too few or of another kind does not fit', async () => {
  const given = await reviewAdded({ 'db/migrations/0001_a.up.sql': 'DROP TABLE old;\n' });
  for (const wrong of [
    { ...given, extra: 1 },
    { ...given, fingerprint: undefined },
    { ...given, verdict: 'green' },
  ])
    expect(validate(JSON.parse(JSON.stringify(wrong)))).toBe(false);
});

const path = 'db/a b/0042.sql';
const sarif = JSON.parse(
  renderSarif(
    report({
      migrations: [migration({ path })],
      findings: [
        finding({ path, startColumn: 1, endColumn: 4, link: 'https://wiki.example.com/types' }),
        finding({ path, startLine: 9, endLine: 12 }),
        finding({ path, severity: 'notice', rule: 'not-listed' }),
      ],
      suppressed: [
        { ...finding({ path, severity: 'warning' }), marker: 'plimsoll: allow', markerLine: 1, reason: 'small' },
      ],
      opaque: [{ path, startLine: 3, reason: 'EXECUTE' }],
      problems: [{ message: 'A mistake.', path: '.github/plimsoll.yml', startLine: 2 }],
    }),
    [{ id: 'change-column-type', title: 'A column changes its type', severity: 'error', concerns: 'locks' }],
    '0.1.0',
  ),
);

test('SARIF lists the rules and points every result to one of them', () => {
  const [run] = sarif.runs;
  expect(run.tool.driver.rules).toEqual([
    {
      id: 'change-column-type',
      shortDescription: { text: 'A column changes its type' },
      helpUri: 'https://wiki.example.com/types',
      defaultConfiguration: { level: 'error' },
      properties: { tags: ['locks'] },
    },
    {
      id: 'not-listed',
      shortDescription: { text: 'not-listed' },
      helpUri: 'https://github.com/plimsoll-app/plimsoll/blob/main/rules/not-listed.md',
      defaultConfiguration: { level: 'note' },
      properties: { tags: ['locks'] },
    },
  ]);
  for (const result of run.results) expect(run.tool.driver.rules[result.ruleIndex].id).toBe(result.ruleId);
});

test('SARIF regions end one after the last character, and paths are URIs', () => {
  const [first] = sarif.runs[0].results;
  expect(first.locations[0].physicalLocation).toEqual({
    artifactLocation: { uri: 'db/a%20b/0042.sql', uriBaseId: '%SRCROOT%' },
    region: { startLine: 2, endLine: 2, startColumn: 1, endColumn: 5 },
  });
  expect(first.message.text).not.toContain('`');
});

test('SARIF fingerprints follow the content and tell results of one rule apart; muted ones are suppressed', () => {
  const { results } = sarif.runs[0];
  const fingerprints = results.map((result: { partialFingerprints: object }) => result.partialFingerprints);
  expect(fingerprints.slice(0, 2)).toEqual([
    { 'plimsoll/v1': 'change-column-type:d1:1' },
    { 'plimsoll/v1': 'change-column-type:d1:2' },
  ]);
  expect(results.at(-1)).toMatchObject({
    level: 'warning',
    suppressions: [{ kind: 'inSource', justification: 'muted by the author on line 1: small' }],
  });
});

test('SARIF tells what could not be read and what is wrong with the review', () => {
  const [invocation] = sarif.runs[0].invocations;
  expect(invocation.executionSuccessful).toBe(false);
  expect(invocation.toolExecutionNotifications).toMatchObject([
    { level: 'error', message: { text: 'A mistake.' } },
    { level: 'warning', message: { text: 'Could not be read and was not judged: EXECUTE' } },
  ]);
});

test('SARIF carries a replacement as a fix of whole lines', () => {
  const replacement = { startLine: 2, endLine: 3, text: 'CREATE INDEX CONCURRENTLY i\n  ON a (b);' };
  const log = JSON.parse(renderSarif(report({ findings: [finding({ replacement })] }), [], '0.1.0')) as {
    runs: { results: { fixes: unknown }[] }[];
  };
  expect(log.runs[0]?.results[0]?.fixes).toEqual([
    {
      artifactChanges: [
        {
          artifactLocation: { uri: 'db/migrations/0042_orders_total.up.sql', uriBaseId: '%SRCROOT%' },
          replacements: [
            {
              deletedRegion: { startLine: 2, startColumn: 1, endLine: 3 },
              insertedContent: { text: replacement.text },
            },
          ],
        },
      ],
    },
  ]);
});
