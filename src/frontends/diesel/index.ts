/** Diesel: migrations/2024-01-01-000000_x/up.sql and down.sql, with metadata.toml beside them. */
import type { Transaction } from '../../operations/migration.ts';
import type { Claim, Frontend, Project, Source, SourceFile } from '../frontend.ts';
import { findAround, folderOf, inFolder, isBystander, nameOf } from '../paths.ts';
import { findSetting } from '../settings.ts';
import { transactionOfOneQuery } from '../sql/one-query.ts';
import { readDirections, type Direction } from '../sql/read-directions.ts';

const parts: Record<string, Claim['part']> = { 'up.sql': 'up', 'down.sql': 'down', 'metadata.toml': 'settings' };

/** The frontend of Diesel. */
export const diesel: Frontend = {
  framework: 'diesel',
  wants: (path) => !isBystander(path) && nameOf(path) in parts && versionOf(path) !== undefined,
  claim,
  read: (source) => readDirections(source, { down: (file) => inFolder(folderOf(file.path), 'down.sql'), transaction }),
};

function claim({ path }: SourceFile, project: Project): Claim | undefined {
  const part = parts[nameOf(path)];
  const version = versionOf(path);
  if (!part || version === undefined || !diesel.wants(path) || !isDiesel(path, project)) return undefined;
  return { migration: inFolder(folderOf(path), 'up.sql'), part, version };
}

/** The number in front of the folder's name; Diesel compares it without its dashes. */
function versionOf(path: string): string | undefined {
  return /^(\d[\d-]*)_/.exec(nameOf(folderOf(path)))?.[1]?.replaceAll('-', '');
}

/** Other tools name their files so too; the dashes of a date in the folder are Diesel's own. */
function isDiesel(path: string, project: Project): boolean {
  if (nameOf(path) === 'metadata.toml' && !project.paths.has(inFolder(folderOf(path), 'up.sql'))) return false;
  if (/^\d{4}-\d{2}-\d{2}-\d{6}_|^00000000000000_diesel/.test(nameOf(folderOf(path)))) return true;
  if (project.paths.has(inFolder(folderOf(path), 'metadata.toml'))) return true;
  if (findAround(path, 'diesel.toml', project.paths) !== undefined) return true;
  const cargo = findAround(path, 'Cargo.toml', project.paths);
  return cargo !== undefined && (project.textOf(cargo) ?? '').includes('diesel');
}

/** https://docs.rs/diesel_migrations: run_in_transaction of metadata.toml is true where it is not given; the file is sent whole. */
function transaction({ file }: Direction, { database, project }: Source): Transaction {
  const settings = inFolder(folderOf(file.path), 'metadata.toml');
  const text = project.textOf(settings);
  if (text === undefined) return project.paths.has(settings) ? 'unknown' : 'wrapped';
  return findSetting(text, 'run_in_transaction') === 'false' ? transactionOfOneQuery(database) : 'wrapped';
}
