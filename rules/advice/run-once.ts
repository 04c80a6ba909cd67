/** Corrections that run a migration once, before the new release: each in the words of the platform at hand. */
import type { DatabaseWait, HostingPlatform, Place, Workload } from '../../src/operations/deployment.ts';
import { code } from '../../src/rule.ts';
import { fence } from '../../src/writers/fence.ts';
import { composeFence, jobFence, scalar } from './job-manifest.ts';

/** A run of migrations, as far as its correction asks. */
type Run = { command: string; place: Place; wait: DatabaseWait; through?: string | undefined };

/** What to do instead, with a manifest that holds the team's own names, its command and all that its container is given. */
export function runOnce({ command: told, place, wait, through }: Run): string {
  const command = onPath(told, through);
  switch (place.kind) {
    case 'postStart':
    case 'start':
    case 'initContainer':
    case 'job':
    case 'deploymentHook':
      return onPlatform(command, place.workload, wait);
    case 'process':
    case 'release':
      if (place.kind === 'process' && place.on) return `${hosts[place.on]}\n\n${hostFence(command, place.on)}`;
      return `Heroku and its like run the \`release\` process once, before the new release starts, and keep the old one when it fails:\n\n${fence('', [`release: ${command}`])}`;
    default:
      return `${place.kind === 'build' ? 'Run the migration once, before the new release starts' : 'Start the server alone, and run the migration once before it'}: as a Job (below), a Helm \`pre-upgrade\` hook, an Argo CD \`PreSync\` hook, a \`release\` process on Heroku, or on Fly:\n\n${fence('toml', ['[deploy]', `  release_command = ${JSON.stringify(command)}`])}\n\n${jobFence(command, unnamed, wait)}`;
  }
}

/** What a script of a package.json finds by its name, a shell finds through npx. */
function onPath(command: string, through: string | undefined): string {
  const isOwn = through !== undefined && /(?:^|\/)package\.json$/.test(through);
  return isOwn && !/^(?:npx|node|npm|yarn|pnpm|pnpx|bun|bunx)\s/.test(command) ? `npx ${command}` : command;
}

const hosts: Record<HostingPlatform, string> = {
  'heroku.yml': 'Heroku runs `release` once, before the new release starts, and keeps the old one when it fails:',
  fly: 'Fly.io runs `release_command` once in a machine of its own, before the others are replaced, and stops the deployment when it fails:',
  render:
    'Render runs `preDeployCommand` once, before the new instances start, and stops the deployment when it fails:',
  railway: 'Railway runs `preDeployCommand` once, between build and start, and stops the deployment when it fails:',
};

function hostFence(command: string, host: HostingPlatform): string {
  const quoted = JSON.stringify(command);
  switch (host) {
    case 'heroku.yml':
      return fence('yaml', ['release:', '  image: web', '  command:', `    - ${quoted}`]);
    case 'fly':
      return fence('toml', ['[deploy]', `  release_command = ${quoted}`]);
    case 'render':
      return fence('yaml', ['services:', '  - type: web', `    preDeployCommand: ${quoted}`]);
    case 'railway':
      return fence('toml', ['[deploy]', `preDeployCommand = ${quoted}`]);
  }
}

/** Quotes a command in a message, with the file that holds it where that is another one. */
export function quoteRun({ command, through }: { command: string; through?: string | undefined }): string {
  return through === undefined ? code(command) : `${code(command)} (in ${code(through)})`;
}

/** Names a workload in a sentence: Deployment `web`. */
export function workloadName({ kind, name }: Workload): string {
  return name === '' ? `the ${kind}` : `${kind} ${code(name)}`;
}

/** What stands in front of a hook's command so that it waits, with a deadline. */
export const waitAdvice =
  'Put a wait with a deadline before it, such as `timeout 120 sh -c \'until pg_isready -h "$DATABASE_HOST"; do sleep 2; done\' &&`.';

const unnamed: Workload = {
  platform: 'kubernetes',
  kind: 'Deployment',
  name: 'app',
  replicas: 1,
  container: { name: 'app', env: [], envFrom: [], mounts: [] },
  repeats: true,
  hasDeadline: false,
  startsAfter: [],
};

function onPlatform(command: string, workload: Workload, wait: DatabaseWait): string {
  if (workload.platform === 'openshift')
    return `Run it in a hook of the deployment: one pod of the new image, before the others, with its output kept; when it fails the old version stays. ${waitAdvice}\n\n${hookFence(command, workload)}`;
  if (workload.platform === 'compose')
    return `Give it a service of its own that ends, and let the others wait for it:\n\n${composeFence(command, workload)}`;
  const how =
    workload.platform === 'helm'
      ? 'Run it in a Job that Helm starts before the upgrade and waits for; when it fails, the upgrade does:'
      : workload.platform === 'argo'
        ? 'Run it in a Job that Argo CD starts before it syncs the rest; when it fails, the sync does:'
        : 'Run it in a Job, applied and waited for (`kubectl wait --for=condition=complete`) before the rest; with Argo CD annotate it with `argocd.argoproj.io/hook: PreSync`:';
  return `${how}\n\n${jobFence(command, workload, wait)}${givenFirst(workload)}`;
}

function hookFence(command: string, { name, container, recreates }: Workload): string {
  return fence('yaml', [
    'kind: DeploymentConfig',
    'metadata:',
    `  name: ${scalar(name)}`,
    'spec:',
    '  strategy:',
    `    type: ${recreates ? 'Recreate' : 'Rolling'}`,
    `    ${recreates ? 'recreateParams' : 'rollingParams'}:`,
    '      pre:',
    '        failurePolicy: Abort',
    '        execNewPod:',
    `          containerName: ${scalar(container.name)}`,
    `          command: [sh, -c, ${JSON.stringify(command)}]`,
    ...(container.mounts.length > 0 ? [`          volumes: [${container.mounts.map(scalar).join(', ')}]`] : []),
  ]);
}

/** What the hook takes has to be there before it, also at the first time. */
function givenFirst({ platform, container }: Workload): string {
  const needs =
    container.envFrom.length + container.mounts.length > 0 ||
    /secretKeyRef|configMapKeyRef/.test(JSON.stringify(container.written ?? ''));
  if (!needs || (platform !== 'helm' && platform !== 'argo')) return '';
  return platform === 'helm'
    ? '\n\nWhere the chart itself makes the config maps and secrets that are named here, give them the same `helm.sh/hook` and `helm.sh/hook-weight: "-5"`: at the first install hooks run before everything else.'
    : '\n\nWhere config maps and secrets that are named here are synced along, make them `PreSync` hooks of an earlier `argocd.argoproj.io/sync-wave`: at the first sync hooks run before everything else.';
}
