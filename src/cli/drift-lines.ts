/** Whether CI compares models with migrations, for `plimsoll doctor`. */
import { calledTexts } from '../collect/called-texts.ts';
import { mayCall, mayCheckDrift } from '../deployment/mentions.ts';
import { isWorkflowPath } from '../deployment/paths.ts';
import { readDeployment } from '../deployment/read-deployment.ts';
import { driftCheckOf } from '../operations/facts/drift-checks.ts';
import { factsOf, type Deployment } from '../operations/deployment.ts';
import { frameworkName } from '../operations/facts/framework-name.ts';
import { readText } from './folder-host.ts';

/** A line for each framework that has a look for forgotten migrations. What other services run is not looked at, so that nothing counts as missing. */
export async function driftLines(
  frameworks: readonly string[],
  paths: readonly string[],
): Promise<{ text: string; mark: 'ok' | 'advice' }[]> {
  const wanted = [...new Set(frameworks)].filter((framework) => driftCheckOf(framework) !== undefined);
  if (wanted.length === 0) return [];
  const checks = factsOf(await readWorkflows(paths), 'checkDrift');
  return wanted.map((framework) => {
    const { tool, command } = driftCheckOf(framework) ?? { tool: '', command: '' };
    const found = checks.filter((check) => check.tool === tool);
    const heard = found.find(({ onError }) => onError.kind !== 'goesOn');
    const [unheard] = found;
    if (heard) return { text: `${heard.file.path} looks for forgotten migrations: ${heard.command}`, mark: 'ok' };
    if (unheard)
      return {
        text: `${unheard.file.path} looks for forgotten migrations, and lets the failure pass: ${unheard.command}`,
        mark: 'advice',
      };
    return {
      text: `no workflow looks for forgotten migrations of ${frameworkName(framework)}: - run: ${command}`,
      mark: 'advice',
    };
  });
}

async function readWorkflows(paths: readonly string[]): Promise<Deployment[]> {
  const workflows = new Map(paths.filter(isWorkflowPath).map((path): [string, string] => [path, textAt(path) ?? '']));
  const called = await calledTexts(workflows, paths, (path) => Promise.resolve(textAt(path)));
  const beside = Object.entries(called).map(([path, text]) => ({ path, text, changed: false }));
  const sources = [...workflows].filter(([, text]) => mayCheckDrift(text) || mayCall(text));
  return Promise.all(sources.map(([path, text]) => readDeployment({ path, text, commands: [], beside })));
}

function textAt(path: string): string | undefined {
  const read = readText(path);
  return 'text' in read ? read.text : undefined;
}
