/** Corrections of several statements as one sequence of migrations. */
import { outsideTransaction } from '../operations/facts/frameworks.ts';
import type { Name } from '../operations/name.ts';
import { buildBeforeDrop } from './replace-index.ts';
import type { Step } from './step.ts';
import { isOfProgram, runsOutside, type DraftMigration } from './write-migration.ts';
import type { Target } from './writer.ts';

/**
 * What all of them begin with, then what follows in each, and so on: one list for each turn, of one migration or, where its
 * steps must not share one, of several. Nobody is to hold the lock of one busy table while they wait for that of another.
 */
export function joinDrafts(
  target: Target,
  sequences: readonly (readonly DraftMigration[])[],
  isBusy: (table: Name) => boolean,
): DraftMigration[][] {
  const longest = Math.max(0, ...sequences.map(({ length }) => length));
  return Array.from({ length: longest }, (_, turn) => {
    const migrations: DraftMigration[] = [];
    for (const draft of buildBeforeDrop(saidOnce(sequences.flatMap((sequence) => sequence[turn] ?? [])))) {
      const at = migrations.findIndex((each) => canShare(each, draft, target, isBusy));
      const into = migrations[at];
      if (into) migrations[at] = { steps: [...into.steps, ...draft.steps] };
      else migrations.push(draft);
    }
    return migrations;
  });
}

/** True where each statement of a migration outside a transaction reaches the database by itself. */
export function sendsOneByOne(target: Pick<Target, 'framework' | 'path'>): boolean {
  const { alone, byHand } = outsideTransaction(target.framework);
  // Whoever sends them by hand may send a file.
  return alone !== true && byHand !== true && (!target.path.endsWith('.sql') || !isOfProgram(target));
}

/** Two findings may ask for the same constraint. */
function saidOnce(drafts: readonly DraftMigration[]): DraftMigration[] {
  return [...new Map(drafts.map((draft) => [JSON.stringify(draft), draft])).values()];
}

/** What an author states is stated of one statement. */
function canShare(
  one: DraftMigration,
  other: DraftMigration,
  target: Target,
  isBusy: (table: Name) => boolean,
): boolean {
  if (one.allow || other.allow) return false;
  const steps = [...one.steps, ...other.steps];
  if (steps.some((step) => runsOutside(step, target))) return sendsOneByOne(target);
  const tables = new Set(steps.filter(locks).flatMap(tableOf));
  return tables.size < 2 || ![...tables].some(isBusy);
}

/** VALIDATE keeps nobody out who reads or writes: https://www.postgresql.org/docs/current/explicit-locking.html#LOCKING-TABLES */
function locks({ kind }: Step): boolean {
  return kind !== 'validateConstraint';
}

function tableOf(step: Step): Name[] {
  return 'table' in step && step.table !== undefined ? [step.table] : [];
}
