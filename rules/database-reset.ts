import { factsOf, type Place } from '../src/operations/deployment.ts';
import type { Severity } from '../src/operations/configuration.ts';
import { quoteRun } from './advice/run-once.ts';
import { code, type Rule } from '../src/rule.ts';
import { fence } from '../src/writers/fence.ts';

/** A command that empties a database, where nothing asks which one it is. */
export const databaseReset: Rule = {
  id: 'database-reset',
  title: 'A script empties whatever database it meets',
  severity: 'error',
  concerns: 'process',
  check: {
    change: ({ deployments }) =>
      factsOf(deployments, 'resetDatabase').flatMap(({ how, through, place, asks, unless, span }) => {
        const severity = severityOf(place, asks);
        if (!severity) return [];
        const person = asks.person ? ' It asks before, and the one who answers may be in the wrong terminal.' : '';
        return [
          {
            span,
            severity,
            message: `${quoteRun({ command: how, through })} takes every table and row of the database that it happens to be connected to. ${looksAt(unless)}${person}`,
            advice: `Let it refuse everywhere but where it is meant for${refusalIn(through ?? span.path)}`,
          },
        ];
      }),
  },
};

function severityOf(place: Place, asks: { person: boolean; environment: boolean }): Severity | undefined {
  if (asks.environment || (place.kind === 'step' && !place.deploys)) return undefined;
  if (asks.person) return 'notice';
  // Who calls a function is not known here.
  if (place.kind === 'code') return place.starts ? 'error' : 'notice';
  return place.kind === 'script' && !place.starts ? 'warning' : 'error';
}

function looksAt(unless: string | undefined): string {
  if (unless === undefined) return 'Nothing here looks which one that is.';
  return `It does so unless somebody sets ${code(unless)}: where that is forgotten, production is emptied.`;
}

function refusalIn(path: string): string {
  const refusal = '"Refusing to empty a database outside of development"';
  if (path.endsWith('.py'))
    return `:\n\n${fence('python', ['if os.environ.get("ENVIRONMENT") != "development":', `    raise SystemExit(${refusal})`])}`;
  if (/\.[mc]?[jt]s$/.test(path))
    return `:\n\n${fence('ts', ["if (process.env.NODE_ENV !== 'development')", `  throw new Error(${refusal});`])}`;
  if (/\.(?:rb|rake|ru)$/.test(path))
    return `:\n\n${fence('ruby', [`abort ${refusal} unless Rails.env.development?`])}`;
  return `, and ask:\n\n${fence('sh', ['if [ "${ENVIRONMENT:-production}" != "development" ]; then', `  echo ${refusal} >&2`, '  exit 1', 'fi', 'read -r -p "Type the name of the database to empty it: " answer', '[ "$answer" = "$DATABASE_NAME" ] || exit 1'])}`;
}
