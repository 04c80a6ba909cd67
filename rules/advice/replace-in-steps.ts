/** A column that takes the place of another: every migration that it takes, one release after the other. */
import { onlineEditions } from '../../src/operations/facts/sqlserver-change.ts';
import type { Column, DataType } from '../../src/operations/column.ts';
import { code, type Context } from '../../src/rule.ts';
import { leftWords } from '../../src/writers/index-anew.ts';
import { replaceColumn } from '../../src/writers/replace-column.ts';
import { canFillInBatches } from '../../src/writers/write-migration.ts';
import { led, paragraphs, phaseFence, phaseFences } from './fence.ts';
import { filledBy } from './fill-then-require.ts';

type Replaced = { table: string; column: string; to: string; type: DataType; value: string; was: Column | undefined };

/** The migrations with what has to be deployed between them; empty where nothing is known that fills rows in batches. */
export function replaceInSteps({ was, ...replaced }: Replaced, { migration, schema }: Context): string {
  const { table, column, to } = replaced;
  if (!canFillInBatches(migration)) return '';
  const held = schema.tables.get(table) ?? { indexes: [], constraints: [] };
  const steps = replaceColumn(migration, { ...replaced, held, ...(was && { was }) });
  const [old, next] = [code(column), code(to)];
  return paragraphs(
    led(`Before a release that writes both ${old} and ${next}:`, phaseFence(migration, steps.add)),
    led(
      `When every running release writes both, the old rows, ${filledBy(migration)}:`,
      phaseFence(migration, steps.fill),
    ),
    led(`What finds ${old}, for ${next}${edition(migration)}:`, phaseFences(migration, steps.indexes.builds)),
    leftWords(steps.indexes, to, code),
    led(`Once no row is NULL in ${next}:`, phaseFences(migration, steps.require)),
    led(
      `Before a release that names ${next} alone:`,
      steps.leave === undefined ? '' : phaseFence(migration, steps.leave),
    ),
    led(`When a release that names ${next} alone runs everywhere:`, phaseFences(migration, steps.drop)),
  );
}

function edition({ database }: Context['migration']): string {
  return database === 'sqlserver' ? ` (${onlineEditions}; elsewhere without \`ONLINE\`, in a quiet hour)` : '';
}
