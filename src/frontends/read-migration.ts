/** One migration from its files: what the frontend reads, with everything around it. */
import type { Database, Migration, Status } from '../operations/migration.ts';
import type { Frontend, Project, Reading, Source } from './frontend.ts';
import { findForeignText } from './sql/foreign-database.ts';

/** A migration with all the files that frontends claimed for it. */
export type ClaimedMigration = {
  frontend: Pick<Frontend, 'framework' | 'read'>;
  files: Source['files'];
  database: Database;
  databaseVersion?: number;
  project: Project;
  /** Path of the file of the up direction, also when that file is not at hand. */
  path: string;
  status: Status;
  version?: string;
};

/** Reads a migration whole. Never throws: where the frontend fails, the migration is one opaque operation. */
export function readMigration(claimed: ClaimedMigration): Migration {
  const { frontend, path, status, version, databaseVersion } = claimed;
  const database = isForeign(claimed) ? 'unknown' : claimed.database;
  const known = databaseVersion === undefined ? { database } : { database, databaseVersion };
  const source: Source = { framework: frontend.framework, files: claimed.files, project: claimed.project, ...known };
  const reading = readOrExplain(frontend, source, path);
  const named = { path, framework: frontend.framework, ...known, status };
  return version === undefined ? { ...named, ...reading } : { ...named, version, ...reading };
}

/** What the text itself says holds against a configuration for the whole repository. */
function isForeign({ files }: ClaimedMigration): boolean {
  return [files.up, files.down].some((file) => file?.path.endsWith('.sql') && findForeignText(file.path, file.text));
}

function readOrExplain(frontend: ClaimedMigration['frontend'], source: Source, path: string): Reading {
  try {
    return frontend.read(source);
  } catch (error) {
    const what = error instanceof Error ? error.name : 'unknown error';
    const span = { path, startLine: 1, endLine: 1, startColumn: 1, endColumn: 1 };
    const operation = { kind: 'opaque', reason: `the reader failed (${what})`, span, statement: 1 } as const;
    return { transaction: 'unknown', up: [operation], down: { kind: 'missing' }, statements: 1, comments: [] };
  }
}
