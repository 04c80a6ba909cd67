/** Which migrations share a schema. */
import { findDatabaseInPath } from './database.ts';
import { rootOf } from './paths.ts';

/** The same for migrations that run on one database after each other: their folder, and the database that their names speak of. */
export function kinOf(path: string): string {
  const known = kins.get(path);
  if (known !== undefined) return known;
  if (kins.size >= mostKins) kins.clear();
  const kin = `${rootOf(path)} ${findDatabaseInPath(path) ?? ''}`;
  kins.set(path, kin);
  return kin;
}

/** A review asks of every earlier migration, several times. */
const kins = new Map<string, string>();
const mostKins = 20_000;

/** Those among the kins whose schema a migration changes: a file that names no database runs on each of the databases that have files of their own beside it. */
export function kinsReached(path: string, kins: Iterable<string>): Set<string> {
  const own = kinOf(path);
  const isForAll = findDatabaseInPath(path) === undefined;
  const beside = isForAll ? [...kins].filter((kin) => kin.startsWith(`${rootOf(path)} `)) : [];
  return new Set([own, ...beside]);
}
