/** What the settings of a Django project tell: its database and its model of users. */
import type { Database } from '../../operations/migration.ts';
import type { Project } from '../frontend.ts';
import { folderOf, foldersAround, inFolder, nameOf } from '../paths.ts';

/** True for a file that may hold a project's settings. */
export function isSettingsFile(path: string): boolean {
  return nameOf(path) === 'settings.py' || (nameOf(folderOf(path)) === 'settings' && path.endsWith('.py'));
}

/** The databases that ENGINE names in a settings file. */
export function databasesOfSettings(text: string): Set<Database> {
  const found = new Set<Database>();
  for (const word of stringsIn(text)) {
    const engine = word.split('.').at(-1) ?? '';
    const isEngine = /^(django|django_prometheus|dj_db_conn_pool|psqlextra|mssql|django_tenants)(\.|$)/.test(word);
    const database = isEngine || word.includes('.backends.') ? engines[engine] : undefined;
    if (database) found.add(database);
  }
  // SQLite beside another one is what tests and laptops use.
  if (found.size > 1) found.delete('sqlite');
  return found;
}

/** The value of AUTH_USER_MODEL in a settings file around a folder of migrations. */
export function findUserModel(migrations: string, project: Project): string | undefined {
  const around = foldersAround(inFolder(migrations, 'any'));
  for (const other of project.paths) {
    const folder = folderOf(other);
    if (
      !isSettingsFile(other) ||
      ![folder, folderOf(folder), folderOf(folderOf(folder))].some((each) => around.includes(each))
    )
      continue;
    const line = project
      .textOf(other)
      ?.split('\n')
      .find((each) => each.startsWith('AUTH_USER_MODEL'));
    const value = line?.split(/["']/)[1];
    if (value !== undefined) return value;
  }
  return undefined;
}

/** Last parts of the names of database backends. */
const engines: Record<string, Database> = {
  mssql: 'sqlserver',
  mysql: 'mysql',
  postgis: 'postgres',
  postgresql: 'postgres',
  postgresql_psycopg2: 'postgres',
  spatialite: 'sqlite',
  sqlite3: 'sqlite',
};

function stringsIn(text: string): string[] {
  return text.split('\n').flatMap((line) => (line.trimStart().startsWith('#') ? [] : line.split(/["']/)));
}
