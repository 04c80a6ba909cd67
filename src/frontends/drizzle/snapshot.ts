/** Drizzle's snapshots: the whole schema that its migrations lead to, as JSON. */
import type { Database } from '../../operations/migration.ts';
import type { Operation } from '../../operations/operation.ts';
import { databaseNamed } from '../database-name.ts';
import type { SourceFile } from '../frontend.ts';
import { isRecord, parse } from '../manifest.ts';
import { folderOf, inFolder, nameOf } from '../paths.ts';
import { readStatedTables } from '../sql/stated-tables.ts';
import { snapshotTable, type Dialect } from './snapshot-table.ts';

const collator = new Intl.Collator('en', { numeric: true });

/** The newest snapshot in `meta` beside a migration. They are numbered as the journal goes, which is not at hand before texts are asked for. */
export function findNewestSnapshot(path: string, paths: ReadonlySet<string>): string[] {
  const newest = snapshotsAmong(paths).get(inFolder(folderOf(path), 'meta'));
  return newest === undefined ? [] : [newest];
}

const amongPaths = new WeakMap<ReadonlySet<string>, Map<string, string>>();

/** By folder; found once per listing, as it is asked again for every migration. */
function snapshotsAmong(paths: ReadonlySet<string>): Map<string, string> {
  const known = amongPaths.get(paths);
  if (known) return known;
  const newest = new Map<string, string>();
  for (const path of paths) {
    if (!/(^|\/)meta\/\d{4,}_snapshot\.json$/.test(path)) continue;
    const other = newest.get(folderOf(path));
    if (other === undefined || collator.compare(other, path) < 0) newest.set(folderOf(path), path);
  }
  amongPaths.set(paths, newest);
  return newest;
}

/** The number that a snapshot shares with its migration. */
export function versionOfSnapshot(path: string): string {
  return nameOf(path).replace(/_snapshot\.json$/, '');
}

/** The formats of each dialect: https://github.com/drizzle-team/drizzle-orm/tree/main/drizzle-kit/src/serializer */
const formats: Partial<Record<Database, readonly string[]>> = {
  postgres: ['5', '6', '7'],
  mysql: ['5'],
  sqlite: ['5', '6'],
};

/** What makes the tables of a snapshot; nothing where it is for another database, or of a format that is not known. */
export function readSnapshot({ path, text }: SourceFile, database: Database): Operation[] {
  const snapshot = parse(text);
  if (!isRecord(snapshot)) return [];
  const { version, dialect, tables, enums } = snapshot;
  const format = dialectOf(database);
  if (!format || typeof dialect !== 'string' || databaseNamed(dialect.replace(/^pg$/, 'postgres')) !== format)
    return [];
  if (!formats[format]?.includes(String(version)) || !isRecord(tables)) return [];
  const names = new Set(isRecord(enums) ? Object.keys(enums) : []);
  const stated = Object.values(tables).flatMap((table) => snapshotTable(table, names, format) ?? []);
  return readStatedTables(stated, path, database);
}

/** MariaDB is migrated as MySQL. */
function dialectOf(database: Database): Dialect | undefined {
  if (database === 'mariadb') return 'mysql';
  return database === 'postgres' || database === 'mysql' || database === 'sqlite' ? database : undefined;
}
