import type { ChangedFile } from '../src/operations/change.ts';
import type { Migration } from '../src/operations/migration.ts';
import type { Span } from '../src/operations/operation.ts';
import { takesPlaceOf } from '../src/operations/recorded-identity.ts';
import { code, type ChangeContext, type Edit, type Found, type Rule } from '../src/rule.ts';
import { deleted, modified, renamed, replaced, type Happens } from './advice/recorded.ts';
import { isRevert } from './advice/revert.ts';

/** A migration that is on the base branch, and may have run, is changed, renamed or deleted. */
export const editedMigration: Rule = {
  id: 'edited-migration',
  title: 'A migration that may have run is edited or deleted',
  severity: 'error',
  concerns: 'process',
  check: {
    change: (context) => {
      const byPath = new Map(context.files.map((file) => [file.path, file]));
      const takesBack = isRevert(context.change);
      return context.migrations.flatMap((migration) => {
        const file = byPath.get(migration.path);
        // Flyway's R__ and their like have no version and run again whenever they change.
        if (!file || migration.version === undefined || isSquashed(migration, context)) return [];
        const happens =
          file.status === 'deleted'
            ? (takenOver(migration, context) ?? deleted(migration, takesBack))
            : whatHappens(migration, file, context.edits.get(migration.path));
        return happens ? [foundOf(file, happens)] : [];
      });
    },
  },
};

/** Django no longer asks for a file that a squashed migration of the base branch stands for. */
function isSquashed({ status, revision }: Migration, { lineages }: ChangeContext): boolean {
  if (status !== 'deleted' || revision === undefined) return false;
  return lineages.some(({ standing }) => standing.some(({ replaces }) => replaces?.includes(revision)));
}

/** A new migration of the change has its number. */
function takenOver(migration: Migration, { lineages }: ChangeContext): Happens | undefined {
  for (const lineage of lineages) {
    const taker = lineage.now.find((each) => takesPlaceOf(each, migration));
    if (taker) return replaced(migration, taker, lineage);
  }
  return undefined;
}

function foundOf(file: ChangedFile, { severity, what, advice }: Happens): Found & { span: Span } {
  return {
    span: firstChange(file),
    ...(severity ? { severity } : {}),
    message: `${code(file.previousPath ?? file.path)} is on the base branch, so it may have run: ${what}`,
    advice: advice ?? 'Put it back as it was, and say what is to change in a new migration.',
  };
}

function whatHappens(migration: Migration, file: ChangedFile, edit: Edit | undefined): Happens | undefined {
  if (file.status === 'added' || (file.status === 'modified' && file.before === file.after)) return undefined;
  if (file.status !== 'renamed') return modified(migration, edit);
  const moved = renamed(migration, file, edit);
  if (moved === 'as before') return file.before === file.after ? undefined : modified(migration, edit);
  return moved;
}

/** The first line that differs; of a deleted file its first. */
function firstChange({ path, before = '', after = '', status }: ChangedFile): Span {
  const old = before.split(/\r\n|\r|\n/);
  const lines = after.split(/\r\n|\r|\n/);
  const index = lines.findIndex((line, at) => line !== old[at]);
  const line = status !== 'deleted' && index !== -1 ? index + 1 : 1;
  return { path, startLine: line, endLine: line, startColumn: 1, endColumn: Math.max(1, lines[line - 1]?.length ?? 1) };
}
