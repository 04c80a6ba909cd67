import type { Database } from '../src/operations/migration.ts';
import type { OperationOf } from '../src/operations/operation.ts';
import { code, codes, sizeNote, type Context, type Rule } from '../src/rule.ts';
import { canFillInBatches } from '../src/writers/write-migration.ts';
import { rewriteOf } from '../src/writers/written-values.ts';
import { led, paragraphs, phaseFence } from './advice/fence.ts';
import { filledBy } from './advice/fill-then-require.ts';
import { isBackfillOfNewColumns } from './advice/one-cause.ts';
import { costOf } from './advice/severity.ts';

/** A DELETE or UPDATE says no rows, and so means all of them. */
export const unfilteredWrite: Rule = {
  id: 'unfiltered-write',
  title: 'A DELETE or UPDATE of every row',
  severity: 'error',
  concerns: 'rows',
  check: {
    insertRows: ({ table, copies }, context) => {
      // Elsewhere rows that are added are in nobody's way.
      if (context.migration.database !== 'sqlserver' || copies === undefined) return undefined;
      if (context.isNew(table) || context.isNew(copies) || context.schema.tables.get(table)?.copyOf !== undefined)
        return undefined;
      return {
        severity: costOf(context, copies),
        concerns: 'locks',
        message: `This writes a row of ${code(table)} for every row of ${code(copies)} in one statement: from 5,000 locks on the whole of ${code(table)} stays locked until the last one is written. ${sizeNote(copies, context.sizeOf(copies))}`,
        advice: `Ranges of the key of ${code(copies)}, a few thousand rows each, that commit one by one, outside the deploy; rows that ${code(table)} has already are left out, so that it can be run again.`,
      };
    },
    deleteRows: ({ table, filtered, limited, rest }, context) => {
      if (filtered || limited || context.isNew(table)) return undefined;
      if (rest)
        return {
          severity: 'warning',
          message: `This deletes every row of ${code(table)} that the source of the \`MERGE\` has not, in every environment that runs the migration: rows that others added go too, and no rollback of the code brings them back.`,
          advice:
            'Say which rows: `WHEN NOT MATCHED BY SOURCE AND … THEN DELETE`; or leave the branch out, and delete by name what is to go.',
        };
      const others = context.after.find((each) => each.kind === 'insertRows' && each.table === table);
      if (others && context.inTransaction)
        return {
          severity: 'warning',
          message: `This deletes every row of ${code(table)}, in every environment that runs the migration, and statement ${others.statement} puts others in: what is not among those is gone for good.`,
          advice:
            'Say which rows with `WHERE`, or write the new ones over the old ones (`ON CONFLICT`), unless all of them can be made again at any time.',
        };
      return {
        message: `This deletes every row of ${code(table)}, in every environment that runs the migration, and no rollback of the code brings them back.`,
        advice: 'Say which rows with `WHERE`, and delete them in batches.',
      };
    },
    updateRows: (operation, context) => {
      const { table, columns, filtered, limited } = operation;
      if (filtered || limited || context.isNew(table)) return undefined;
      if (isBackfillOfNewColumns(operation, context.before)) return undefined;
      const stays = locked[context.migration.database] ?? 'each row stays';
      const which = codes(columns) || 'columns';
      return {
        severity: costOf(context, table),
        message: `This writes ${which} in every row of ${code(table)} in one statement: ${stays} locked until the last one is written, and what users wrote there is replaced. ${sizeNote(table, context.sizeOf(table))}`,
        advice: paragraphs(
          `Say which rows (${code(`WHERE ${columns[0] ?? 'column'} IS NULL`)} makes it safe to run again), and write them in batches of a few thousand that commit, outside the deploy.`,
          inBatches(operation, context),
        ),
      };
    },
  },
};

/** SQLite has one writer; SQL Server makes 5,000 locks of a statement one: https://learn.microsoft.com/sql/relational-databases/sql-server-transaction-locking-and-row-versioning-guide#lock-escalation */
const locked: Partial<Record<Database, string>> = {
  sqlite: 'the whole database stays',
  sqlserver: 'from 5,000 locks on the whole table stays',
};

/** The same in batches. */
function inBatches(operation: OperationOf<'updateRows'>, { migration }: Context): string {
  const fill = canFillInBatches(migration) ? rewriteOf(operation) : undefined;
  if (!fill) return '';
  const how = filledBy(migration);
  return led(`${how.charAt(0).toUpperCase()}${how.slice(1)}:`, phaseFence(migration, { steps: [fill] }));
}
