import { factsOf } from '../src/operations/deployment.ts';
import type { Rule } from '../src/rule.ts';
import { quoteRun, runOnce } from './advice/run-once.ts';

/** A migration command among the instructions that build an image. */
export const migrationInImageBuild: Rule = {
  id: 'migration-in-image-build',
  title: 'A migration runs when the image is built',
  severity: 'warning',
  concerns: 'process',
  check: {
    change: ({ deployments }) =>
      factsOf(deployments, 'runMigrations').flatMap(({ place, command, through, wait, span }) => {
        if (place.kind !== 'build' || !place.image) return [];
        return [
          {
            span,
            message: `${quoteRun({ command, through })} runs when the image is built, not when it is released. Whoever builds it has no production database, and the build fails; or has it, and every build changes it, also of a version that is never released. A build that takes this layer from its cache runs nothing.`,
            advice: `Take it out of the Dockerfile. ${runOnce({ command, place, wait, through })}`,
          },
        ];
      }),
  },
};
