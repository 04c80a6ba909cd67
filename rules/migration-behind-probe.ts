import { factsOf } from '../src/operations/deployment.ts';
import type { Rule } from '../src/rule.ts';
import { quoteRun, runOnce, workloadName } from './advice/run-once.ts';

/** A container migrates before it answers, and a probe kills it when it does not answer in time. */
export const migrationBehindProbe: Rule = {
  id: 'migration-behind-probe',
  title: 'A probe kills the container while it migrates',
  severity: 'warning',
  concerns: 'process',
  check: {
    change: ({ deployments }) =>
      factsOf(deployments, 'runMigrations').flatMap(({ place, command, through, wait, span }) => {
        if (place.kind !== 'start' || !place.workload.container.killer) return [];
        const { probe, seconds } = place.workload.container.killer;
        return [
          {
            span,
            message: `${quoteRun({ command, through })} has ${seconds} seconds. Until it is done ${workloadName(place.workload)} answers nothing, and its \`${probe}\` then kills the container in the middle of the migration. It starts over with what was left behind: half a schema where the database cannot roll back, a lock of the tool that nobody takes off.`,
            advice: runOnce({ command, place, wait, through }),
          },
        ];
      }),
  },
};
