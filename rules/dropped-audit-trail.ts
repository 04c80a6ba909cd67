import { code, type Context, type Rule } from '../src/rule.ts';
import { findAuditTrail, type AuditTrail } from './advice/audit-trail.ts';
import { fence } from '../src/writers/fence.ts';
import { mappedIn } from '../src/operations/mapped-questions.ts';

/** The table goes that says who changed what, and when. */
export const droppedAuditTrail: Rule = {
  id: 'dropped-audit-trail',
  title: 'The history of rows is dropped',
  severity: 'error',
  concerns: 'rows',
  check: {
    dropTable: (operation, context) => {
      const trail = findAuditTrail(operation, context);
      if (!trail) return undefined;
      const { table } = operation;
      return {
        message: `${code(table)} and all its rows go: what ${trail.by} has kept of every change, who made it, and when, also of rows that are deleted by now. No rollback brings it back, and the release that still runs fails on its next write.${tracked(trail, context)}`,
        advice: `${keep(table, trail, context)} Where the table has to go, export it first to where the team keeps its records, and let whoever answers for them agree.`,
      };
    },
  },
};

/** The model that is no longer tracked, where the change shows it. */
function tracked({ model }: AuditTrail, { models }: Context): string {
  const before = mappedIn(models.before).find(({ name, history }) => history && name.toLowerCase() === model);
  if (!before?.history) return '';
  const now = mappedIn(models.now).find(({ name }) => name === before.name);
  const { path, startLine } = before.history.span;
  const how = now ? 'no longer tracks it' : 'is deleted';
  return ` ${code(before.name)}, which was tracked in ${code(`${path}:${startLine}`)}, ${how}: the history of before is of use all the same.`;
}

/** https://docs.djangoproject.com/en/stable/ref/models/options/#managed */
function keep(table: string, { model }: AuditTrail, { migration }: Context): string {
  if (migration.framework !== 'django' || model === undefined)
    return `Keep ${code(table)}: stop writing it, and leave it where it is, readable for those who need it.`;
  return `Keep the table, and let Django alone forget the model (\`managed = False\` with \`db_table\` on a model of your own keeps it readable):\n\n${fence(
    'python',
    [
      'migrations.SeparateDatabaseAndState(',
      `    state_operations=[migrations.DeleteModel("Historical${model}")],  # the name as it is in the file`,
      ')',
    ],
  )}\n\n`;
}
