/** Small repositories and migrations for tests of frontends. */
import type { Database, Migration } from '../../src/operations/migration.ts';
import { findDatabase } from '../../src/frontends/database.ts';
import type { Claim, ClaimedMigration, Project, SourceFile } from '../../src/frontends/frontend.ts';
import { findClaim } from '../../src/frontends/index.ts';
import { readLoadedMigration } from '../../src/frontends/read-migration.ts';
import { loadReader } from '../../src/frontends/sql/read-sql.ts';

for (const database of ['postgres', 'mysql', 'mariadb', 'sqlite', 'sqlserver'] as const) await loadReader(database);

/** Texts by path; `true` for a file that exists and whose text is not at hand. */
export type Files = Record<string, string | true>;

/** A repository of these files. */
export function project(files: Files): Project {
  return {
    paths: new Set(Object.keys(files)),
    textOf: (path) => {
      const text = files[path];
      return typeof text === 'string' ? text : undefined;
    },
  };
}

/** Who claims the file at the path, in short. */
export function claimOn(path: string, files: Files): (Claim & { framework: string }) | undefined {
  const claimed = findClaim(fileAt(path, files), project(files));
  return claimed && { framework: claimed.framework, ...claimed.claim };
}

/** The database of the migration at the path. */
export function databaseOf(path: string, files: Files): Database | undefined {
  return findDatabase(path, project(files), claimOn(path, files)?.framework ?? '', fileAt(path, files).text);
}

/** The migration that the file at the path belongs to, read with all its files. */
export async function migrationAt(
  path: string,
  files: Files,
  settings: Partial<ClaimedMigration> = {},
): Promise<Migration> {
  const claim = claimOn(path, files);
  if (!claim) throw new Error(`nobody claims ${path}`);
  const up = claim.migration;
  const paths = Object.keys(files);
  const down = paths.find((other) => {
    const its = claimOn(other, files);
    return its?.migration === up && its.part === 'down';
  });
  return readLoadedMigration({
    framework: claim.framework,
    path: up,
    status: 'added',
    ...(claim.version === undefined ? {} : { version: claim.version }),
    database: databaseOf(up, files) ?? 'unknown',
    files: { ...part('up', up, files), ...part('down', down, files) },
    paths,
    texts: Object.fromEntries(Object.entries(files).filter((entry): entry is [string, string] => entry[1] !== true)),
    ...settings,
  });
}

function part(name: 'up' | 'down', path: string | undefined, files: Files): Partial<ClaimedMigration['files']> {
  return path !== undefined && typeof files[path] === 'string' ? { [name]: fileAt(path, files) } : {};
}

function fileAt(path: string, files: Files): SourceFile {
  const text = files[path];
  return { path, text: typeof text === 'string' ? text : '' };
}

/** What a migration is made of, in short: `up` and `down` as `statement@line kind`. */
export function outline(migration: Migration): { transaction: string; up: string[]; down: string | string[] } {
  const { transaction, up, down } = migration;
  return { transaction, up: up.map(place), down: down.kind === 'written' ? down.operations.map(place) : down.kind };
}

function place(operation: Migration['up'][number]): string {
  return `${operation.statement}@${operation.span.startLine} ${operation.kind}`;
}
