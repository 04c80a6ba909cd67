/** Small repositories and migrations for tests of frontends. */
import type { Database, Migration, Status } from '../../src/operations/migration.ts';
import { findDatabase } from '../../src/frontends/database.ts';
import type { Claim, Project, SourceFile } from '../../src/frontends/frontend.ts';
import { findClaim, type Claimed } from '../../src/frontends/index.ts';
import { readMigration } from '../../src/frontends/read-migration.ts';

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
  const claimed = claimedOf(path, files);
  return claimed && { framework: claimed.frontend.framework, ...claimed.claim };
}

/** The database of the migration at the path. */
export function databaseOf(path: string, files: Files): Database {
  const frontend = claimedOf(path, files)?.frontend ?? {};
  return findDatabase({ frontend, path, project: project(files), texts: [fileAt(path, files).text] });
}

/** The migration that holds the file at the path, read with its sibling if one is in the repository. */
export function migrationAt(
  path: string,
  files: Files,
  settings: { database?: Database; status?: Status } = {},
): Migration {
  const claimed = claimedOf(path, files);
  if (!claimed) throw new Error(`nobody claims ${path}`);
  const up = claimed.claim.migration;
  const down = Object.keys(files).find((other) => {
    const claim = claimOn(other, files);
    return claim?.migration === up && claim.part === 'down';
  });
  return readMigration({
    frontend: claimed.frontend,
    files: {
      ...(typeof files[up] === 'string' ? { up: fileAt(up, files) } : {}),
      ...(down !== undefined && typeof files[down] === 'string' ? { down: fileAt(down, files) } : {}),
    },
    database: settings.database ?? databaseOf(path, files),
    project: project(files),
    path: up,
    status: settings.status ?? 'added',
    ...(claimed.claim.version === undefined ? {} : { version: claimed.claim.version }),
  });
}

function claimedOf(path: string, files: Files): Claimed | undefined {
  return findClaim(fileAt(path, files), project(files));
}

function fileAt(path: string, files: Files): SourceFile {
  const text = files[path];
  return { path, text: typeof text === 'string' ? text : '' };
}
