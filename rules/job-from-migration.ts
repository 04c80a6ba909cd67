import type { Rule } from '../src/rule.ts';
import { callsThat, mayBeHeld, namesOf, type CodeCall } from './advice/code-calls.ts';
import { fence } from '../src/writers/fence.ts';

/** The migration hands work to the workers of the application. */
export const jobFromMigration: Rule = {
  id: 'job-from-migration',
  title: 'A migration that enqueues a job',
  severity: 'warning',
  concerns: 'code',
  check: {
    migration: (migration) => {
      const calls = callsThat('enqueues a job', migration);
      const [first] = calls;
      if (!first) return [];
      const waits = calls.every(waitsForCommit);
      const early =
        mayBeHeld(migration) && !waits
          ? ' It may start before the migration commits, and then sees nothing of it; when the migration is rolled back, it runs all the same.'
          : '';
      return [
        {
          ...(waits ? { severity: 'notice' as const } : {}),
          span: first.span,
          message: `The migration enqueues a job: ${namesOf(calls)}.${early} The worker that takes it runs the code of the release before this one, or of one after it: there the job may be unknown, or expect other columns. The migration counts as done, whether the job succeeds or not.`,
          advice:
            `Start it by hand or by a task of its own once the release is out, and keep the name of the job as long as one may be waiting. ${waits ? '' : (afterCommit[migration.framework] ?? '')}`.trim(),
        },
      ];
    },
  },
};

function waitsForCommit({ code, later }: CodeCall): boolean {
  return later === true || code.endsWith('delay_on_commit');
}

/** How what is enqueued waits for the commit, where the framework has a way. */
const afterCommit: Record<string, string> = {
  django: `Where it must stay, let it wait for the commit, or for all migrations:\n\n${fence('python', [
    'from django.db import transaction',
    '',
    'transaction.on_commit(lambda: task.delay())  # or a receiver of post_migrate',
  ])}`,
  rails:
    'Where it must stay, call it in a migration of its own with `disable_ddl_transaction!`, after those that it needs.',
};
