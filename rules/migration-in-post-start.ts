import { factsOf } from '../src/operations/deployment.ts';
import type { Rule } from '../src/rule.ts';
import { quoteRun, runOnce, workloadName } from './advice/run-once.ts';

/** A migration command in the postStart hook of a container. */
export const migrationInPostStart: Rule = {
  id: 'migration-in-post-start',
  title: 'A migration runs beside the container that needs it',
  severity: 'error',
  concerns: 'process',
  check: {
    change: ({ deployments }) =>
      factsOf(deployments, 'runMigrations').flatMap(({ place, command, through, wait, span }) => {
        if (place.kind !== 'postStart') return [];
        return [
          {
            span,
            message: `${quoteRun({ command, through })} runs in \`postStart\` of ${workloadName(place.workload)}. That is at the same time as the entrypoint, so the program starts on the old schema, and again in every pod and after every restart. What it prints is kept nowhere, and when it fails the pod is killed and started over.`,
            advice: runOnce({ command, place, wait, through }),
          },
        ];
      }),
  },
};
