/** Whether an edited or moved migration has run already, for all that its runner can see, and still does what it did then. */
import type { ChangedFile } from '../operations/change.ts';
import type { Migration } from '../operations/migration.ts';
import { identityOf } from '../operations/recorded-identity.ts';
import type { Edit } from '../rule.ts';

/** True where nothing is sent anew: a comment changed, or a folder moved. Repeatable migrations have no version and run whenever their text changes. */
export function hasRunAsItIs(migration: Migration, edit: Edit | undefined, file: ChangedFile | undefined): boolean {
  if (!edit || !file || migration.version === undefined || edit.changesUp || edit.changesDown) return false;
  if (file.status === 'modified') return true;
  return file.status === 'renamed' && identityOf(migration, edit.before, file) === 'same';
}
