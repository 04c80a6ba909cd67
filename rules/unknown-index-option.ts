import type { Step } from '../src/writers/step.ts';
import { code, type Rule } from '../src/rule.ts';
import { namedIndex } from './advice/concurrent-index.ts';
import { migrationFence, outsideFence, paragraphs } from './advice/fence.ts';

/** `add_column` of Rails is asked for an index, which it does not make. */
export const unknownIndexOption: Rule = {
  id: 'unknown-index-option',
  title: 'An index that `add_column` does not make',
  severity: 'warning',
  concerns: 'process',
  check: {
    addColumn: ({ table, column, unknownIndex }, { migration, after, isNew }) => {
      if (unknownIndex === undefined) return undefined;
      const isMade = after.some(
        (each) => each.kind === 'createIndex' && each.table === table && each.index.columns[0] === column.name,
      );
      const { is, unique } = unknownIndex;
      if (isMade && is === 'ignored') return undefined;
      const isPostgres = migration.database === 'postgres' && !isNew(table);
      const index = namedIndex(table, { columns: [column.name], unique });
      const build: Step = { kind: 'createIndex', table, index, ...(isPostgres && { concurrently: true }) };
      return {
        ...(is === 'refused' ? { severity: 'error' } : {}),
        message: `\`index:\` is no option of \`add_column\`: ${is === 'refused' ? `Rails refuses the call for ${code(`${table}.${column.name}`)} (ArgumentError)` : `Rails leaves it out without a word, and ${code(`${table}.${column.name}`)} gets no ${unique ? 'unique index: nothing keeps two rows from the same value' : 'index'}`}.`,
        advice: paragraphs(
          `Leave it out, and build the ${unique ? 'unique ' : ''}index on its own.`,
          isPostgres ? outsideFence(migration, build) : migrationFence(migration, [build]),
        ),
      };
    },
  },
};
