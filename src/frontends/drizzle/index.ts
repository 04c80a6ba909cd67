/** Drizzle Kit: drizzle/0000_x.sql with meta/_journal.json, and the newer folders with a snapshot. */
import type { Transaction } from '../../operations/migration.ts';
import { databaseNamed } from '../database-name.ts';
import type { Frontend, Project, Source } from '../frontend.ts';
import { folderOf, foldersAround, inFolder, mayBeMigration, nameOf } from '../paths.ts';
import { readDirections, type Direction } from '../sql/read-directions.ts';
import { statedReading } from '../sql/stated-tables.ts';
import { breakpoint, findConfigured, findDialect, readBreakpoints } from './parse.ts';
import { findNewestSnapshot, readSnapshot, versionOfSnapshot } from './snapshot.ts';

/** The frontend of Drizzle. */
export const drizzle: Frontend = {
  framework: 'drizzle',
  wants: (path) => mayBeMigration(path) && versionOf(path) !== undefined,
  claim: ({ path, text }, project) => {
    const version = versionOf(path);
    if (!mayBeMigration(path) || version === undefined) return undefined;
    if (!text.includes(breakpoint) && !isDrizzle(path, project)) return undefined;
    return { migration: path, part: 'up', version };
  },
  database: (path, project) => {
    const dialect =
      findDialect(project.textOf(journalOf(path)) ?? '') ??
      findConfigured(configurationOf(path, project) ?? '', 'dialect');
    return dialect === undefined ? undefined : (databaseNamed(dialect) ?? 'unknown');
  },
  stated: {
    find: (path, paths) => (drizzle.wants(path) ? findNewestSnapshot(path, paths) : []),
    join: ([snapshot]) => snapshot && { ...snapshot, version: versionOfSnapshot(snapshot.path) },
  },
  read: (source) => {
    const file = source.files.up;
    if (file?.path.endsWith('.json')) return statedReading(readSnapshot(file, source.database));
    return readDirections(source, { sections: readBreakpoints, down: () => ({ kind: 'unsupported' }), transaction });
  },
};

function versionOf(path: string): string | undefined {
  const name = nameOf(path) === 'migration.sql' ? nameOf(folderOf(path)) : nameOf(path);
  return /^(\d{4,})_./.exec(name)?.[1];
}

function isDrizzle(path: string, project: Project): boolean {
  if (nameOf(path) === 'migration.sql') return project.paths.has(snapshotOf(path));
  return project.paths.has(journalOf(path));
}

function journalOf(path: string): string {
  return inFolder(folderOf(path), 'meta/_journal.json');
}

function snapshotOf(path: string): string {
  return inFolder(folderOf(path), 'snapshot.json');
}

function configurationOf(path: string, project: Project): string | undefined {
  for (const folder of foldersAround(path)) {
    for (const ending of ['ts', 'js', 'mjs', 'cjs', 'json']) {
      const text = project.textOf(inFolder(folder, `drizzle.config.${ending}`));
      if (text !== undefined) return text;
    }
  }
  return undefined;
}

/** The migrator puts everything that is pending in one transaction, except over HTTP, where there is none to hold. */
function transaction({ file }: Direction, { project }: Source): Transaction {
  const driver = findConfigured(configurationOf(file.path, project) ?? '', 'driver');
  return driver?.endsWith('-http') ? 'unknown' : 'wrapped';
}
