/** Alembic: `revision` files in Python under `versions/`, also as Flask-Migrate lays them out. */
import type { Database } from '../../operations/migration.ts';
import { databaseNamed, databasesOfUrls } from '../database-name.ts';
import type { Frontend, Project } from '../frontend.ts';
import { findAround, folderOf, isAmongMigrations, isBystander, nameOf } from '../paths.ts';
import { databasesAround } from '../project-files.ts';
import { findSetting } from '../settings.ts';
import { loadParser } from '../syntax/tree.ts';
import { loadReader } from '../sql/read-sql.ts';
import { findHeader } from './header.ts';

/** Most repositories need no reader of Python: it is loaded for the first migration that does. */
const loaded: { read?: Frontend['read'] } = {};

/** The frontend of Alembic. */
export const alembic: Frontend = {
  framework: 'alembic',
  wants: (path) => path.endsWith('.py') && !isBystander(path) && isPlace(path),
  claim: ({ path, text }) => {
    if (!alembic.wants(path)) return undefined;
    const header = findHeader(text);
    if (!header) return undefined;
    return { migration: path, part: 'both', version: header.version };
  },
  database: databaseOf,
  load: async () => {
    const { loadPython, readAlembic } = await import('./parse.ts');
    loadPython(await loadParser('python'));
    loaded.read = readAlembic;
    await loadReader('postgres');
  },
  read: (source) => {
    if (!loaded.read) throw new Error('the reader of Python is not loaded');
    return loaded.read(source);
  },
};

/** A folder of versions, or one named for migrations; env.py stands beside them. */
function isPlace(path: string): boolean {
  if (/^(env|conftest|__init__)\.py$/.test(nameOf(path))) return false;
  return isAmongMigrations(path) || /(^|\/)([\w-]*versions|[\w-]*alembic[\w-]*)\//.test(`${folderOf(path)}/`);
}

/**
 * By the address in its settings. SQLite stands there where another one comes from the environment, and a file may hold words for each database
 * that the project runs on: both count only where the project names no other server.
 */
function databaseOf(path: string, project: Project, text: string | undefined): Database | undefined {
  const address = databaseOfSettings(path, project);
  if (address !== undefined && address !== 'sqlite') return address;
  const servers = new Set(databasesAround(path, project).named);
  servers.delete('sqlite');
  const own = databaseOfDialects(text ?? '') ?? address;
  servers.delete(own ?? 'unknown');
  return servers.size === 0 ? own : undefined;
}

/** `from sqlalchemy.dialects import postgresql`: what only one database has. */
function databaseOfDialects(text: string): Database | undefined {
  const found = new Set<Database>();
  for (const line of text.split('\n')) {
    const words = line.startsWith('from sqlalchemy.dialects') ? line.split(/[\s.,()]+/) : [];
    for (const word of words) {
      const database = word === 'sqlalchemy' ? undefined : databaseNamed(word);
      if (database) found.add(database);
    }
  }
  const [only, ...others] = found;
  return others.length === 0 ? only : undefined;
}

/** `sqlalchemy.url` of alembic.ini; https://alembic.sqlalchemy.org/en/latest/tutorial.html#editing-the-ini-file */
function databaseOfSettings(path: string, project: Project): Database | undefined {
  const settings = findAround(path, 'alembic.ini', project.paths);
  const url = settings && findSetting(project.textOf(settings) ?? '', 'sqlalchemy.url');
  const [only, ...others] = databasesOfUrls(url ?? '');
  return others.length === 0 ? only : undefined;
}
