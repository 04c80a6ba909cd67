import { factsOf, type DeploymentHook, type Workload } from '../src/operations/deployment.ts';
import { code, codes, type Rule } from '../src/rule.ts';
import { jobFence } from './advice/job-manifest.ts';
import { runOnce, workloadName } from './advice/run-once.ts';

/** A hook that runs migrations without what the container has that it stands for. */
export const incompleteDeploymentHook: Rule = {
  id: 'incomplete-deployment-hook',
  title: 'A deployment hook lacks what its command needs',
  severity: 'warning',
  concerns: 'process',
  check: {
    change: ({ deployments }) => [
      ...factsOf(deployments, 'runMigrations').flatMap(({ place, command, wait, span }) => {
        if (place.kind !== 'deploymentHook') return [];
        const lacks = lackOf(place.hook, place.workload);
        if (!lacks) return [];
        return [
          {
            span,
            message: `${code(command)} runs in a pod of its own, and ${lacks}`,
            advice: runOnce({ command, place, wait }),
          },
        ];
      }),
      ...factsOf(deployments, 'runMigrations').flatMap(({ place, command, wait, span }) => {
        if (place.kind !== 'job' || place.workload.platform === 'compose') return [];
        const serving = factsOf(deployments, 'runContainer').map((fact) => fact.workload);
        const like = serving.find((workload) => isLike(workload, place.workload));
        const lacking = like ? lackingIn(place.workload, like) : [];
        if (!like || lacking.length === 0) return [];
        const names = codes(lacking);
        return [
          {
            span,
            message: `${code(command)} runs in ${workloadName(place.workload)} without ${names}. ${workloadName(like)} runs the same image with all of it; a connection that is configured there is missing here.`,
            advice: `Give the Job what ${workloadName(like)} has:\n\n${jobFence(command, like, wait, place.workload.name)}`,
          },
        ];
      }),
    ],
  },
};

/** A lifecycle hook takes image and environment from the container that it names, and mounts only the volumes that it lists. */
function lackOf({ containerName, volumes }: DeploymentHook, workload: Workload): string | undefined {
  const { name, mounts } = workload.container;
  if (containerName !== undefined && containerName !== name)
    return `there is no container ${code(containerName)} in ${workloadName(workload)} to take its image from.`;
  if (workload.container.image === undefined)
    return `container ${code(name)} names no image here: unless an ImageChange trigger has set one before, the pod never starts.`;
  const missing = mounts.filter((mount) => !volumes.includes(mount));
  if (missing.length === 0) return undefined;
  return `only the volumes that the hook lists are mounted there: without ${codes(missing)} it finds no configuration that container ${code(name)} has.`;
}

function isLike(other: Workload, job: Workload): boolean {
  return other.container.image !== undefined && other.container.image === job.container.image;
}

/** Only a Job that is given nothing at all is known to lack something: one that takes less may need no more. */
function lackingIn({ container }: Workload, like: Workload): string[] {
  const given = [...container.env, ...container.envFrom, ...container.mounts];
  return given.length > 0 ? [] : [...like.container.env, ...like.container.envFrom, ...like.container.mounts];
}
