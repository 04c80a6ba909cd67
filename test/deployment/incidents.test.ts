/** Two incidents that were told in public, rebuilt: what was deployed, and what should have been. */
import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join, relative } from 'node:path';
import { expect, test } from 'vitest';
import { rules } from '../../rules/index.ts';
import { defaultConfiguration } from '../../src/operations/configuration.ts';
import { review } from '../../src/review/review.ts';
import type { Report } from '../../src/report.ts';

const template = 'openshift/waivers-test-template.yaml';

test('waiverdb: the migration beside the entrypoint is an error, and the correction is its own hook', async () => {
  const report = await reviewOf('waiverdb', 'bad');
  expect(said(report)).toEqual([`migration-in-post-start ${template}:52`]);
  expect(report.verdict).toBe('blocked');
  expect(report.findings[0]?.advice).toContain('command: [sh, -c, "waivers db upgrade"]');
  expect(report.findings[0]?.advice).toContain('volumes: [config-volume]');
});

test('waiverdb: the first hook lacked its settings and did not wait', async () => {
  expect(said(await reviewOf('waiverdb', 'halfway'))).toEqual([
    `incomplete-deployment-hook ${template}:49`,
    `migration-before-database ${template}:49`,
  ]);
});

test('bakery-ia: every silent failure is heard', async () => {
  const report = await reviewOf('bakery-ia', 'bad');
  expect(said(report)).toEqual(
    [
      'reset-switch infrastructure/kubernetes/configmap.yaml:8',
      'swallowed-migration-error scripts/regenerate_migrations_k8s.sh:25',
      'uncommitted-schema-change scripts/regenerate_migrations_k8s.sh:18',
      'schema-past-migrations shared/database/init_manager.py:25',
      'swallowed-migration-error shared/database/init_manager.py:30',
      'database-reset scripts/cleanup_databases_k8s.sh:18',
      'unchecked-migration-copy scripts/regenerate_migrations_k8s.sh:29',
    ].toSorted(),
  );
});

test.each(['waiverdb', 'bakery-ia'])('%s: as it should have been, nothing is said', async (incident) => {
  const report = await reviewOf(incident, 'good');
  expect(said(report)).toEqual([]);
  expect(report.verdict).toBe('clear');
  expect(report.labels).toEqual([]);
});

function said(report: Report): string[] {
  return report.findings
    .filter(({ severity }) => severity !== 'notice')
    .map(({ rule, path, startLine }) => `${rule} ${path}:${startLine}`)
    .toSorted();
}

function reviewOf(incident: string, version: string): Promise<Report> {
  const root = join(import.meta.dirname, '../incidents', incident, 'deployment', version);
  const paths = readdirSync(root, { recursive: true, encoding: 'utf8' })
    .map((path) => join(root, path))
    .filter((path) => statSync(path).isFile());
  const files = paths.map((path) => ({
    path: relative(root, path),
    status: 'added' as const,
    after: readFileSync(path, 'utf8'),
  }));
  const change = { files, basePaths: ['alembic.ini'], projectTexts: {}, history: {}, description: '' };
  return review({ ...change, configuration: defaultConfiguration, configurationProblems: [] }, rules);
}
