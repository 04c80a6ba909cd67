/** Reviews the last commits of a repository that add migrations, each as the pull request that it might have been, and counts. */
import { execFileSync } from 'node:child_process';
import { parseArgs } from 'node:util';
import { reviewHost } from '../src/cli/review-host.ts';
import { wants } from '../src/frontends/index.ts';
import { gitHost } from '../src/git/git-host.ts';
import type { Report } from '../src/report.ts';
import { renderText } from '../src/render/text.ts';

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { commits: { type: 'string', default: '50' }, show: { type: 'boolean', default: false } },
});

for (const repository of positionals) {
  const reports: Report[] = [];
  for (const commit of commitsThatMayAddMigrations(repository)) {
    if (reports.length === Number(values.commits)) break;
    const report = await reviewHost(gitHost({ repository, base: `${commit}~1`, head: commit }), undefined);
    if (report.migrations.length === 0) continue;
    reports.push(report);
    if (values.show) console.log(`\n=== ${commit} ${repository}\n${renderText(report, false)}`);
  }
  console.log(summary(repository, reports));
}

/** The newest first: commits that add a file which a frontend might read; the first one of a history has nothing to be compared with. */
function commitsThatMayAddMigrations(repository: string): string[] {
  const log = git(repository, [
    'log',
    '--no-merges',
    '--min-parents=1',
    '--no-renames',
    '--diff-filter=A',
    '--name-only',
    '--format=%x00%H',
    '-n',
    '6000',
  ]);
  return log.split('\0').flatMap((entry) => {
    const [commit, ...paths] = entry.split('\n').filter((line) => line !== '');
    return commit !== undefined && paths.some((path) => wants(path)) ? [commit] : [];
  });
}

function git(repository: string, words: string[]): string {
  return execFileSync('git', ['-C', repository, ...words], { encoding: 'utf8', maxBuffer: 1 << 28 });
}

function summary(repository: string, reports: readonly Report[]): string {
  const migrations = reports.flatMap((report) => report.migrations);
  const findings = reports.flatMap((report) => report.findings);
  const of = (severity: string) => findings.filter((finding) => finding.severity === severity).length;
  const head = git(repository, ['rev-parse', '--short', 'HEAD']).trim();
  const statements = migrations.reduce((sum, migration) => sum + migration.statements, 0);
  const opaque = migrations.reduce((sum, migration) => sum + migration.opaque, 0);
  const blocked = reports.filter((report) => report.verdict === 'blocked').length;
  return [
    `${repository} at ${head}: ${reports.length} commits, ${migrations.length} migrations, ${statements} statements, ${opaque} opaque,`,
    `${of('error')} errors, ${of('warning')} warnings, ${of('notice')} notices; ${blocked} of ${reports.length} blocked`,
  ].join(' ');
}
