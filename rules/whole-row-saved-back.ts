import type { Operation } from '../src/operations/operation.ts';
import { code, type Found, type Rule } from '../src/rule.ts';
import { tableOf } from './advice/describe.ts';
import { isComputedName } from '../src/operations/name.ts';
import { fence } from '../src/writers/fence.ts';
import { oldTables } from './advice/old-tables.ts';
import { isWholeRow } from './advice/one-cause.ts';

/** A loop reads rows and writes all their columns back, also those that it did not change. */
export const wholeRowSavedBack: Rule = {
  id: 'whole-row-saved-back',
  title: 'Whole rows written back in a loop',
  severity: 'warning',
  concerns: 'rows',
  check: {
    migration: (migration, context) => {
      const isOld = oldTables(migration, context);
      const saves = migration.up.flatMap((each) =>
        each.kind === 'updateRows' && isOld(each.table) && isWholeRow(each, context) ? [each] : [],
      );
      // One call that is made for several tables is said once.
      const byLine = Map.groupBy(saves, ({ span }) => span.startLine);
      return [...byLine.values()].map(foundOf);
    },
  },
};

function foundOf(saves: readonly Operation[]): Found {
  const tables = new Set(saves.flatMap((each) => tableOf(each) ?? []));
  const known = [...tables].filter((table) => !isComputedName(table)).map((table) => code(table));
  const more = known.length > 3 ? ' and more' : '';
  const rows = known.length > 0 ? `rows of ${known.slice(0, 3).join(', ')}${more}` : 'rows';
  const [first] = saves;
  return {
    ...(first ? { span: first.span } : {}),
    message: `\`save()\` in the loop writes every column of ${rows} back, also those that the migration does not change. What a user writes between the read and the write is lost, without an error, and the longer the loop the more of it.`,
    advice: `Write the columns that change and no others; without a loop where the value can be said in SQL:\n\n${fence(
      'python',
      [
        'row.save(update_fields=["..."])  # the columns that the loop sets',
        'Model.objects.filter(...).update(...)  # one statement',
      ],
    )}`,
  };
}
