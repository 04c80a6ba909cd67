/** GitHub workflows → what they say of migrations. */
import type { DeploymentFact, OnError } from '../../operations/deployment.ts';
import { readScript } from './command-line.ts';
import { deployedAnyway } from './deployed-anyway.ts';
import { at, itemsOf, pairOf, pairsOf, scalarsOf, spanOf, writtenOf, type Yaml } from './document.ts';

/** True for a workflow. */
export function isWorkflow(document: unknown): boolean {
  return at(document, 'jobs') !== undefined;
}

/** True for a composite action. */
export function isComposite(document: unknown): boolean {
  return at(document, 'runs', 'steps') !== undefined;
}

/** The facts of its steps: which job runs them is not known, so that its own name tells whether it deploys. */
export function readComposite(document: unknown, yaml: Yaml): DeploymentFact[] {
  const named = `${writtenOf(at(document, 'name'), yaml) ?? ''} ${yaml.reader.path}`;
  const deploys = /deploy|release|prod|staging/i.test(named);
  return itemsOf(at(document, 'runs', 'steps')).flatMap((step) => readStep(step, undefined, undefined, deploys, yaml));
}

/** The facts of the steps of every job. */
export function readWorkflow(document: unknown, yaml: Yaml): DeploymentFact[] {
  const named = `${writtenOf(at(document, 'name'), yaml) ?? ''} ${yaml.reader.path.split('/').at(-1)}`;
  return pairsOf(at(document, 'jobs')).flatMap(({ key, value: job }) => {
    const title = `${key} ${writtenOf(at(job, 'name'), yaml) ?? ''} ${named}`;
    const deploys =
      at(job, 'environment') !== undefined || (/deploy|release|prod|staging/i.test(title) && !hasDatabase(job));
    return itemsOf(at(job, 'steps')).flatMap((step) => readStep(step, job, document, deploys, yaml));
  });
}

/** A job that brings a database along is a test. */
function hasDatabase(job: unknown): boolean {
  return at(job, 'services') !== undefined;
}

function readStep(step: unknown, job: unknown, document: unknown, deploys: boolean, yaml: Yaml): DeploymentFact[] {
  const [script] = scalarsOf(at(step, 'run'));
  if (!script) return readSent(step, yaml);
  const shell = writtenOf(
    at(step, 'shell') ?? at(job, 'defaults', 'run', 'shell') ?? at(document, 'defaults', 'run', 'shell'),
    yaml,
  );
  // https://docs.github.com/actions/reference/workflows-and-actions/workflow-syntax#jobsjob_idstepsshell: -e always, -o pipefail where bash is asked for by name.
  const failsFast = shell === undefined || shell === 'bash' || shell === 'sh' || / -\w*e/.test(shell);
  const pipefail = shell === 'bash' || /pipefail/.test(shell ?? '');
  const facts = readScript(script, { place: { kind: 'step', deploys }, failsFast, pipefail }, yaml);
  if (!facts.some((fact) => 'onError' in fact)) return facts;
  const ignored = ignoredBy(step, yaml) ?? ignoredBy(job, yaml);
  const anyway = ignored ? undefined : deployedAnyway(step, job, document, yaml);
  if (anyway) return facts.map((fact) => unasked(fact, anyway));
  if (!ignored) return facts;
  return facts.map((fact) =>
    'onError' in fact && fact.onError.kind !== 'goesOn' ? { ...fact, onError: ignored } : fact,
  );
}

/** What deploys afterwards makes the step one of a deployment. */
function unasked(fact: DeploymentFact, onError: OnError): DeploymentFact {
  if (fact.kind !== 'runMigrations' || fact.onError.kind === 'goesOn') return fact;
  return { ...fact, onError, place: { kind: 'step', deploys: true } };
}

/** What an action hands to a shell on another machine, where nothing stops at the first failure unless the script says so. */
function readSent(step: unknown, yaml: Yaml): DeploymentFact[] {
  const [script] = scalarsOf(at(step, 'with', 'script'));
  if (!script || !/ssh/i.test(writtenOf(at(step, 'uses'), yaml) ?? '')) return [];
  const failsFast = writtenOf(at(step, 'with', 'script_stop'), yaml) === 'true';
  return readScript(script, { place: { kind: 'step', deploys: true }, failsFast, pipefail: false }, yaml);
}

function ignoredBy(node: unknown, yaml: Yaml): OnError | undefined {
  const pair = pairOf(node, 'continue-on-error');
  if (!pair || writtenOf(pair.value, yaml) !== 'true') return undefined;
  const [key, value] = [spanOf(pair.key, yaml), spanOf(pair.value, yaml)];
  const span = { ...key, endLine: value.endLine, endColumn: value.endColumn };
  return { kind: 'goesOn', how: 'continue-on-error: true', explicit: true, span };
}
