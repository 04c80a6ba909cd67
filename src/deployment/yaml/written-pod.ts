/** What a container of a pod is given, as its manifest writes it: another pod that runs the same program needs it too. */
import type { WrittenKey, WrittenPod } from '../../operations/deployment.ts';
import { at, itemsOf, pairsOf, writtenOf, type Yaml } from './document.ts';
import { isReadable, onlyNamed, writtenItem, writtenKeys } from './written.ts';

const ofContainer = ['image', 'imagePullPolicy', 'workingDir', 'envFrom', 'env', 'volumeMounts', 'resources'];
const ofPod = ['serviceAccountName', 'serviceAccount', 'imagePullSecrets', 'securityContext'];

/** Of `metadata` the namespace, of the pod what lets it start, of the container what the program finds; `waits` are init containers that only wait. */
export function writtenPod(
  { metadata, spec, waits }: { metadata: unknown; spec: unknown; waits: readonly unknown[] },
  container: unknown,
  yaml: Yaml,
): WrittenPod {
  const keys = writtenKeys(container, [...ofContainer, 'securityContext'], yaml).map((key) =>
    key.key === 'env' ? withoutSecrets(key, at(container, 'env'), yaml) : key,
  );
  const [volumes] = writtenKeys(spec, ['volumes'], yaml);
  const [waiting] = waits.flatMap((each) => writtenItem('initContainers', each, yaml));
  return {
    metadata: writtenKeys(metadata, ['namespace'], yaml),
    pod: [
      ...writtenKeys(spec, ofPod, yaml),
      ...(waiting ? [waiting] : []),
      ...(volumes ? mounted(volumes, spec, container, yaml) : []),
    ],
    container: keys.flatMap((key) =>
      key.key === 'volumeMounts' ? standing(key, spec, container, volumes, yaml) : [key],
    ),
  };
}

/** The volumes that the container mounts. */
function mounted(volumes: WrittenKey, spec: unknown, container: unknown, yaml: Yaml): WrittenKey[] {
  const mounts = at(container, 'volumeMounts');
  const [written] = writtenKeys(container, ['volumeMounts'], yaml);
  if (!written) return [];
  return isReadable(written, mounts) ? onlyNamed(volumes, at(spec, 'volumes'), namesIn(mounts, yaml), yaml) : [volumes];
}

/** Without the claims that a StatefulSet makes for each of its pods. */
function standing(
  mounts: WrittenKey,
  spec: unknown,
  container: unknown,
  volumes: WrittenKey | undefined,
  yaml: Yaml,
): WrittenKey[] {
  const list = at(spec, 'volumes');
  if (volumes && !isReadable(volumes, list)) return [mounts];
  return onlyNamed(mounts, at(container, 'volumeMounts'), namesIn(list, yaml), yaml);
}

function namesIn(list: unknown, yaml: Yaml): string[] {
  return itemsOf(list).flatMap((item) => writtenOf(at(item, 'name'), yaml) ?? []);
}

function withoutSecrets(env: WrittenKey, list: unknown, yaml: Yaml): WrittenKey {
  const pairs = itemsOf(list).map((item) => ({
    key: writtenOf(at(item, 'name'), yaml) ?? '',
    value: at(item, 'value'),
  }));
  return hiding(pairs, env, yaml);
}

/** A secret that stands in the manifest itself is not said again. */
function hiding(pairs: readonly { key: string; value: unknown }[], written: WrittenKey, yaml: Yaml): WrittenKey {
  const secrets = pairs.flatMap(({ key, value }) => {
    const text = namesSecret.test(key) ? (writtenOf(value, yaml) ?? '') : '';
    return text.length > 1 && !/\{\{|^\$/.test(text) ? [text] : [];
  });
  const hide = (line: string) => secrets.reduce((left, secret) => left.replaceAll(secret, '…'), line);
  return secrets.length === 0 ? written : { ...written, lines: written.lines.map(hide) };
}

const namesSecret = /PASS|SECRET|TOKEN|API_?KEY|PRIVATE|CREDENTIAL/i;

/** What a service of Compose is given. */
export function writtenService(service: unknown, yaml: Yaml): WrittenPod {
  const names = ['image', 'build', 'env_file', 'environment', 'volumes', 'networks', 'depends_on'];
  const environment = pairsOf(at(service, 'environment'));
  const container = writtenKeys(service, names, yaml).map((key) => hiding(environment, key, yaml));
  return { metadata: [], pod: [], container };
}
