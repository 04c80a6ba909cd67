/** Pipelines beside those of GitHub: GitLab, CircleCI, Azure Pipelines; what their steps say of migrations. */
import type { Scalar } from 'yaml';
import type { DeploymentFact, OnError } from '../../operations/deployment.ts';
import type { Span } from '../../operations/operation.ts';
import { readScript } from './command-line.ts';
import { at, isMapping, itemsOf, pairOf, pairsOf, scalarsOf, spanOf, writtenOf, type Yaml } from './document.ts';

/** The facts of a pipeline by the path of its file; undefined for a file that is none. */
export function readPipeline(document: unknown, yaml: Yaml): DeploymentFact[] | undefined {
  const { path } = yaml.reader;
  if (/(?:^|[/.])gitlab-ci\.ya?ml$/.test(path)) return readGitlab(document, yaml);
  if (/(?:^|\/)\.circleci\//.test(path)) return readCircle(document, yaml);
  if (/(?:^|\/)\.?azure-pipelines?(?:[./-]|$)/.test(path)) return readAzure(document, yaml);
  return undefined;
}

/** How the scripts of a step run. */
type Step = { title: string; deploys: boolean; failsFast: boolean; ignored?: OnError | undefined };

/** The runner begins each script with `set -eo pipefail`: https://docs.gitlab.com/runner/shells/ */
function readGitlab(document: unknown, yaml: Yaml): DeploymentFact[] {
  const defaults = [document, at(document, 'default')].map((each): [string, unknown] => ['', each]);
  const jobs = pairsOf(document).map(({ key, value }): [string, unknown] => [key, value]);
  return [...defaults, ...jobs].flatMap(([title, job]) => {
    const deploys = at(job, 'environment') !== undefined || isForDeploying(`${title} ${stageOf(job, yaml)}`, job);
    const step = { title, deploys, failsFast: true };
    const ignored = ignoredBy(job, 'allow_failure', yaml);
    const own = ['before_script', 'script'].flatMap((key) => scalarsOf(at(job, key)));
    // https://docs.gitlab.com/ci/yaml/#after_script: its exit code counts for nothing.
    const after = scalarsOf(at(job, 'after_script'));
    const unheard = after[0] && goesOn('after_script', spanOf(after[0], yaml));
    return [
      ...readScripts(own, { ...step, ignored }, yaml),
      ...readScripts(after, { ...step, ignored: unheard }, yaml),
    ];
  });
}

function stageOf(job: unknown, yaml: Yaml): string {
  return writtenOf(at(job, 'stage'), yaml) ?? '';
}

/** `/bin/bash -eo pipefail`: https://circleci.com/docs/configuration-reference/#default-shell-options */
function readCircle(document: unknown, yaml: Yaml): DeploymentFact[] {
  const parts = [...pairsOf(at(document, 'jobs')), ...pairsOf(at(document, 'commands'))];
  return parts.flatMap(({ key: title, value }) => {
    const scripts = itemsOf(at(value, 'steps')).flatMap((step) => {
      const run = at(step, 'run');
      return scalarsOf(isMapping(run) ? at(run, 'command') : run);
    });
    return readScripts(scripts, { title, deploys: isForDeploying(title, value), failsFast: true }, yaml);
  });
}

/** Steps stand in jobs, in stages or alone. A script of several lines goes on after one that fails: https://learn.microsoft.com/azure/devops/pipelines/tasks/reference/bash-v3 */
function readAzure(document: unknown, yaml: Yaml): DeploymentFact[] {
  return stepsBelow(document, '', 0, yaml).flatMap(({ step, title, deploys }) => {
    const scripts = ['script', 'bash'].flatMap((key) => scalarsOf(at(step, key)));
    const given = /^Bash@|^CmdLine@/.test(writtenOf(at(step, 'task'), yaml) ?? '')
      ? at(step, 'inputs', 'script')
      : undefined;
    const ignored = ignoredBy(step, 'continueOnError', yaml);
    return readScripts([...scripts, ...scalarsOf(given)], { title, deploys, failsFast: false, ignored }, yaml);
  });
}

type Found = { step: unknown; title: string; deploys: boolean };

function stepsBelow(node: unknown, title: string, depth: number, yaml: Yaml): Found[] {
  if (depth > 8) return [];
  const name = ['stage', 'job', 'deployment', 'displayName']
    .map((key) => writtenOf(at(node, key), yaml) ?? '')
    .join(' ');
  const own = `${title} ${name}`.trim();
  const deploys = at(node, 'deployment') !== undefined || isForDeploying(own, node);
  const steps = itemsOf(at(node, 'steps')).map((step) => ({ step, title: own, deploys }));
  const inner = [...itemsOf(at(node, 'stages')), ...itemsOf(at(node, 'jobs')), ...strategies(node)];
  const below = inner.flatMap((each) => stepsBelow(each, own, depth + 1, yaml));
  return [...steps, ...below.map((each) => ({ ...each, deploys: each.deploys || deploys }))];
}

/** `strategy.runOnce.deploy.steps` of a deployment job, and its like. */
function strategies(node: unknown): unknown[] {
  return pairsOf(at(node, 'strategy')).flatMap(({ value }) => pairsOf(value).map((hook) => hook.value));
}

/** A job that brings a database along is a test. */
function isForDeploying(title: string, job: unknown): boolean {
  return /deploy|release|prod|staging/i.test(title) && at(job, 'services') === undefined;
}

function readScripts(scripts: readonly Scalar[], { deploys, failsFast, ignored }: Step, yaml: Yaml): DeploymentFact[] {
  const run = { place: { kind: 'step' as const, deploys }, failsFast, pipefail: failsFast };
  return scripts
    .flatMap((script) => readScript(script, run, yaml))
    .map((fact) =>
      ignored && 'onError' in fact && fact.onError.kind !== 'goesOn' ? { ...fact, onError: ignored } : fact,
    );
}

function ignoredBy(node: unknown, key: string, yaml: Yaml): OnError | undefined {
  const pair = pairOf(node, key);
  if (!pair || writtenOf(pair.value, yaml) !== 'true') return undefined;
  return goesOn(`${key}: true`, spanOf(pair.key, yaml));
}

function goesOn(how: string, span: Span): OnError {
  return { kind: 'goesOn', how, explicit: true, span };
}
