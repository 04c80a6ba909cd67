/** Whether CI looks for the next forgotten migration, and the line that does. */
import { factsOf, type Deployment, type DriftCheckRun } from '../../src/operations/deployment.ts';
import { driftCheckOf } from '../../src/operations/facts/drift-checks.ts';
import { code } from '../../src/rule.ts';

/** The looks of which CI hears. */
export function heardChecks(deployments: readonly Deployment[]): (DriftCheckRun & { file: Deployment })[] {
  return factsOf(deployments, 'checkDrift').filter(({ onError }) => onError.kind !== 'goesOn');
}

/** What to add to CI, as a sentence with a space before it; empty where a file at hand does it already, or the framework has nothing for it. */
export function driftCheckToAdd(framework: string, deployments: readonly Deployment[]): string {
  const check = driftCheckOf(framework);
  if (!check || heardChecks(deployments).some(({ tool }) => tool === check.tool)) return '';
  return ` ${code(check.command, 240)} in CI finds the next one that is forgotten.`;
}
