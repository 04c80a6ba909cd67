/** Which migrations share a schema. */
import { findDatabaseInPath } from './database.ts';
import { rootOf } from './paths.ts';

/** The same for migrations that run on one database after each other: their folder, and the database that their names speak of. */
export function kinOf(path: string): string {
  return `${rootOf(path)} ${findDatabaseInPath(path) ?? ''}`;
}
