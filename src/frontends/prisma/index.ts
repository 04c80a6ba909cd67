/** Prisma Migrate: prisma/migrations/20240101000000_x/migration.sql. */
import type { Transaction } from '../../operations/migration.ts';
import { databaseNamed } from '../database-name.ts';
import type { Frontend, Project, Source } from '../frontend.ts';
import { findAround, folderOf, foldersAround, inFolder, mayBeMigration, nameOf } from '../paths.ts';
import { transactionOfOneQuery } from '../sql/one-query.ts';
import { countOutsideTransaction } from '../sql/outside-transaction.ts';
import { readDirections, type Direction } from '../sql/read-directions.ts';
import { findSetting } from '../settings.ts';
import { statedReading } from '../sql/stated-tables.ts';
import { findProvider, splitsConcurrently } from './parse.ts';
import { findSchemaParts, joinSchemaParts, readPrismaSchema } from './schema.ts';

/** The frontend of Prisma Migrate. */
export const prisma: Frontend = {
  framework: 'prisma',
  wants: (path) =>
    mayBeMigration(path) && nameOf(path) === 'migration.sql' && nameOf(folderOf(folderOf(path))).includes('migrations'),
  claim: ({ path }, project) => {
    if (!prisma.wants(path) || !isPrisma(path, project)) return undefined;
    return { migration: path, part: 'up', version: nameOf(folderOf(path)) };
  },
  database: (path, project) => {
    const lock = project.textOf(lockOf(path)) ?? '';
    const provider = findSetting(lock, 'provider') ?? findSchemaProvider(path, project);
    return provider === undefined ? undefined : (databaseNamed(provider) ?? 'unknown');
  },
  stated: {
    find: (path, paths) => (prisma.wants(path) ? findSchemaParts(path, paths) : []),
    join: joinSchemaParts,
  },
  read: (source) => {
    const file = source.files.up;
    if (file?.path.endsWith('.prisma')) return statedReading(readPrismaSchema(file, source.database));
    return readDirections(source, { down: () => ({ kind: 'unsupported' }), transaction });
  },
};

/** Drizzle's newer layout names its files alike, with a snapshot beside each. */
function isPrisma(path: string, project: Project): boolean {
  if (project.paths.has(lockOf(path))) return true;
  if (project.paths.has(inFolder(folderOf(path), 'snapshot.json'))) return false;
  return path.split('/').includes('prisma') || findAround(path, 'schema.prisma', project.paths) !== undefined;
}

function lockOf(path: string): string {
  return inFolder(folderOf(folderOf(path)), 'migration_lock.toml');
}

function findSchemaProvider(path: string, project: Project): string | undefined {
  const folders = new Set(foldersAround(path).flatMap((folder) => ['', 'prisma', 'schema'].map(below(folder))));
  for (const folder of folders) {
    for (const other of project.paths) {
      if (folderOf(other) !== folder || !other.endsWith('.prisma')) continue;
      const provider = findProvider(project.textOf(other) ?? '');
      if (provider !== undefined) return provider;
    }
  }
  return undefined;
}

function below(folder: string): (name: string) => string {
  return (name) => (name === '' ? folder : inFolder(folder, name));
}

/** The script goes to the server as one query; from 7.4 on the engine splits one that builds indexes concurrently: https://github.com/prisma/prisma-engines/pull/5767 */
function transaction({ stretches, file }: Direction, { database, project }: Source): Transaction {
  if (database !== 'postgres') return transactionOfOneQuery(database);
  const { statements, outside } = countOutsideTransaction(stretches);
  if (outside === 0 || statements === 1) return 'one-query';
  const manifest = findAround(file.path, 'package.json', project.paths);
  const splits = splitsConcurrently((manifest === undefined ? undefined : project.textOf(manifest)) ?? '');
  return splits === false ? 'one-query' : 'unknown';
}
