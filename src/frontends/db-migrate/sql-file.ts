/** The SQL files that a migration of db-migrate reads. */
import type { Source } from '../frontend.ts';
import { folderOf, inFolder } from '../paths.ts';

/** The path in the repository of a file that the migration names from its own folder, or undefined. */
export function embeddedPath(source: Source, named: string): string | undefined {
  const path = inFolder(folderOf(source.files.up?.path ?? ''), named.replace(/^\.?\//, ''));
  return source.project.paths.has(path) || source.project.textOf(path) !== undefined ? path : undefined;
}
