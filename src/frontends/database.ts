/** Finds the database that a migration is for, where the configuration does not say it. */
import type { Database } from '../operations/migration.ts';
import { databaseNamed } from './database-name.ts';
import { findDatabaseOfSql } from './database-of-sql.ts';
import type { Project } from './frontend.ts';
import { findFrontend } from './index.ts';
import { nameOf, rootOf } from './paths.ts';
import { databasesAround } from './project-files.ts';
import { findForeignDatabase } from './sql/foreign-database.ts';

/**
 * The database by what speaks most clearly: the framework's own files, the folders on the path, what the project depends on, the SQL
 * itself, of which a program is none: `[name]` is a list in Python, and backticks are strings in JavaScript. Undefined where they are
 * silent or name several, and for databases that are not read here.
 */
export function findDatabase(
  path: string,
  project: Project,
  framework: string,
  ...texts: string[]
): Database | undefined {
  const own = findFrontend(framework)?.database?.(path, project, texts[0]);
  if (own) return own;
  if (texts.some((text) => findForeignDatabase(path, text) !== undefined)) return undefined;
  const told = findDatabaseInPath(path) ?? findInProject(path, project);
  return told ?? (path.endsWith('.sql') ? findDatabaseOfSql(texts) : undefined);
}

/**
 * Several databases side by side have a folder each (migrations/postgres, db/mysql-migrations) or an ending (1_x.mysql.up.sql).
 * What a migration calls itself (1_drop_mysql_ids/up.sql) says what it is about.
 */
export function findDatabaseInPath(path: string): Database | undefined {
  const inName = nameOf(path)
    .split('.')
    .flatMap((word) => databaseNamed(word) ?? []);
  return onlyOne(new Set([...databasesOfRoot(rootOf(path)), ...inName]));
}

/** The last root: the migrations of a folder are asked about one after the other. */
let asked: { root: string; databases: Database[] } = { root: '', databases: [] };

function databasesOfRoot(root: string): Database[] {
  if (root !== asked.root)
    asked = { root, databases: root.split(/[/._\-\s]+/).flatMap((word) => databaseNamed(word) ?? []) };
  return asked.databases;
}

/** The nearest folder with project files that name one database decides. Of several, the one that is run beside the project is meant; else it is left to the SQL. */
function findInProject(path: string, project: Project): Database | undefined {
  const { named, run } = databasesAround(path, project);
  return onlyOne(named) ?? onlyOne(run);
}

function onlyOne(databases: ReadonlySet<Database>): Database | undefined {
  const [database, ...others] = databases;
  return others.length === 0 ? database : undefined;
}
