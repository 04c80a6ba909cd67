import type { Migration } from '../src/operations/migration.ts';
import { isData } from '../src/operations/operation-questions.ts';
import { code, type Rule } from '../src/rule.ts';
import { describeRows, tableOf } from './advice/describe.ts';
import { isTestPath } from './advice/kinds-of-files.ts';
import { migrationTest } from './advice/migration-test.ts';

/** Rows are rewritten by code that nothing has tried on rows of the old shape. */
export const untestedDataMigration: Rule = {
  id: 'untested-data-migration',
  title: 'A data migration without a test',
  severity: 'notice',
  concerns: 'process',
  check: {
    change: ({ migrations, files }) => {
      const tested = files.some(({ path, status }) => status !== 'deleted' && isTestPath(path));
      const made = new Set(
        migrations.flatMap(({ up }) => up.flatMap((each) => (each.kind === 'createTable' ? [each.table] : []))),
      );
      if (tested) return [];
      return migrations.flatMap((migration) => {
        const skeleton = migrationTest(migration);
        const writes = migration.status === 'added' ? rewrittenRows(migration, made) : undefined;
        if (!writes || skeleton === undefined) return [];
        return [
          {
            span: writes.span,
            message: `${code(nameOf(migration))} rewrites ${describeRows(writes)}, and no test of this change makes rows as they are now and runs it. An empty table takes every migration.`,
            advice: `A test with rows in the old shape, also the odd ones that production has:\n\n${skeleton}`,
          },
        ];
      });
    },
  },
};

/** Rows that a program reads and writes back, one by one or as Django's `bulk_update` does; one statement, also in batches, is read by people. */
function rewrittenRows({ up }: Migration, made: ReadonlySet<string>) {
  return up.find((each) => {
    const table = tableOf(each);
    if (!isData(each) || (table !== undefined && made.has(table))) return false;
    return each.kind === 'updateRows' && each.looped === true && (!each.limited || each.workedOut === true);
  });
}

function nameOf({ path }: Migration): string {
  return path.slice(path.lastIndexOf('/') + 1);
}
