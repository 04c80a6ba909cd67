/** Kubernetes manifests, Helm templates and OpenShift templates → what they say of migrations. */
import type { DatabaseWait, DeploymentFact, Place, Platform, Workload } from '../../operations/deployment.ts';
import { readScript, readWords } from './command-line.ts';
import { at, itemsOf, pairsOf, scalarsOf, spanOf, writtenOf, type Yaml } from './document.ts';
import { containerOf, podOf, scaleOf, type Pod } from './pod.ts';
import { isDatabaseImage } from './database-image.ts';
import { mayRunMigrations } from '../mentions.ts';
import { writtenPod } from './written-pod.ts';
import { waitsOf } from '../shell/waits.ts';
import { fragmentOf } from './document.ts';
import { scriptAmong } from './command-line.ts';

/** The facts of the objects of a file. */
export function readKubernetes(documents: readonly unknown[], yaml: Yaml): DeploymentFact[] {
  const objects = documents.flatMap((document) => objectsOf(document, yaml));
  const platform = platformOf(documents, objects, yaml);
  return objects.flatMap((object) => {
    const pod = podOf(object, platform, yaml);
    const scale = pod ? undefined : scaleOf(object, yaml);
    if (scale) return [{ kind: 'scales' as const, ...scale, span: spanOf(object, yaml) }];
    if (pod) return [...readPod(object, pod, yaml), ...readHooks(object, pod, yaml)];
    return writtenOf(at(object, 'kind'), yaml) === 'ConfigMap' ? readConfigMap(object, yaml) : [];
  });
}

/** True for a document that Kubernetes takes. */
export function isObject(document: unknown): boolean {
  return (
    at(document, 'kind') !== undefined &&
    (at(document, 'apiVersion') !== undefined || at(document, 'spec') !== undefined)
  );
}

/** The objects of a template or a list, or the one that stands alone. */
function objectsOf(document: unknown, yaml: Yaml): unknown[] {
  const kind = writtenOf(at(document, 'kind'), yaml);
  if (kind === 'Template') return itemsOf(at(document, 'objects'));
  return kind === 'List' ? itemsOf(at(document, 'items')) : [document];
}

