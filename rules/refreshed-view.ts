import { code, sizeNote, type Rule } from '../src/rule.ts';
import { costOf } from './advice/severity.ts';

/** A materialized view is computed anew while its readers wait. */
export const refreshedView: Rule = {
  id: 'refreshed-view',
  title: 'A materialized view is refreshed while readers wait',
  severity: 'warning',
  concerns: 'locks',
  check: {
    alterObject: ({ object, name, change }, context) => {
      if (object !== 'materialized view' || change !== 'refresh') return undefined;
      if (context.before.some((each) => each.kind === 'createObject' && each.name === name)) return undefined;
      const isPostgres = context.migration.database === 'postgres';
      const waits = isPostgres
        ? `holds ACCESS EXCLUSIVE on ${code(name)}: whoever reads it waits`
        : 'may keep its readers waiting';
      return {
        severity: costOf(context, name),
        message: `Refreshing ${code(name)} ${waits} until its query is done and its rows are written. ${sizeNote(name, context.sizeOf(name))}`,
        advice: isPostgres
          ? `Outside the deploy, \`REFRESH MATERIALIZED VIEW CONCURRENTLY ${code(name).replaceAll('`', '')}\`: readers go on meanwhile. It needs a unique index on the view.`
          : 'Outside the deploy, in a quiet hour.',
      };
    },
  },
};
