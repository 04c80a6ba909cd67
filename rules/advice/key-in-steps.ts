/** A column of a key takes another type, with all that points to it: every migration that it takes, or what has to be done. */
import { inDeploys } from '../../src/operations/facts/deploys.ts';
import { findKeyFamily, isAlong, type KeyFamily } from '../../src/operations/key-family.ts';
import type { Database } from '../../src/operations/migration.ts';
import type { DataType } from '../../src/operations/column.ts';
import type { OperationOf } from '../../src/operations/operation.ts';
import { code, codes, type Context } from '../../src/rule.ts';
import { hindranceWords, keyHolders } from '../../src/writers/key-words.ts';
import { hindrancesOf, notSeen, pointingSql, replaceKey, type KeyReplacement } from '../../src/writers/replace-key.ts';
import type { DraftMigration } from '../../src/writers/write-migration.ts';
import { led, paragraphs, phaseFences } from './fence.ts';
import { filledBy } from './fill-then-require.ts';

/** `isWhole`: nothing is to be said beside it. */
export type KeyAdvice = { text: string; isWhole: boolean };

/** The advice; undefined where the column belongs to no key, as far as that is known. */
export function keyInSteps(
  { table, column }: OperationOf<'alterColumn'>,
  type: DataType,
  context: Context,
): KeyAdvice | undefined {
  const { migration, schema, before } = context;
  const family = findKeyFamily(schema, table, column, type);
  if (!family) return undefined;
  const own = code(`${table}.${column}`);
  if (isAlong(family, before)) {
    const text = `It goes along with what it points to, whose type changes above: see there, and leave this out.`;
    return { text, isWhole: true };
  }
  if (migration.database !== 'postgres') {
    return inOneWindow(own, family, migration.database);
  }
  const hindrances = hindrancesOf(family, type, migration.databaseVersion);
  if (hindrances.length > 0) {
    const text = `A column beside ${own}, and beside each that points to it, written by triggers, filled in batches, with keys of its own that are built concurrently; then, in one short transaction, the old keys go and the new columns take the names. By hand, since ${hindranceWords(hindrances, code)}.`;
    return { text, isWhole: true };
  }
  return { text: printed(replaceKey(migration, family, type), family.mayMiss, context), isWhole: true };
}

/** What changes at once, with all that holds it taken away before. */
function inOneWindow(own: string, family: KeyFamily, database: Database): KeyAdvice {
  const { holders, columns } = keyHolders(family, database, code);
  const is = family.columns.length > 0 ? 'is' : 'may be';
  if (holders.length === 0) {
    const text = `${own} ${is} of a key, so that no other column takes its place while rows are written: this, in a maintenance window.`;
    return { text, isWhole: false };
  }
  const refusal = refusals[database];
  const text = `${own} does not change alone while keys hold it${refusal === undefined ? '' : ` (${refusal})`}. In a maintenance window: drop ${holders.join(', ')}, change ${columns.join(', ')}, and add again what was dropped.`;
  return { text, isWhole: true };
}

/** https://dev.mysql.com/doc/mysql-errors/8.4/en/server-error-reference.html, https://learn.microsoft.com/sql/relational-databases/errors-events/database-engine-events-and-errors */
const refusals: Partial<Record<Database, string>> = {
  mysql: '3780',
  mariadb: 'errno 150',
  sqlserver: '5074, 4922',
};

function printed(steps: KeyReplacement, mayMiss: boolean, { migration }: Context): string {
  const { members } = steps;
  const [key] = members;
  const news = codes(members.map(({ table, to }) => `${table}.${to}`));
  const missed =
    mayMiss && key
      ? `Not all of the history was read: what else points to ${code(key.table)}, this lists, and all of it has to go along: ${code(pointingSql(key.table), 300)}`
      : '';
  const ignored =
    migration.framework === 'rails'
      ? ', and ignored by their models, as are those that are left (`ignored_columns`)'
      : '';
  const fences = (drafts: readonly DraftMigration[]) => phaseFences(migration, drafts);
  const first = led(
    `${inDeploys('largerKey')}, and no release has to write anything else. ${news} beside the old ones, kept equal by triggers${ignored}:`,
    fences(steps.add),
  );
  if (members.length > mostPrinted)
    return paragraphs(first, missed, 'What follows, phase by phase, stands in the roll-out plan.');
  return paragraphs(
    first,
    missed,
    led(`Then the old rows, ${filledBy(migration)}:`, fences(steps.fill.map((fill) => ({ steps: [fill] })))),
    led(
      'Once no row is without a value, what holds and finds the new columns:',
      fences([...steps.build, ...steps.prove, ...steps.point]),
    ),
    led(
      `Then the swap, one short transaction. ${notSeen} Statements that were prepared before it may fail once with "cached plan must not change result type" (0A000), until they are prepared anew:`,
      fences([steps.swap]),
    ),
    led('With a later deploy:', fences(steps.drop)),
  );
}

/** More columns than these are for the plan. */
const mostPrinted = 4;
