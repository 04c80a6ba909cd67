import { factsOf, type Deployment, type Place, type Workload } from '../src/operations/deployment.ts';
import { takesLock } from '../src/operations/facts/migration-locks.ts';
import type { Severity } from '../src/operations/configuration.ts';
import { code, type Rule } from '../src/rule.ts';
import { quoteRun, runOnce, workloadName } from './advice/run-once.ts';

/** A migration command that every copy of a program runs when it starts. */
export const migrationAtStart: Rule = {
  id: 'migration-at-start',
  title: 'Every copy of a program migrates when it starts',
  severity: 'warning',
  concerns: 'process',
  check: {
    change: ({ deployments }) =>
      withoutCalled(factsOf(deployments, 'runMigrations')).flatMap(({ place, command, through, tool, wait, span }) => {
        const start = startOf(place);
        if (!start) return [];
        const severity = takesLock(tool) ? 'notice' : start.severity;
        return [
          {
            span,
            severity,
            message: `${quoteRun({ command, through })} runs whenever ${start.who} starts. ${togetherOf(tool)}`,
            advice: runOnce({ command, place, wait }),
          },
        ];
      }),
  },
};

type Run = { place: Place; through?: string; file: Deployment };

/** A script is told where it is called, when what calls it is part of the change too: that is where the number of pods stands. */
function withoutCalled<Each extends Run>(runs: readonly Each[]): Each[] {
  const called = new Set(
    runs.flatMap(({ place, through }) => (through !== undefined && startOf(place) ? [through] : [])),
  );
  return runs.filter(
    ({ place, through, file }) => place.kind !== 'script' || through !== undefined || !called.has(file.path),
  );
}

type Start = { who: string; severity: Severity };

function startOf(place: Place): Start | undefined {
  switch (place.kind) {
    case 'start':
    case 'initContainer':
      return startOfWorkload(place.workload);
    case 'process':
      return {
        who: `${place.on && place.on !== 'heroku.yml' ? 'an instance' : 'a dyno'} of ${code(place.name)}`,
        severity: 'warning',
      };
    case 'image':
      return { who: 'a container of this image', severity: 'notice' };
    case 'script':
      return place.starts ? { who: 'a container with this script', severity: 'notice' } : undefined;
  }
  return undefined;
}

function startOfWorkload(workload: Workload): Start | undefined {
  const { replicas } = workload;
  if (typeof replicas === 'number' && replicas <= 1) return undefined;
  const elsewhere = workload.platform === 'helm' ? 'as many as the template is told' : 'as many as is said elsewhere';
  const many = { autoscaled: 'autoscaled', variable: elsewhere };
  const how = typeof replicas === 'number' ? `${replicas} of them` : many[replicas];
  return { who: `a pod of ${workloadName(workload)} (${how})`, severity: 'warning' };
}

function togetherOf(tool: string): string {
  const rest =
    'A failed migration leaves every one of them restarting, and an old and a new version at work meanwhile.';
  const lock = takesLock(tool);
  if (lock) return `${tool} lets one of them in and the others wait, as long as the migration takes. ${rest}`;
  if (lock === false) return `${tool} takes no lock: two that start together run the same migration twice. ${rest}`;
  return `Unless the tool takes a lock, two that start together run the same migration twice. ${rest}`;
}
