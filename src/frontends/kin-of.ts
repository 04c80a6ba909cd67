/** Which migrations share a schema. */
import { findDatabaseInPath } from './database.ts';
import { rootOf } from './paths.ts';
import { remembered } from './remembered.ts';

/** The same for migrations that run on one database after each other: their folder, and the database that their names speak of. */
export const kinOf = remembered((path) => `${rootOf(path)} ${findDatabaseInPath(path) ?? ''}`);

/** Those among the kins whose schema a migration changes: a file that names no database runs on each of the databases that have files of their own beside it. */
export function kinsReached(path: string, kins: Iterable<string>): string[] {
  const own = kinOf(path);
  const isForAll = own.endsWith(' ');
  const beside = isForAll ? [...kins].filter((kin) => kin !== own && kin.startsWith(own)) : [];
  return [own, ...beside];
}
