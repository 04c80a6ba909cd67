/** The files of a repository that tell which database and framework it uses, and what each of them says. */
import type { Database } from '../operations/migration.ts';
import { databaseNamed, databasesOfUrls } from './database-name.ts';
import { databasesOfSettings, isSettingsFile } from './django/settings.ts';
import type { Project } from './frontend.ts';
import { readManifest } from './manifest.ts';
import { folderOf, foldersAround, isBystander, nameOf } from './paths.ts';

/** True for files of which `findDatabase` or a frontend may want the text. Lock files are left out: the manifest beside them says the same. */
export function isProjectFile(path: string): boolean {
  return (readerOf(path) !== undefined || isFrameworkFile(path)) && !isBystander(path);
}

/** Where Knex looks for its configuration. */
export const knexFiles = ['knexfile.js', 'knexfile.ts', 'knexfile.cjs', 'knexfile.mjs'];

/** At most ten per folder of migrations, and forty for all: each is a request to the host. */
const mostPerFolder = 10;
const most = 40;

/** The project files whose texts are worth having for the migrations at `paths`, the nearest first and few. */
export function nearestProjectFiles(paths: readonly string[], all: Iterable<string>): string[] {
  const candidates = [...all].filter(isProjectFile);
  const nearest = new Map<string, string[]>();
  for (const path of paths) nearest.set(folderOf(path), projectFilesAround(path, candidates).slice(0, mostPerFolder));
  return [...new Set([...nearest.values()].flat())].slice(0, most);
}

/** The project files that may count for a migration, the nearest first: those in the folders around it, and a few kinds one folder further down. */
function projectFilesAround(path: string, all: Iterable<string>): string[] {
  const around = foldersAround(path);
  const distances = new Map<string, number>();
  for (const other of projectFilesAmong(all)) {
    const distance = distanceOf(other, around);
    if (distance !== undefined) distances.set(other, distance);
  }
  return [...distances].sort(([one, near], [other, far]) => near - far || (one < other ? -1 : 1)).map(([file]) => file);
}

const amongPaths = new WeakMap<Iterable<string>, string[]>();

/** Found once per listing: it is asked again for every migration. */
function projectFilesAmong(all: Iterable<string>): string[] {
  const found = amongPaths.get(all) ?? [...all].filter(isProjectFile);
  amongPaths.set(all, found);
  return found;
}

/** The databases that a project file speaks of; empty for a file that tells nothing. */
function databasesOfFile(path: string, text: string): Set<Database> {
  return readerOf(path)?.(text) ?? new Set();
}

/** What the nearest folder that speaks of any database names, and which of them its Compose files run. */
export function databasesAround(path: string, project: Project): { named: Set<Database>; run: Set<Database> } {
  const named = new Set<Database>();
  const run = new Set<Database>();
  let nearest: string | undefined;
  for (const file of projectFilesAround(path, project.paths)) {
    const found = databasesOfFile(file, project.textOf(file) ?? '');
    if (found.size === 0 || (nearest !== undefined && folderOf(file) !== nearest)) continue;
    nearest = folderOf(file);
    for (const database of found) {
      named.add(database);
      if (isComposeFile(file)) run.add(database);
    }
  }
  return { named, run };
}

function isComposeFile(path: string): boolean {
  return /^(docker-)?compose[\w.-]*\.ya?ml$/.test(nameOf(path));
}

function isFrameworkFile(path: string): boolean {
  const name = nameOf(path);
  if (name === '_journal.json') return nameOf(folderOf(path)) === 'meta';
  if (name === 'metadata.toml') return /^\d/.test(nameOf(folderOf(path)));
  return (
    name.endsWith('.prisma') ||
    /^drizzle\.config\.(ts|js|mjs|cjs|json)$/.test(name) ||
    knexFiles.includes(name) ||
    [
      'alembic.ini',
      'apps.py',
      'env.py',
      'migration_lock.toml',
      'diesel.toml',
      'flyway.conf',
      'flyway.toml',
      'atlas.hcl',
    ].includes(name) ||
    /^[VUBR].*__.*\.sql\.conf$/.test(name)
  );
}

function distanceOf(path: string, around: readonly string[]): number | undefined {
  const folder = folderOf(path);
  const up = around.indexOf(folder);
  if (up !== -1) return 2 * up;
  // The settings of Django stand in a folder of the project, or in one for them alone.
  const isInSettings = nameOf(folder) === 'settings';
  const above = around.indexOf(isInSettings ? folderOf(folderOf(folder)) : folderOf(folder));
  const countsBelow =
    isSettingsFile(path) ||
    isInRequirements(path) ||
    /\.prisma$|^_journal\.json$|^flyway\.conf$|^database\.yml$/.test(nameOf(path));
  return above !== -1 && countsBelow ? 2 * above + 1 : undefined;
}

type Reader = (text: string) => Set<Database>;

