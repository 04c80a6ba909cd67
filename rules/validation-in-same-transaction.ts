import { writerLock } from '../src/operations/facts/locks.ts';
import { sharesTransaction, type Migration } from '../src/operations/migration.ts';
import type { Name, Operation, Span } from '../src/operations/operation.ts';
import { code, type Context, type Found, type Rule } from '../src/rule.ts';
import { tableOf } from './advice/describe.ts';
import { migrationFence } from './advice/fence.ts';
import { oldTables } from './advice/old-tables.ts';
import { costNote, costOf } from './advice/severity.ts';

/** A constraint is validated before the lock of adding it, or another one, is released. */
export const validationInSameTransaction: Rule = {
  id: 'validation-in-same-transaction',
  title: 'Rows are validated while a lock is held',
  severity: 'warning',
  concerns: 'locks',
  check: {
    change: ({ migrations }) => {
      const run = migrations.filter(
        (each) => each.status === 'added' && each.database === 'postgres' && sharesTransaction(each),
      );
      return run.flatMap((migration) => migration.up.flatMap((each) => findInRun(each, migration, run) ?? []));
    },
    validateConstraint: ({ table, name }, context) => {
      const { migration } = context;
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
        message: `Statement ${added.statement} took ${lock}, and the transaction still holds it while ${code(name)} is checked against every row: \`NOT VALID\` gains nothing here. ${costNote(context, ...tables)}`,
        advice: `Validate in the next migration:\n\n${migrationFence(migration, [{ kind: 'validateConstraint', table, name }])}`,
      };
    },
  },
};

/** Another revision of the run adds it, and what it locks stays locked: neither of the two commits by itself. */
function findInRun(
  operation: Operation,
  migration: Migration,
  run: readonly Migration[],
): (Found & { span: Span }) | undefined {
  if (operation.kind !== 'validateConstraint' || commits(migration)) return undefined;
  const { table, name, span } = operation;
  const other = run.find((each) => each !== migration && !commits(each) && each.up.some(isAddition));
  if (!other || run.some(({ up }) => up.some((each) => each.kind === 'createTable' && each.table === table)))
    return undefined;
  return {
    span,
    message: `${code(other.path)} adds ${code(name)}, and revisions that run together share one transaction: its lock on ${code(table)} is held while every row is checked here, so that \`NOT VALID\` gains nothing.`,
    advice: `\`transaction_per_migration=True\` in \`context.configure(…)\` of \`env.py\`; or the validation inside \`with op.get_context().autocommit_block():\`; or in a later deploy.`,
  };

  function isAddition(each: Operation): boolean {
    return each.kind === 'addConstraint' && each.table === table && each.constraint.name === name;
  }
}

function commits({ up }: Migration): boolean {
  return up.some(({ kind }) => kind === 'commit');
}

/** Another statement of the transaction took a lock that it still holds. */
function findOther(table: Name, name: string, context: Context): Found | undefined {
  const ended = context.before.findLastIndex(({ kind }) => kind === 'commit' || kind === 'rollback');
  const isOld = oldTables(context.migration, context);
  const holder = context.before
    .slice(ended + 1)
    .find((each) => each.kind !== 'dropTable' && isOld(tableOf(each)) && writerLock(each, 'postgres') !== undefined);
  const held = holder && tableOf(holder);
  if (!holder || held === undefined) return undefined;
  return {
    severity: costOf(context, held, table),
    message: `Statement ${holder.statement} took ${writerLock(holder, 'postgres')} on ${code(held)}, and the transaction still holds it while every row of ${code(table)} is checked for ${code(name)}: all that time, writes to ${code(held)} wait. ${costNote(context, held, table)}`,
    advice: `Validate in a migration of its own:\n\n${migrationFence(context.migration, [{ kind: 'validateConstraint', table, name }])}`,
  };
}
