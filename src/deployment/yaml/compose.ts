/** Compose files → what they say of migrations. */
import type { DeploymentFact, MigrationRun, Place, Workload } from '../../operations/deployment.ts';
import { readScript, readWords } from './command-line.ts';
import { at, isMapping, itemsOf, numberOf, pairsOf, scalarsOf, spanOf, writtenOf, type Yaml } from './document.ts';
import { isDatabaseImage } from './database-image.ts';
import { writtenService } from './written-pod.ts';
import { mergeIn } from './merged.ts';

/** True for a document that Compose takes. */
export function isCompose(document: unknown): boolean {
  return isMapping(at(document, 'services'));
}

/** The facts of the services. */
export function readCompose(document: unknown, yaml: Yaml): DeploymentFact[] {
  const merge = mergeIn(document);
  const services = pairsOf(at(document, 'services')).map((each) => ({ ...each, value: merge(each.value) }));
  const completing = new Set(services.flatMap(({ value }) => completed(value, yaml)));
  const databases = new Set(
    services.filter(({ value }) => isDatabaseImage(writtenOf(at(value, 'image'), yaml) ?? '')).map(({ key }) => key),
  );
  const facts = services.flatMap(({ key, keyNode, value }) => {
    if (databases.has(key)) return [{ kind: 'runDatabase' as const, name: key, span: spanOf(keyNode, yaml) }];
    const workload = workloadOf(key, value, databases, yaml);
    if (waitsThrough(key, services, databases, yaml, new Set())) workload.startsAfter.push(healthy);
    return readService(value, workload, completing.has(key), yaml);
  });
  return withoutShared(facts);
}

/** What several services take from one anchor is said once. */
function withoutShared(facts: readonly DeploymentFact[]): DeploymentFact[] {
  const seen = new Set<string>();
  return facts.filter(({ kind, span }) => {
    const key = `${kind} ${span.startLine}:${span.startColumn}`;
    const isNew = !seen.has(key);
    seen.add(key);
    return isNew;
  });
}

/** A service also waits for what those wait for that it waits for, as long as they are healthy or have ended. */
function waitsThrough(
  name: string,
  services: ReturnType<typeof pairsOf>,
  databases: ReadonlySet<string>,
  yaml: Yaml,
  seen: Set<string>,
): boolean {
  const service = services.find(({ key }) => key === name)?.value;
  if (service === undefined || seen.has(name)) return false;
  seen.add(name);
  return pairsOf(at(service, 'depends_on')).some(({ key, value }) => {
    const condition = writtenOf(at(value, 'condition'), yaml);
    if (condition === 'service_healthy' && databases.has(key)) return true;
    const waits = condition === 'service_healthy' || condition === 'service_completed_successfully';
    return waits && waitsThrough(key, services, databases, yaml, seen);
  });
}

function readService(service: unknown, workload: Workload, completes: boolean, yaml: Yaml): DeploymentFact[] {
  const place: Place = { kind: completes ? 'job' : 'start', workload };
  const [entrypoint, command] = [at(service, 'entrypoint'), at(service, 'command')];
  const words = [...scalarsOf(entrypoint), ...scalarsOf(command)];
  const [only] = words;
  const facts =
    words.length === 1 && only && !itemsOf(command).length
      ? readScript(only, { place, failsFast: false, pipefail: false }, yaml)
      : [];
  const given = facts.length > 0 ? facts : readWords(words, place, yaml, workload.container.image);
  const waits = workload.startsAfter.includes(healthy);
  return given.map((fact) => {
    if (fact.kind !== 'runMigrations') return fact;
    const asJob = isAlone(words, fact) ? { ...fact, place: { kind: 'job' as const, workload } } : fact;
    return waits && asJob.wait.kind === 'none' ? { ...asJob, wait: { kind: 'bounded' as const } } : asJob;
  });
}

/** A service that migrates and does nothing else ends by itself. */
function isAlone(words: ReturnType<typeof scalarsOf>, { command, through }: MigrationRun): boolean {
  if (through !== undefined) return false;
  const given = words.map((word) => String(word.value)).join(' ');
  const plain = given.replace(/\s+/g, ' ').trim().replace(/["']$/, '').trim();
  return command.endsWith(plain) || plain.endsWith(command);
}

const healthy = 'a healthy database';

function workloadOf(name: string, service: unknown, databases: ReadonlySet<string>, yaml: Yaml): Workload {
  const image = writtenOf(at(service, 'image'), yaml);
  const restart = writtenOf(at(service, 'restart'), yaml) ?? 'no';
  const after = pairsOf(at(service, 'depends_on'));
  const names = [
    ...after.map(({ key }) => key),
    ...itemsOf(at(service, 'depends_on')).flatMap((item) => writtenOf(item, yaml) ?? []),
  ];
  const waits = after.some(
    ({ key, value }) => databases.has(key) && writtenOf(at(value, 'condition'), yaml) === 'service_healthy',
  );
  return {
    platform: 'compose',
    kind: 'service',
    name,
    replicas: numberOf(at(service, 'deploy', 'replicas') ?? at(service, 'scale'), yaml) ?? 1,
    container: {
      name,
      ...(image === undefined ? {} : { image }),
      env: pairsOf(at(service, 'environment')).map(({ key }) => key),
      envFrom: scalarsOf(at(service, 'env_file')).map((file) => String(file.value)),
      mounts: [],
      written: writtenService(service, yaml),
    },
    repeats: restart !== 'no' && restart !== 'false',
    hasDeadline: false,
    startsAfter: [...names.filter((each) => databases.has(each)), ...(waits ? [healthy] : [])],
  };
}

/** The services that have to end well before this one starts. */
function completed(service: unknown, yaml: Yaml): string[] {
  return pairsOf(at(service, 'depends_on'))
    .filter(({ value }) => writtenOf(at(value, 'condition'), yaml) === 'service_completed_successfully')
    .map(({ key }) => key);
}
