import { code, type Rule } from '../src/rule.ts';
import { heardChecks } from './advice/drift-check.ts';
import { quoteRun } from './advice/run-once.ts';

/** CI no longer compares models with migrations. */
export const droppedDriftCheck: Rule = {
  id: 'dropped-drift-check',
  title: 'CI stops looking for forgotten migrations',
  severity: 'warning',
  concerns: 'process',
  check: {
    change: ({ deployments, deploymentsBefore, standingDeployments, migrations }) => {
      // A check that goes on and is no longer heard is a swallowed error.
      const left = [...deployments, ...standingDeployments].flatMap(({ facts }) =>
        facts.flatMap((fact) => (fact.kind === 'checkDrift' ? [fact.tool] : [])),
      );
      const gone = heardChecks(deploymentsBefore).filter(({ tool }) => !left.includes(tool));
      if (migrations.length > 0 && migrations.every(({ status }) => status === 'deleted')) return [];
      return gone
        .filter(({ tool }, index) => gone.findIndex((each) => each.tool === tool) === index)
        .map((check) => ({
          span: { path: check.file.path, startLine: 1, endLine: 1, startColumn: 1, endColumn: 1 },
          message: `${quoteRun(check)} goes from ${code(check.file.path)}, and no other file here that runs in CI does the same. A model without its migration will show in production, where the column is not there.`,
          advice: `Leave it in, or name in the pull request what looks for it instead.`,
        }));
    },
  },
};