function platformOf(documents: readonly unknown[], objects: readonly unknown[], yaml: Yaml): Platform {
  const kinds = [...documents, ...objects].map((each) => writtenOf(at(each, 'kind'), yaml));
  if (kinds.includes('Template') || kinds.includes('DeploymentConfig')) return 'openshift';
  if (/\bargocd\.argoproj\.io\//.test(yaml.reader.text)) return 'argo';
  return /\{\{-?\s*(?:\.|include|if|with|toYaml|template|range|\$)/.test(yaml.reader.text) ? 'helm' : 'kubernetes';
}

function readPod(object: unknown, pod: Pod, yaml: Yaml): DeploymentFact[] {
  const initial = itemsOf(at(pod.spec, 'initContainers'));
  const waited = initial.map((node) => waitOf(node, yaml)).find((wait) => wait.kind !== 'none') ?? {
    kind: 'none' as const,
  };
  const isJob = pod.kind === 'Job' || pod.kind === 'CronJob';
  const hook = hookOf(object, yaml);
  const facts: DeploymentFact[] = [];
  for (const node of initial)
    facts.push(
      ...readContainer(
        node,
        (workload) => (isJob ? jobPlace(workload, hook) : { kind: 'initContainer', workload }),
        pod,
        yaml,
      ),
    );
  for (const node of itemsOf(at(pod.spec, 'containers'))) {
    facts.push(
      ...readContainer(node, (workload) => (isJob ? jobPlace(workload, hook) : { kind: 'start', workload }), pod, yaml),
    );
    const postStart = scalarsOf(at(node, 'lifecycle', 'postStart', 'exec', 'command'));
    facts.push(...readWords(postStart, { kind: 'postStart', workload: workloadOf(pod, node, yaml) }, yaml));
    const image = writtenOf(at(node, 'image'), yaml) ?? '';
    if (isJob) continue;
    if (isDatabaseImage(image))
      facts.push({ kind: 'runDatabase', name: pod.name, span: spanOf(at(node, 'image'), yaml) });
    else facts.push({ kind: 'runContainer', workload: workloadOf(pod, node, yaml), span: spanOf(node, yaml) });
  }
  return facts.map((fact) =>
    fact.kind === 'runMigrations' && fact.wait.kind === 'none' ? { ...fact, wait: waited } : fact,
  );
}

function jobPlace(workload: Workload, hook: string | undefined): Place {
  return { kind: 'job', workload, ...(hook === undefined ? {} : { hook }) };
}

function readContainer(node: unknown, placeOf: (workload: Workload) => Place, pod: Pod, yaml: Yaml): DeploymentFact[] {
  const workload = workloadOf(pod, node, yaml);
  return readWords(wordsOf(node), placeOf(workload), yaml, workload.container.image);
}

/** `args` are given to `command`, or to the entrypoint of the image. */
function wordsOf(node: unknown): ReturnType<typeof scalarsOf> {
  return [...scalarsOf(at(node, 'command')), ...scalarsOf(at(node, 'args'))];
}

function workloadOf({ metadata, spec, ...pod }: Pod, node: unknown, yaml: Yaml): Workload {
  const waits = itemsOf(at(spec, 'initContainers')).filter((each) => each !== node && isOnlyWait(each, yaml));
  const written = writtenPod({ metadata, spec, waits }, node, yaml);
  return { ...pod, container: { ...containerOf(node, yaml), written } };
}

/** What an init container waits for, when that is all it does. */
function waitOf(node: unknown, yaml: Yaml): DatabaseWait {
  const words = wordsOf(node);
  const script = scriptAmong(words, yaml);
  const fragment = script && fragmentOf(script.node, yaml);
  if (fragment) return waitsOf(fragment, yaml.reader);
  return words.some((word) => /wait|pg_isready/.test(writtenOf(word, yaml) ?? ''))
    ? { kind: 'bounded' }
    : { kind: 'none' };
}

/** One that waits for migrations, or runs them, is nothing for what migrates itself. */
function isOnlyWait(node: unknown, yaml: Yaml): boolean {
  const texts = [at(node, 'name'), ...wordsOf(node)].map((each) => writtenOf(each, yaml) ?? '');
  return waitOf(node, yaml).kind !== 'none' && !mayRunMigrations(texts.join(' '), yaml.reader.commands);
}

/** When Helm or Argo CD runs a Job. */
function hookOf(object: unknown, yaml: Yaml): string | undefined {
  const annotations = at(object, 'metadata', 'annotations');
  return writtenOf(at(annotations, 'helm.sh/hook') ?? at(annotations, 'argocd.argoproj.io/hook'), yaml);
}

/** The lifecycle hooks of a DeploymentConfig: https://docs.redhat.com/en/documentation/openshift_container_platform/4.16/html/building_applications/deployments#deployment-strategies */
function readHooks(object: unknown, pod: Pod, yaml: Yaml): DeploymentFact[] {
  const strategy = at(object, 'spec', 'strategy');
  return ['rollingParams', 'recreateParams', 'customParams'].flatMap((parameters) =>
    ['pre', 'mid', 'post'].flatMap((phase) => {
      const hook = at(strategy, parameters, phase);
      const exec = at(hook, 'execNewPod');
      if (!exec) return [];
      const containers = itemsOf(at(pod.spec, 'containers'));
      const containerName = writtenOf(at(exec, 'containerName'), yaml);
      const container = containers.find((each) => writtenOf(at(each, 'name'), yaml) === containerName) ?? containers[0];
      const failurePolicy = writtenOf(at(hook, 'failurePolicy'), yaml);
      const place: Place = {
        kind: 'deploymentHook',
        workload: workloadOf(pod, container, yaml),
        phase,
        hook: {
          ...(failurePolicy === undefined ? {} : { failurePolicy }),
          ...(containerName === undefined ? {} : { containerName }),
          volumes: itemsOf(at(exec, 'volumes')).flatMap((volume) => writtenOf(volume, yaml) ?? []),
        },
      };
      return readWords(scalarsOf(at(exec, 'command')), place, yaml);
    }),
  );
}

/** Scripts that are mounted from a config map. */
function readConfigMap(object: unknown, yaml: Yaml): DeploymentFact[] {
  return pairsOf(at(object, 'data')).flatMap(({ key, value }) => {
    const [node] = scalarsOf(value);
    const isScript = node !== undefined && (/\.(?:sh|bash)$/.test(key) || /^#!.*sh\b/.test(String(node.value)));
    const place = (starts: boolean): Place => ({ kind: 'script', starts });
    return isScript ? readScript(node, { place, failsFast: false, pipefail: false }, yaml) : [];
  });
}
