import { frameworkName } from '../src/operations/facts/framework-name.ts';
import { endsTransaction, isSchemaOrData } from '../src/operations/operation-questions.ts';
import type { Operation } from '../src/operations/operation.ts';
import { code, type Context, type Found, type Rule } from '../src/rule.ts';
import { findBegun, findImplicit, leaveToTool } from './advice/begun-by-hand.ts';
import { isOpen } from './advice/own-transaction.ts';

/** BEGIN, COMMIT or ROLLBACK in a migration, where the tool's own transaction is broken by it, or nothing is kept. */
export const transactionByHand: Rule = {
  id: 'transaction-by-hand',
  title: 'A transaction begun or ended by hand that does harm',
  severity: 'error',
  concerns: 'process',
  check: {
    begin: findBegun,
    setSession: findImplicit,
    commit: (operation, context) =>
      operation.inBlock ? undefined : (findCutShort(context) ?? findIdle(operation, context)),
    rollback: (operation, context) =>
      operation.inBlock ? undefined : (findTakenBack(operation, context) ?? findIdle(operation, context)),
  },
};

function findCutShort({ migration, before, after }: Context): Found | undefined {
  const { database, transaction } = migration;
  // Several statements of one query are a transaction too, which a COMMIT without a BEGIN ends: https://www.postgresql.org/docs/current/protocol-flow.html#PROTOCOL-FLOW-MULTI-STATEMENT
  const isImplicit = transaction === 'one-query' && database === 'postgres' && !isOpen(before);
  const isWrapped = transaction === 'wrapped' && (database === 'postgres' || database === 'sqlite');
  if (!isWrapped && !isImplicit) return undefined;
  const rest = after.slice(0, after.findIndex(({ kind }) => kind === 'begin') >>> 0);
  const ended = before.findLastIndex(endsTransaction);
  if (!rest.some(isSchemaOrData) || !before.slice(ended + 1).some(isSchemaOrData)) return undefined;
  return {
    severity: 'warning',
    message: `This ends the transaction that ${frameworkName(migration.framework)} has opened for ${code(migration.path)}: what stands above stays when something below fails, the migration is not recorded as done, and the next run stops at what is there already.`,
    advice: `Two migrations, each whole by itself. ${leaveToTool}`,
  };
}

/** https://www.postgresql.org/docs/current/sql-commit.html: without a transaction it does no harm, and warns. */
function findIdle({ conditional, statement }: Operation, { migration, before }: Context): Found | undefined {
  const { database, transaction } = migration;
  if (conditional || database !== 'postgres' || (transaction !== 'none' && transaction !== 'one-query'))
    return undefined;
  // A block ends the transaction of its own: https://www.postgresql.org/docs/current/plpgsql-transactions.html
  if (isOpen(before) || before.some((each) => each.statement === statement)) return undefined;
  return {
    severity: 'notice',
    message: 'No transaction that was begun is open here: this does nothing but warn.',
    advice: 'Leave it out, or put the BEGIN that it belongs to above.',
  };
}

function findTakenBack({ conditional }: Operation, { migration, before }: Context): Found | undefined {
  if (conditional || migration.database === 'mysql' || migration.database === 'mariadb') return undefined;
  const ended = before.findLastIndex(endsTransaction);
  if (!before.slice(ended + 1).some(isSchemaOrData)) return undefined;
  return {
    message: `This takes back what ${code(migration.path)} has done above, and the migration counts as done.`,
    advice: 'Leave it out, or end with COMMIT what is to stay.',
  };
}
