/** What starts with every copy of a program, how many copies there are, and what to run in its place. */
import { factsOf, type Deployment, type Place, type Workload } from '../../src/operations/deployment.ts';
import type { Severity } from '../../src/operations/configuration.ts';
import { code } from '../../src/rule.ts';
import { workloadName } from './run-once.ts';

export type Start = { who: string; severity: Severity };

/** What starts a place, or undefined where that runs once. `deployments` may tell that there are several copies of a program. */
export function startOf(place: Place, deployments: readonly Deployment[]): Start | undefined {
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
    case 'code':
      return place.starts
        ? { who: 'a process of this program', severity: isDoubled(deployments) ? 'warning' : 'notice' }
        : undefined;
  }
  return undefined;
}

function startOfWorkload(workload: Workload): Start | undefined {
  const { replicas } = workload;
  if (typeof replicas === 'number' && replicas <= 1) return undefined;
  const elsewhere = workload.platform === 'helm' ? 'as many as the template is told' : 'as many as is said elsewhere';
  const many = { autoscaled: 'autoscaled', variable: elsewhere };
  const how = typeof replicas === 'number' ? `${replicas} of them` : many[replicas];
  const one = workload.platform === 'compose' ? 'a container' : 'a pod';
  return { who: `${one} of ${workloadName(workload)} (${how})`, severity: 'warning' };
}

function isDoubled(deployments: readonly Deployment[]): boolean {
  return factsOf(deployments, 'runContainer').some(({ workload }) => startOfWorkload(workload) !== undefined);
}

type Run = { place: Place; through?: string; file: Deployment };

/** A script is told where it is called, when what calls it is part of the change too: that is where the number of pods stands. A program that migrates in several lines does it once. */
export function withoutCalled<Each extends Run>(runs: readonly Each[]): Each[] {
  const called = new Set(
    runs.flatMap(({ place, through }) => (through !== undefined && startOf(place, []) ? [through] : [])),
  );
  const first = new Map<Deployment, Each>();
  for (const run of runs)
    if (run.place.kind === 'code' && run.place.starts && !first.has(run.file)) first.set(run.file, run);
  return runs
    .filter((run) => run.place.kind !== 'code' || first.get(run.file) === run)
    .filter(({ place, through, file }) => place.kind !== 'script' || through !== undefined || !called.has(file.path));
}

/** The command line that does what a call or a setting of a program does. */
export function commandFor(tool: string, command: string, place: Place): string {
  return place.kind === 'code' && /[(:]|\./.test(command) ? (commandLines.get(tool) ?? command) : command;
}

const commandLines = new Map([
  ['Rails', 'bin/rails db:migrate'],
  ['TypeORM', 'npx typeorm migration:run -d dist/data-source.js'],
  ['Knex', 'npx knex migrate:latest'],
  ['Django', 'python manage.py migrate'],
  ['Alembic', 'alembic upgrade head'],
  ['Flask-Migrate', 'flask db upgrade'],
]);
