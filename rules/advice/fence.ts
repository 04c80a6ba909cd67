/** Corrected migrations as Markdown. */
import { outsideTransaction } from '../../src/operations/facts/frameworks.ts';
import type { Migration } from '../../src/operations/migration.ts';
import { fence } from '../../src/writers/fence.ts';
import type { Step } from '../../src/writers/step.ts';
import { writeMigration, writePhase, type DraftMigration } from '../../src/writers/write-migration.ts';

/** The steps as one migration of the framework at hand; empty where the database cannot do one of them. */
export function migrationFence(migration: Migration, steps: readonly Step[]): string {
  const written = writeMigration(migration, steps);
  return written ? fence(written.language, written.lines) : '';
}

/** The steps as a migration that runs outside a transaction, with the sentence that says so. */
export function outsideFence(migration: Migration, ...steps: readonly Step[]): string {
  const { how } = outsideTransaction(migration.framework);
  const written = writeMigration(migration, steps, true);
  return written ? `In a migration of its own, ${how}:\n\n${fence(written.language, written.lines)}` : '';
}

/** One migration of a sequence, outside a transaction where it must be, with what its author states; empty as above. */
export function phaseFence(migration: Migration, draft: DraftMigration): string {
  const written = writePhase(migration, draft);
  return written ? fence(written.language, written.lines) : '';
}

/** Migrations of their own, one after the other; empty where the database cannot do one of them. */
export function phaseFences(migration: Migration, drafts: readonly DraftMigration[]): string {
  const fences = drafts.map((draft) => phaseFence(migration, draft));
  return fences.includes('') ? '' : fences.join('\n\nThen:\n\n');
}

/** Paragraphs; those that are empty are left out. */
export function paragraphs(...parts: readonly (string | undefined)[]): string {
  return parts.filter((part) => part !== undefined && part !== '').join('\n\n');
}

/** A fence after the sentence that leads to it; empty where there is no fence. */
export function led(sentence: string, fenced: string): string {
  return fenced === '' ? '' : `${sentence}\n\n${fenced}`;
}
