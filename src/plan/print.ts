/** Drafts → phases with migrations in the framework at hand. */
import { outsideTransaction, sharedRunOf } from '../operations/facts/frameworks.ts';
import { sharesTransaction, type Migration } from '../operations/migration.ts';
import { isByScript } from '../writers/batch-loop.ts';
import { canFillInBatches, writePhase, type DraftMigration } from '../writers/write-migration.ts';
import type { Phase } from './plan.ts';
import type { Draft, Situation } from './situation.ts';
import { whatStands } from './stands.ts';
import { windowOf } from './window.ts';

/** The phase with its migrations printed; undefined where the database cannot do one of its steps. */
export function printPhase({ migrations, note: draftNote, ...phase }: Draft, situation: Situation): Phase | undefined {
  const { migration } = situation;
  const printed: Phase['migrations'] = [];
  for (const draft of migrations) {
    const written = printMigration(draft, migration);
    if (!written) return undefined;
    printed.push(written);
  }
  const note = noteOf(draftNote, migrations, printed, migration);
  const window = windowOf(migrations, situation);
  return {
    ...phase,
    back: backOf(phase.back, migration),
    ...(note === '' ? {} : { note }),
    ...(window === undefined ? {} : { window }),
    migrations: printed,
    stands: whatStands(migrations, migration),
  };
}

/** Flyway and Prisma know no way back: what takes a phase back is one more migration. */
function backOf(back: string, { down }: Migration): string {
  return down.kind === 'unsupported' ? back.replace(/^Its way back /, 'A migration that ') : back;
}

function noteOf(
  note: string | undefined,
  drafts: readonly DraftMigration[],
  printed: Phase['migrations'],
  migration: Migration,
): string {
  const fills = drafts.some(({ steps }) => steps.some(({ kind }) => kind === 'fillColumn'));
  const atOnce = fills && !canFillInBatches(migration);
  const isSql = fills && !atOnce && printed.some(({ language }) => language === 'sql');
  const several = printed.length > 1 ? apart(migration) : undefined;
  return [
    note,
    atOnce ? 'All rows in one statement: where the table is large, a range of its key at a time.' : undefined,
    isSql ? howFilled(migration) : undefined,
    several,
  ]
    .filter((part) => part !== undefined)
    .join(' ');
}

/** A migration runs once; a loop that commits stands outside a transaction. */
function howFilled(migration: Migration): string | undefined {
  if (isByScript(migration)) return 'By a script, again and again until it changes no row.';
  const { how, byHand } = outsideTransaction(migration.framework);
  if (migration.database === 'sqlite') return undefined;
  return byHand ? 'By hand.' : `In a migration of its own, ${how}.`;
}

/** What runs in one transaction holds the locks of all. */
function apart(migration: Migration): string {
  const shared = sharesTransaction(migration) ? sharedRunOf(migration.framework) : undefined;
  if (!shared) return 'Each is a migration of its own.';
  const unless = shared.unless === undefined ? '' : `, unless ${shared.unless}`;
  return `Each is a migration of its own, in a run of ${shared.run} of its own${unless}.`;
}

function printMigration(draft: DraftMigration, migration: Migration): Phase['migrations'][number] | undefined {
  const written = writePhase(migration, draft);
  return written && { language: written.language, text: written.lines.join('\n') };
}
