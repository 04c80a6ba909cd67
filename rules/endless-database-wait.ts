import { factsOf, type Place } from '../src/operations/deployment.ts';
import type { Severity } from '../src/operations/configuration.ts';
import { code, type Rule } from '../src/rule.ts';

/** A migration waits for its database without ever giving up. */
export const endlessDatabaseWait: Rule = {
  id: 'endless-database-wait',
  title: 'A migration waits for its database for ever',
  severity: 'warning',
  concerns: 'process',
  check: {
    change: ({ deployments }) => {
      const told = new Set<string>();
      return factsOf(deployments, 'runMigrations').flatMap(({ place, command, wait }) => {
        const severity = severityAt(place);
        if (wait.kind !== 'endless' || !severity) return [];
        // Of several migrations behind one wait, the first is enough.
        const { path, startLine, startColumn } = wait.span;
        const key = `${path}:${startLine}:${startColumn}`;
        if (told.has(key)) return [];
        told.add(key);
        return [
          {
            span: wait.span,
            severity,
            message: `${code(wait.how)} has no deadline. With a wrong host name or a database that is down, ${code(command)} never runs, nothing fails, and the deployment hangs until somebody looks.`,
            advice: `Let it give up, so that the deployment fails and says why: ${code(`timeout 120 sh -c '${wait.how}; do sleep 2; done'`, 300)}, or \`activeDeadlineSeconds\` on the Job.`,
          },
        ];
      });
    },
  },
};

/** Kubernetes itself gives up on a Job with a deadline; a Deployment it marks as failed after ten minutes. */
function severityAt(place: Place): Severity | undefined {
  if (place.kind === 'job') return place.workload.hasDeadline ? undefined : 'warning';
  if (place.kind === 'start' || place.kind === 'initContainer')
    return place.workload.platform === 'compose' ? undefined : 'notice';
  return place.kind === 'script' && place.starts ? 'notice' : 'warning';
}
