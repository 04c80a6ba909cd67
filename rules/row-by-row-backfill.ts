import type { Operation, OperationOf } from '../src/operations/operation.ts';
import { code, sizeNote, type Context, type Found, type Rule } from '../src/rule.ts';
import { mayBeHeld } from './advice/code-calls.ts';
import { isComputedName } from '../src/operations/name.ts';
import { oldTables } from './advice/old-tables.ts';
import { isMixed, isWholeRow } from './advice/one-cause.ts';

/** A loop writes the rows of an existing table one by one in one transaction. */
export const rowByRowBackfill: Rule = {
  id: 'row-by-row-backfill',
  title: 'Rows written one by one in one transaction',
  severity: 'warning',
  concerns: 'locks',
  check: {
    migration: (migration, context) => {
      const isOld = oldTables(migration, context);
      const found = migration.up.filter(isOneByOne).find((each) => isOld(each.table) && !isWholeRow(each, context));
      if (!found || !mayBeHeld(migration) || commitsBetween(migration.up) || isMixed(context)) return [];
      return [foundOf(found, context)];
    },
  },
};

type Update = Operation & OperationOf<'updateRows'>;

function isOneByOne(operation: Operation): operation is Update {
  return operation.kind === 'updateRows' && operation.looped === true && !operation.limited;
}

/** A migration that ends transactions by itself knows what it holds. */
function commitsBetween(operations: readonly Operation[]): boolean {
  return operations.some((each) => each.kind === 'commit' || each.kind === 'begin');
}

function foundOf({ table, span, stopsBy }: Update, { migration, sizeOf }: Context): Found {
  const size = sizeOf(table);
  const rows = isComputedName(table) ? 'rows' : `rows of ${code(table)}`;
  const note = isComputedName(table) ? '' : ` ${sizeNote(table, size)}`;
  return {
    severity: size === 'small' ? 'notice' : 'warning',
    span,
    message: `The loop writes ${rows} one by one${migration.transaction === 'unknown' ? ', and if its runner opens a transaction around it, in one' : ' in one transaction'}: each row stays locked until the last one is written, users who change one of them wait, and a failure near the end undoes it all.${stopsAt(stopsBy)}${note}`,
    advice: `Write them by one statement where the value can be said in SQL and the table is small. Else in batches that commit, outside a transaction and safe to run again (only rows that are not filled yet)${ways[migration.framework] ?? ''}.${stopsBy === undefined ? '' : ' A row that does not pass is left as it is, and its key written down.'}`,
  };
}

function stopsAt(stopsBy: string | undefined): string {
  return stopsBy === undefined ? '' : ` ${code(stopsBy)} is one, at the first row that does not pass.`;
}

/** How a batch is written where no transaction wraps the migration. */
const ways: Record<string, string> = {
  rails: ': `disable_ddl_transaction!` and `in_batches { |batch| batch.update_all(…) }`',
  django:
    ': `atomic = False`, and per batch of a few thousand `with transaction.atomic():` around `bulk_update` or `update`',
  alembic: ': in a script beside the deploy, or under `with op.get_context().autocommit_block():`',
  knex: ': `exports.config = { transaction: false }`, and one `UPDATE … WHERE id IN (…)` per batch',
  typeorm:
    ": `transaction = false` (with `migrationsTransactionMode: 'each'`), and one `UPDATE … WHERE id IN (…)` per batch",
  'mikro-orm': ': `isTransactional() { return false; }`, and one `UPDATE … WHERE id IN (…)` per batch',
};
