import type { Operation } from '../src/operations/operation.ts';
import { driftCheckToAdd } from './advice/drift-check.ts';
import { code, type Rule } from '../src/rule.ts';

/** A new migration does nothing, and will be recorded as done. */
export const emptyMigration: Rule = {
  id: 'empty-migration',
  title: 'A migration without effect',
  severity: 'error',
  concerns: 'process',
  check: {
    migration: (migration, { schema, models, deployments }) => {
      if (migration.status !== 'added' || migration.deliberatelyEmpty) return [];
      const path = code(migration.path);
      if (migration.up.length === 0) {
        // Where others made tables, and no model changes that it may have been made for, the release is not without its schema.
        const isFirst = schema.tables.size === 0 && !schema.unread;
        const isForModels = models.now.some(({ mapped, classes }) => mapped.length > 0 || classes.length > 0);
        return [
          {
            severity: isFirst || isForModels ? 'error' : 'warning',
            message: `${path} holds no statement. It will be recorded as done in every environment, and whatever is added to it later never runs there.`,
            advice: `If it was generated: the generator compared the models with a database that had the tables already, made by hand or by \`create_all\`. Generate it again on a database that holds earlier migrations only. If nothing is to change, leave the file out.${isForModels ? driftCheckToAdd(migration.framework, deployments) : ''}`,
          },
        ];
      }
      if (!migration.up.every(asksOnly)) return [];
      return [
        {
          severity: 'notice',
          message: `${path} changes neither schema nor rows.`,
          advice: 'If it holds a place on purpose, say so in a comment; else leave the file out.',
        },
      ];
    },
  },
};

/** ANALYZE, a block that stops the others, and their like change no rows and do something all the same. */
function asksOnly(operation: Operation): boolean {
  return operation.kind === 'noEffect' && operation.what === 'SELECT';
}
