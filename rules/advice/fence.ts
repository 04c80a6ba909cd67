/** Corrected migrations as Markdown. */
import { outsideTransaction } from '../../src/operations/facts/frameworks.ts';
import type { Migration } from '../../src/operations/migration.ts';
import { findScript } from './script.ts';

/** The statements as one migration of the framework at hand. */
export function migrationFence(migration: Migration, statements: readonly string[]): string {
  const script = findScript(migration.framework, statements, false);
  return script
    ? fence(script.language, script.lines)
    : fence('sql', [...(opening[migration.framework] ?? []), ...statements]);
}

/** The statement as a migration that runs outside a transaction, with the sentence that says so. */
export function outsideFence(migration: Migration, statement: string): string {
  const { how, head } = outsideTransaction(migration.framework);
  const script = findScript(migration.framework, [statement], true);
  const text = script ? fence(script.language, script.lines) : fence('sql', [...head, statement]);
  return `In a migration of its own, ${how}:\n\n${text}`;
}

/** A migration file that opens a direction by a comment. */
const opening: Record<string, string[]> = {
  goose: ['-- +goose Up'],
  dbmate: ['-- migrate:up'],
};

/** Lines as a fence, which is longer than any run of backticks inside, so that no name breaks out of it. */
export function fence(language: string, lines: readonly string[]): string {
  const text = lines.join('\n');
  const longest = Math.max(2, ...(text.match(/`+/g) ?? []).map((run) => run.length));
  const marks = '`'.repeat(longest + 1);
  return `${marks}${language}\n${text}\n${marks}`;
}
