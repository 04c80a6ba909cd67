import { factsOf } from '../src/operations/deployment.ts';
import { code, type Rule } from '../src/rule.ts';
import { fence } from '../src/writers/fence.ts';

/** Migration files are copied between containers, and nobody looks whether they arrived. */
export const uncheckedMigrationCopy: Rule = {
  id: 'unchecked-migration-copy',
  title: 'Copied migrations may never have arrived',
  severity: 'warning',
  concerns: 'process',
  check: {
    change: ({ deployments }) =>
      factsOf(deployments, 'copyFiles').flatMap(({ command, onError, span }) => {
        if (onError.kind !== 'goesOn') return [];
        return [
          {
            span,
            message: `${code(command)} may fail, or copy a part, and the script goes on. A migration that is missing or empty is then committed, or never run.`,
            advice: `Stop where it fails, and look at what came:\n\n${fence('sh', ['set -eu', command, 'test -s "$copied_file"'])}`,
          },
        ];
      }),
  },
};
