import { factsOf, type Place } from '../src/operations/deployment.ts';
import type { Severity } from '../src/operations/configuration.ts';
import { quoteRun } from './advice/run-once.ts';
import type { Rule } from '../src/rule.ts';
import { fence } from '../src/writers/fence.ts';

/** A command that empties a database, where nothing asks which one it is. */
export const databaseReset: Rule = {
  id: 'database-reset',
  title: 'A script empties whatever database it meets',
  severity: 'error',
  concerns: 'process',
  check: {
    change: ({ deployments }) =>
      factsOf(deployments, 'resetDatabase').flatMap(({ how, through, place, asks, span }) => {
        const severity = severityOf(place, asks);
        if (!severity) return [];
        const person = asks.person ? ' It asks before, and the one who answers may be in the wrong terminal.' : '';
        return [
          {
            span,
            severity,
            message: `${quoteRun({ command: how, through })} takes every table and row of the database that it happens to be connected to. Nothing here looks which one that is.${person}`,
            advice: `Let it refuse everywhere but where it is meant for, and ask:\n\n${fence('sh', ['if [ "${ENVIRONMENT:-production}" != "development" ]; then', '  echo "Refusing to empty a database outside of development" >&2', '  exit 1', 'fi', 'read -r -p "Type the name of the database to empty it: " answer', '[ "$answer" = "$DATABASE_NAME" ] || exit 1'])}`,
          },
        ];
      }),
  },
};

function severityOf(place: Place, asks: { person: boolean; environment: boolean }): Severity | undefined {
  if (asks.environment || (place.kind === 'step' && !place.deploys)) return undefined;
  // Who calls a function is not known here.
  if (asks.person || place.kind === 'code') return 'notice';
  return place.kind === 'script' && !place.starts ? 'warning' : 'error';
}
