/** Containers and their pods, as rules ask about them. */
import type { Container, Platform, Workload } from '../../operations/deployment.ts';
import { at, isMapping, itemsOf, numberOf, writtenOf, type Yaml } from './document.ts';

/** A workload without its container. */
export type Pod = Omit<Workload, 'container'> & { metadata: unknown; spec: unknown };

/** What an object runs, or undefined where it runs nothing. */
export function podOf(object: unknown, platform: Platform, yaml: Yaml): Pod | undefined {
  const kind = writtenOf(at(object, 'kind'), yaml) ?? '';
  const outer = at(object, 'spec');
  const inner = kind === 'CronJob' ? at(outer, 'jobTemplate', 'spec') : outer;
  const spec = kind === 'Pod' ? outer : at(inner, 'template', 'spec');
  if (!spec || (at(spec, 'containers') ?? at(spec, 'initContainers')) === undefined) return undefined;
  const name = writtenOf(at(object, 'metadata', 'name'), yaml) ?? '';
  const isJob = kind === 'Job' || kind === 'CronJob' || writtenOf(at(spec, 'restartPolicy'), yaml) === 'Never';
  const deadline = at(inner, 'activeDeadlineSeconds') ?? at(spec, 'activeDeadlineSeconds');
  return {
    platform,
    kind: isJob && kind !== 'CronJob' ? 'Job' : kind,
    name,
    replicas: replicasOf(kind, outer, yaml),
    repeats: !isJob || numberOf(at(inner, 'backoffLimit'), yaml) !== 0,
    hasDeadline: deadline !== undefined,
    startsAfter: [],
    ...(/^Recreate$/.test(writtenOf(at(outer, 'strategy', 'type'), yaml) ?? '') ? { recreates: true as const } : {}),
    metadata: at(object, 'metadata'),
    spec,
  };
}

/** A container of a pod. */
export function containerOf(node: unknown, yaml: Yaml): Container {
  const image = writtenOf(at(node, 'image'), yaml);
  const killer = killerOf(node, yaml);
  return {
    name: writtenOf(at(node, 'name'), yaml) ?? '',
    ...(image === undefined || image.trim() === '' ? {} : { image }),
    env: itemsOf(at(node, 'env')).flatMap((item) => writtenOf(at(item, 'name'), yaml) ?? []),
    envFrom: itemsOf(at(node, 'envFrom')).flatMap(
      (item) => writtenOf(at(item, 'secretRef', 'name') ?? at(item, 'configMapRef', 'name'), yaml) ?? [],
    ),
    mounts: itemsOf(at(node, 'volumeMounts')).flatMap((item) => writtenOf(at(item, 'name'), yaml) ?? []),
    ...(killer ? { killer } : {}),
  };
}

/** What an object says of the number of another one's pods: an autoscaler, or a patch of nothing but the number. */
export function scaleOf(object: unknown, yaml: Yaml): { name: string; replicas: Workload['replicas'] } | undefined {
  const kind = writtenOf(at(object, 'kind'), yaml) ?? '';
  const spec = at(object, 'spec');
  if (/^(?:HorizontalPodAutoscaler|ScaledObject)$/.test(kind)) {
    const name = writtenOf(at(spec, 'scaleTargetRef', 'name'), yaml);
    const most = numberOf(at(spec, 'maxReplicas') ?? at(spec, 'maxReplicaCount'), yaml) ?? 2;
    return name === undefined || most === 1 ? undefined : { name, replicas: 'autoscaled' };
  }
  const [name, replicas] = [writtenOf(at(object, 'metadata', 'name'), yaml), numberOf(at(spec, 'replicas'), yaml)];
  const isNumber = /^(?:Deployment|StatefulSet|Rollout)$/.test(kind) && at(spec, 'template') === undefined;
  return isNumber && name !== undefined && replicas !== undefined ? { name, replicas } : undefined;
}

/** Kubernetes starts one pod where nothing is said, and one on each node for a DaemonSet. */
function replicasOf(kind: string, spec: unknown, yaml: Yaml): Workload['replicas'] {
  if (kind === 'DaemonSet') return 'variable';
  return numberOf(at(spec, 'replicas'), yaml) ?? (isPatch(spec, yaml) ? 'variable' : 1);
}

/** A patch says nothing of what it leaves as it is; a whole object has a selector. */
function isPatch(spec: unknown, { reader, isPatch: inside }: Yaml): boolean {
  const isNamed = /(?:^|[/._-])(?:overlays?|patch(?:es)?|components)(?=[/._-])/i.test(reader.path);
  return at(spec, 'selector') === undefined && (inside === true || isNamed);
}

/** How long a container may take to answer: https://kubernetes.io/docs/concepts/configuration/liveness-readiness-startup-probes/, with the defaults of the API. */
function killerOf(node: unknown, yaml: Yaml): Container['killer'] {
  const probe = (['startupProbe', 'livenessProbe'] as const).find((name) => isMapping(at(node, name)));
  if (!probe) return undefined;
  const [delay, period, failures] = [
    numberOf(at(node, probe, 'initialDelaySeconds'), yaml) ?? 0,
    numberOf(at(node, probe, 'periodSeconds'), yaml) ?? 10,
    numberOf(at(node, probe, 'failureThreshold'), yaml) ?? 3,
  ];
  if (delay === 'variable' || period === 'variable' || failures === 'variable') return undefined;
  return { probe, seconds: delay + period * failures };
}
