/** What in a workflow puts a release in place although a migration before it failed: its condition does not ask. */
import type { OnError } from '../../operations/deployment.ts';
import { parseScript } from '../shell/script.ts';
import { at, fragmentOf, itemsOf, pairOf, pairsOf, scalarsOf, spanOf, writtenOf, type Yaml } from './document.ts';

/** How the failure of a step is passed over by a later one of its job, or by a job that needs that one. */
export function deployedAnyway(step: unknown, job: unknown, document: unknown, yaml: Yaml): OnError | undefined {
  const steps = itemsOf(at(job, 'steps'));
  const later = steps.slice(steps.indexOf(step) + 1).find((each) => runsAnyway(each, yaml) && deploys(each, yaml));
  const found =
    later ?? jobsAfter(job, document, yaml).find((each) => runsAnyway(each, yaml) && isDeployment(each, yaml));
  const pair = pairOf(found, 'if');
  if (!pair) return undefined;
  const [key, value] = [spanOf(pair.key, yaml), spanOf(pair.value, yaml)];
  const span = { ...key, endLine: value.endLine, endColumn: value.endColumn };
  return { kind: 'goesOn', how: `if: ${writtenOf(pair.value, yaml) ?? ''}`, explicit: true, span };
}

/** https://docs.github.com/actions/reference/workflows-and-actions/expressions#status-check-functions; what asks for a result by its name is believed. */
function runsAnyway(node: unknown, yaml: Yaml): boolean {
  const condition = writtenOf(at(node, 'if'), yaml) ?? '';
  if (/\.(?:result|outcome|conclusion)\b|!\s*failure\(\)/.test(condition)) return false;
  return /\balways\(\)|!\s*cancelled\(\)|\bfailure\(\)\s*\|\||\|\|\s*failure\(\)/.test(condition);
}

/** The jobs that start after another one, through whatever stands between. */
function jobsAfter(job: unknown, document: unknown, yaml: Yaml): unknown[] {
  const jobs = pairsOf(at(document, 'jobs'));
  const reached = new Set(jobs.flatMap(({ key, value }) => (value === job ? [key] : [])));
  const after = new Set<unknown>();
  for (let size = -1; size !== after.size;) {
    size = after.size;
    for (const { key, value } of jobs) {
      const needs = scalarsOf(at(value, 'needs')).map((each) => writtenOf(each, yaml) ?? '');
      if (reached.has(key) || !needs.some((each) => reached.has(each))) continue;
      reached.add(key);
      after.add(value);
    }
  }
  return [...after];
}

function isDeployment(job: unknown, yaml: Yaml): boolean {
  return at(job, 'environment') !== undefined || itemsOf(at(job, 'steps')).some((step) => deploys(step, yaml));
}

/** A step that speaks of a deployment, or cleans up after one, is none. */
function deploys(step: unknown, yaml: Yaml): boolean {
  const named = ['name', 'id', 'uses'].map((key) => writtenOf(at(step, key), yaml) ?? '').join(' ');
  if (/notif|slack|teams|comment|status|roll-?back|undo|revert|clean|report|summary|log|artifact/i.test(named))
    return false;
  if (/\bdeploy(?:ment)?\b|deploy-|-deploy/i.test(named)) return true;
  const [script] = scalarsOf(at(step, 'run'));
  const fragment = script && fragmentOf(script, yaml);
  if (!fragment) return false;
  const { commands } = parseScript(fragment, yaml.reader.bash, { failsFast: true, pipefail: false });
  return commands.some(({ words }) => isDeploying(words.map(({ text }) => text)));
}

function isDeploying(words: readonly string[]): boolean {
  const line = words
    .filter((word) => !word.startsWith('-'))
    .slice(0, 4)
    .join(' ');
  return /^(?:kubectl|oc) (?:apply|set|replace|rollout restart)\b|^helm (?:upgrade|install)\b|^docker(?:-| )compose up\b|^git push (?:heroku|dokku)\b|^aws ecs update-service\b|^(?:npx |pnpm |yarn )?[\w@/.-]+ (?:\w+ )?deploy\b/.test(
    line,
  );
}
