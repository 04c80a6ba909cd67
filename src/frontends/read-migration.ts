/** One migration from its files: what the frontend reads, with everything around it. */
import type { Migration } from '../operations/migration.ts';
import type { ClaimedMigration, Project, Reading, Source } from './frontend.ts';
import { findFrontend } from './index.ts';
import { findForeignText } from './sql/foreign-database.ts';
import { loadReader } from './sql/read-sql.ts';

/** Reads a migration whole, loading what that needs. Never rejects: where the frontend fails, the migration is one opaque operation. */
export async function readMigration(claimed: ClaimedMigration): Promise<Migration> {
  await loadReader(claimed.database);
  await findFrontend(claimed.framework)?.load?.();
  return readLoadedMigration(claimed);
}

/** The same, where the readers of its database and framework are loaded. */
export function readLoadedMigration(claimed: ClaimedMigration): Migration {
  const { framework, path, status, version, databaseVersion } = claimed;
  const database = isForeign(claimed) ? 'unknown' : claimed.database;
  const known = databaseVersion === undefined ? { database } : { database, databaseVersion };
  const whole = claimed.history ? { history: true as const } : {};
  const source: Source = { framework, files: claimed.files, project: projectOf(claimed), ...known, ...whole };
  const reading = readOrExplain(source, path);
  const named = { path, framework, ...known, status, ...reading };
  return version === undefined ? named : { ...named, version };
}

/** What the text itself says holds against a configuration for the whole repository. */
function isForeign({ files }: ClaimedMigration): boolean {
  return [files.up, files.down].some(
    (file) => file?.path.endsWith('.sql') && findForeignText(file.path, file.text) !== undefined,
  );
}

/** Migrations of one folder share their list of paths, which may be long. */
const pathSets = new WeakMap<readonly string[], ReadonlySet<string>>();

function projectOf({ paths, texts }: ClaimedMigration): Project {
  const known = pathSets.get(paths) ?? new Set(paths);
  pathSets.set(paths, known);
  return {
    paths: known,
    textOf: (path) => (Object.hasOwn(texts, path) ? texts[path] : undefined),
  };
}

function readOrExplain(source: Source, path: string): Reading {
  try {
    const frontend = findFrontend(source.framework);
    if (!frontend) return unreadable(path, 'its framework is not known here');
    return frontend.read(source);
  } catch (error) {
    return unreadable(path, `the reader failed (${error instanceof Error ? error.name : 'unknown error'})`);
  }
}

function unreadable(path: string, reason: string): Reading {
  const span = { path, startLine: 1, endLine: 1, startColumn: 1, endColumn: 1 };
  const operation = { kind: 'opaque', reason, span, statement: 1 } as const;
  return { transaction: 'unknown', up: [operation], down: { kind: 'missing' }, statements: 1, comments: [] };
}
