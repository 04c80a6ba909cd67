/** One migration from its files: what the frontend reads, with everything around it. */
import type { Migration } from '../operations/migration.ts';
import type { ClaimedMigration, Reading, Source } from './frontend.ts';
import { frontends } from './index.ts';
import { findForeignText } from './sql/foreign-database.ts';
import { loadReader } from './sql/read-sql.ts';

/** Reads a migration whole. Never rejects: where the frontend fails, the migration is one opaque operation. */
export async function readMigration(claimed: ClaimedMigration): Promise<Migration> {
  const { framework, path, status, version, databaseVersion } = claimed;
  const database = isForeign(claimed) ? 'unknown' : claimed.database;
  const known = databaseVersion === undefined ? { database } : { database, databaseVersion };
  const paths = new Set(claimed.paths);
  const project = { paths, textOf: (each: string) => claimed.texts[each] };
  const reading = await readOrExplain({ framework, files: claimed.files, project, ...known }, path);
  const named = { path, framework, ...known, status };
  return version === undefined ? { ...named, ...reading } : { ...named, version, ...reading };
}

/** What the text itself says holds against a configuration for the whole repository. */
function isForeign({ files }: ClaimedMigration): boolean {
  return [files.up, files.down].some((file) => file?.path.endsWith('.sql') && findForeignText(file.path, file.text));
}

async function readOrExplain(source: Source, path: string): Promise<Reading> {
  try {
    const frontend = frontends.find((each) => each.framework === source.framework);
    if (!frontend) return unread(path, `there is no framework called ${source.framework}`);
    await loadReader(source.database);
    await frontend.load?.();
    return frontend.read(source);
  } catch (error) {
    return unread(path, `the reader failed (${error instanceof Error ? error.name : 'unknown error'})`);
  }
}

function unread(path: string, reason: string): Reading {
  const span = { path, startLine: 1, endLine: 1, startColumn: 1, endColumn: 1 };
  const operation = { kind: 'opaque', reason, span, statement: 1 } as const;
  return { transaction: 'unknown', up: [operation], down: { kind: 'missing' }, statements: 1, comments: [] };
}
