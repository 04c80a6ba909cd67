import { expect, test } from 'vitest';
import { rules } from '../../rules/index.ts';
import { defaultConfiguration, type Configuration } from '../../src/operations/configuration.ts';
import type { ChangedFile } from '../../src/operations/change.ts';
import { reviewCheck, signOffCheck } from '../../src/render/checks.ts';
import { renderComment } from '../../src/render/comment.ts';
import type { Report } from '../../src/report.ts';
import { review } from '../../src/review/review.ts';
import { standing } from '../../src/signoff/standing.ts';
import { signOff, view } from '../render/builders.ts';

const swallowing = '#!/bin/sh\nset -e\nalembic upgrade head || true\nexec serve\n';
const stopping = '#!/bin/sh\nset -e\nalembic upgrade head\n';

test('a change of scripts alone keeps its labels, blocks on an error, and says so everywhere', async () => {
  const report = await reviewOf([added('docker-entrypoint.sh', swallowing)]);
  expect(report).toMatchObject({ labels: [], migrations: [], checklist: [], verdict: 'blocked' });
  expect(reviewCheck(report, signOff())).toMatchObject({
    conclusion: 'failure',
    title: 'Blocked: 1 error in 1 file',
    annotations: [
      { path: 'docker-entrypoint.sh', startLine: 3, level: 'failure' },
      { path: 'docker-entrypoint.sh', startLine: 3, level: 'notice' },
    ],
  });
  expect(signOffCheck(report, signOff()).conclusion).toBe('action_required');
  const comment = renderComment(report, signOff(), view);
  expect(comment).toContain('swallowed-migration-error');
  expect(comment).toContain('<summary>Correction</summary>');
});

test('an error in a script can be overridden for what the script says', async () => {
  const report = await reviewOf([added('scripts/deploy.sh', swallowing)]);
  const digest = report.findings[0]?.digest ?? '';
  const override = {
    rule: 'swallowed-migration-error',
    path: 'scripts/deploy.sh',
    login: 'grace',
    reason: 'r',
    at: '',
  };
  expect(standing(report, signOff({ overrides: [{ ...override, digest }] })).verdict).toBe('clear');
  const other = await reviewOf([added('scripts/deploy.sh', swallowing.replace('|| true', '|| :'))]);
  expect(standing(other, signOff({ overrides: [{ ...override, digest }] })).verdict).toBe('blocked');
});

test('what a file said before is not said again, wherever it has moved to', async () => {
  const moved = swallowing.replace('set -e\n', 'set -e\n\necho "starting"\n');
  const modified = { path: 'docker-entrypoint.sh', status: 'modified' as const, before: swallowing, after: moved };
  expect((await reviewOf([modified])).findings).toEqual([]);
  const worse = { ...modified, before: stopping };
  expect((await reviewOf([worse])).findings.map(({ rule }) => rule)).toContain('swallowed-migration-error');
});

test('a second pod makes an old command a race', async () => {
  const manifest = (replicas: number) =>
    `kind: Deployment\napiVersion: apps/v1\nmetadata: { name: web }\nspec:\n  replicas: ${replicas}\n  template:\n    spec:\n      containers:\n        - { name: web, command: [sh, -c, "alembic upgrade head && serve"] }\n`;
  const change = { path: 'k8s/web.yaml', status: 'modified' as const, before: manifest(1), after: manifest(2) };
  expect((await reviewOf([change])).findings).toMatchObject([{ rule: 'migration-at-start', startLine: 9 }]);
});

test('in a file for development it is a notice, in an ignored one nothing', async () => {
  const text = 'services:\n  web:\n    command: sh -c "alembic upgrade head || true; serve"\n';
  const report = await reviewOf([added('docker-compose.override.yml', text)]);
  expect(report.findings.map(({ severity }) => severity)).toEqual(['notice']);
  const ignored = { ...defaultConfiguration, paths: [{ path: 'vendored/**', ignore: true as const }] };
  expect((await reviewOf([added('vendored/compose.yml', text)], ignored)).findings).toEqual([]);
});

test('a manifest that cannot be read keeps the review from being green', async () => {
  const report = await reviewOf([added('k8s/web.yaml', 'a: [alembic upgrade head\nb: }')]);
  expect(report.opaque).toEqual([{ path: 'k8s/web.yaml', startLine: 2, reason: 'it is not YAML' }]);
  expect(reviewCheck(report, signOff()).conclusion).toBe('neutral');
});

test('every corrected manifest is one that no rule has anything to say of', async () => {
  const text = (command: string) =>
    `kind: Deployment\napiVersion: apps/v1\nmetadata: { name: '{{ .Values.name }}' }\nspec:\n  replicas: 3\n  template:\n    spec:\n      containers:\n        - name: web\n          image: 'shop:7'\n          env: [{ name: DATABASE_URL }]\n          ${command}\n`;
  const commands = [
    'command: [alembic, upgrade, head]',
    'lifecycle: { postStart: { exec: { command: [sh, -c, "cd /a && rails db:migrate"] } } }',
    'args: [sh, -c, "waiverdb db upgrade && \\"serve\\""]',
  ];
  for (const command of commands) {
    const { findings } = await reviewOf([added('k8s/web.yaml', text(command))]);
    expect(findings).toHaveLength(1);
    const corrected = /```yaml\n([^]*?)```/.exec(findings[0]?.advice ?? '')?.[1] ?? '';
    expect(corrected).toContain('kind: Job');
    const after = await reviewOf([added('k8s/migrate.yaml', corrected)]);
    expect([...after.findings, ...after.opaque]).toEqual([]);
  }
});

function added(path: string, after: string): ChangedFile {
  return { path, status: 'added', after };
}

function reviewOf(files: ChangedFile[], configuration: Configuration = defaultConfiguration): Promise<Report> {
  const nothing = { basePaths: ['alembic.ini'], projectTexts: {}, history: {}, description: '' };
  return review({ files, ...nothing, configuration, configurationProblems: [] }, rules);
}
