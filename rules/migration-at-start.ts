import { factsOf } from '../src/operations/deployment.ts';
import { takesLock } from '../src/operations/facts/migration-locks.ts';
import type { Rule } from '../src/rule.ts';
import { quoteRun, runOnce } from './advice/run-once.ts';
import { commandFor, startOf, withoutCalled } from './advice/starts.ts';

/** A migration command that every copy of a program runs when it starts. */
export const migrationAtStart: Rule = {
  id: 'migration-at-start',
  title: 'Every copy of a program migrates when it starts',
  severity: 'warning',
  concerns: 'process',
  check: {
    change: ({ deployments }) =>
      withoutCalled(factsOf(deployments, 'runMigrations')).flatMap(({ place, command, through, tool, wait, span }) => {
        const start = startOf(place, deployments);
        if (!start) return [];
        const severity = takesLock(tool) ? 'notice' : start.severity;
        return [
          {
            span,
            severity,
            message: `${quoteRun({ command, through })} runs whenever ${start.who} starts. ${togetherOf(tool)}`,
            advice: `${command.startsWith('migrationsRun') ? 'Set `migrationsRun: false`. ' : ''}${runOnce({ command: commandFor(tool, command, place), place, wait, through })}`,
          },
        ];
      }),
  },
};

function togetherOf(tool: string): string {
  const rest =
    'A failed migration leaves every one of them restarting, and an old and a new version at work meanwhile.';
  const lock = takesLock(tool);
  if (lock) return `${tool} lets one of them in and the others wait, as long as the migration takes. ${rest}`;
  if (lock === false) return `${tool} takes no lock: two that start together run the same migration twice. ${rest}`;
  return `Unless the tool takes a lock, two that start together run the same migration twice. ${rest}`;
}
