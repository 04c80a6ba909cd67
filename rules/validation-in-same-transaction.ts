import { writerLock } from '../src/operations/facts/locks.ts';
import type { Name } from '../src/operations/name.ts';
import { endsTransaction } from '../src/operations/operation-questions.ts';
import { code, type Context, type Found, type Rule } from '../src/rule.ts';
import { capital, tableOf } from './advice/describe.ts';
import { migrationFence } from './advice/fence.ts';
import { oldTables } from './advice/old-tables.ts';
import { numbered } from './advice/statement.ts';
import { findInRun } from './advice/shared-run.ts';
import { costNote, costOf } from './advice/severity.ts';

/** A constraint is validated before the lock of adding it, or another one, is released. */
export const validationInSameTransaction: Rule = {
  id: 'validation-in-same-transaction',
  title: 'Rows are validated while a lock is held',
  severity: 'warning',
  concerns: 'locks',
  check: {
    change: ({ lineages }) => lineages.flatMap(findInRun),
    validateConstraint: ({ table, name, newValues }, context) => {
      const { migration } = context;
      // `validating-check` speaks.
      if (newValues === 'broken') return undefined;
      if (migration.database !== 'postgres' || !context.inTransaction || context.isNew(table)) return undefined;
      const added = context.before.find(
        (each) => each.kind === 'addConstraint' && each.table === table && each.constraint.name === name,
      );
      if (added?.kind !== 'addConstraint') return findOther(table, name, context);
      const foreign = added.constraint.kind === 'foreignKey' ? added.constraint.references.table : undefined;
      const tables = foreign ? [table, foreign] : [table];
      const lock = foreign
        ? `SHARE ROW EXCLUSIVE on ${code(table)} and ${code(foreign)}`
        : `ACCESS EXCLUSIVE on ${code(table)}`;
      return {
        severity: costOf(context, ...tables),
        message: `${capital(numbered(added))} took ${lock}, and the transaction still holds it while ${code(name)} is checked against every row: \`NOT VALID\` gains nothing here. ${costNote(context, ...tables)}`,
        advice: `Validate in the next migration:\n\n${migrationFence(migration, [{ kind: 'validateConstraint', table, name }])}`,
      };
    },
  },
};

/** Another statement of the transaction took a lock that it still holds. */
function findOther(table: Name, name: string, context: Context): Found | undefined {
  const ended = context.before.findLastIndex(endsTransaction);
  const isOld = oldTables(context.migration, context);
  const holder = context.before
    .slice(ended + 1)
    .find((each) => each.kind !== 'dropTable' && isOld(tableOf(each)) && writerLock(each, 'postgres') !== undefined);
  const held = holder && tableOf(holder);
  if (!holder || held === undefined) return undefined;
  return {
    severity: costOf(context, held, table),
    message: `${capital(numbered(holder))} took ${writerLock(holder, 'postgres')} on ${code(held)}, and the transaction still holds it while every row of ${code(table)} is checked for ${code(name)}: all that time, writes to ${code(held)} wait. ${costNote(context, held, table)}`,
    advice: `Validate in a migration of its own:\n\n${migrationFence(context.migration, [{ kind: 'validateConstraint', table, name }])}`,
  };
}