function readerOf(path: string): Reader | undefined {
  const name = nameOf(path);
  if (name === 'package.json') return readPackageJson;
  if (isComposeFile(path)) return readImages;
  if (/^application[\w-]*\.(ya?ml|properties)$/.test(name)) return databasesOfUrls;
  if (name === 'database.yml') return readAdapters;
  if (isSettingsFile(path)) return /^tests?[_.]/.test(name) ? databasesOfTestSettings : databasesOfSettings;
  if (
    /^(Gemfile|pyproject\.toml|Pipfile|Cargo\.toml|requirements[\w.-]*\.(txt|in))$/.test(name) ||
    isInRequirements(path)
  )
    return readDrivers('#');
  if (name === 'go.mod' || /^build\.gradle(\.kts)?$/.test(name)) return readDrivers('//');
  if (name === 'composer.json' || name === 'pom.xml' || name === 'libs.versions.toml') return readDrivers('#');
  return undefined;
}

/** Python projects with several lists of requirements give them a folder. */
function isInRequirements(path: string): boolean {
  return /^requirements?$/.test(nameOf(folderOf(path))) && /\.(txt|in)$/.test(path);
}

/** Tests run on SQLite wherever the project runs. */
function databasesOfTestSettings(text: string): Set<Database> {
  const found = databasesOfSettings(text);
  found.delete('sqlite');
  return found;
}

/** What only tests need stands under devDependencies, and counts when nothing else does. */
function readPackageJson(text: string): Set<Database> {
  const manifest = readManifest(text);
  const found = driversAmong(manifest?.dependencies ?? []);
  return found.size > 0 ? found : driversAmong(manifest?.devDependencies ?? []);
}

function readDrivers(comment: string): Reader {
  return (text) => driversAmong(text.split('\n').flatMap((line) => (line.split(comment)[0] ?? '').split(/[^\w./@-]+/)));
}

function readImages(text: string): Set<Database> {
  const images = text.split('\n').flatMap((line) => /^\s*(?:- )?image:\s*["']?([^\s"'#]+)/.exec(line)?.[1] ?? []);
  const words = images.flatMap((image) => image.replace(/:[^/]*$/, '').split(/[/-]/));
  const known = words
    .map((word) => imageNames[word] ?? databaseNamed(word))
    .filter((database) => database !== undefined);
  return new Set(known);
}

function readAdapters(text: string): Set<Database> {
  const adapters = text.split('\n').flatMap((line) => /^\s*adapter:\s*["']?(\w+)/.exec(line)?.[1] ?? []);
  return new Set(
    adapters.map((adapter) => drivers[adapter] ?? databaseNamed(adapter)).filter((one) => one !== undefined),
  );
}

function driversAmong(names: readonly string[]): Set<Database> {
  const found = new Set<Database>();
  for (const name of names) {
    const plain = name
      .toLowerCase()
      .replace(/\/v\d+$/, '')
      .replaceAll('_', '-')
      .replace(/[.-]+$/, '');
    const database = Object.hasOwn(drivers, plain) ? drivers[plain] : undefined;
    if (database) found.add(database);
  }
  return found;
}

const imageNames: Record<string, Database> = {
  pgvector: 'postgres',
  timescaledb: 'postgres',
  postgis: 'postgres',
};

/** Packages, gems, crates (and their features), modules and artifacts, lower case with dashes. */
const drivers: Record<string, Database> = {
  '@libsql/client': 'sqlite',
  '@neondatabase/serverless': 'postgres',
  '@prisma/adapter-pg': 'postgres',
  '@vercel/postgres': 'postgres',
  aiomysql: 'mysql',
  aiosqlite: 'sqlite',
  asyncpg: 'postgres',
  'better-sqlite3': 'sqlite',
  'github.com/denisenkom/go-mssqldb': 'sqlserver',
  'github.com/go-sql-driver/mysql': 'mysql',
  'github.com/jackc/pgx': 'postgres',
  'github.com/lib/pq': 'postgres',
  'github.com/mattn/go-sqlite3': 'sqlite',
  'github.com/microsoft/go-mssqldb': 'sqlserver',
  mariadb: 'mariadb',
  'mariadb-java-client': 'mariadb',
  'modernc.org/sqlite': 'sqlite',
  mssql: 'sqlserver',
  'mssql-django': 'sqlserver',
  'mssql-jdbc': 'sqlserver',
  mysql: 'mysql',
  'mysql-connector-j': 'mysql',
  'mysql-connector-java': 'mysql',
  'mysql-connector-python': 'mysql',
  mysql2: 'mysql',
  mysqlclient: 'mysql',
  'org.postgresql': 'postgres',
  pg: 'postgres',
  'pg-promise': 'postgres',
  postgres: 'postgres',
  postgresql: 'postgres',
  psycopg: 'postgres',
  psycopg2: 'postgres',
  'psycopg2-binary': 'postgres',
  pymssql: 'sqlserver',
  pymysql: 'mysql',
  'r2dbc-postgresql': 'postgres',
  rusqlite: 'sqlite',
  sqlite: 'sqlite',
  'sqlite-jdbc': 'sqlite',
  sqlite3: 'sqlite',
  tedious: 'sqlserver',
  'tiny-tds': 'sqlserver',
  'tokio-postgres': 'postgres',
  trilogy: 'mysql',
};
