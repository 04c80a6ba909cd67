/** Where the migrations stand that a model is compared with. */
import { findFrontend, wants } from '../frontends/index.ts';
import { folderOf, inFolder, nameOf, rootOf } from '../frontends/paths.ts';
import type { ListedFile } from '../host.ts';
import { homeOf, isScript } from '../models/paths.ts';

/** Of a model of Python: the package of Django's beside it, or else the nearest folders of Alembic's revisions. Of one of JavaScript: the nearest folders of migrations. */
export function rootsOfModel({ path }: ListedFile, paths: ReadonlySet<string>): string[] {
  if (isScript(path)) return nearestRoots(path, [...paths].filter(isScriptMigration));
  if (!path.endsWith('.py')) return [];
  const beside = inFolder(homeOf(path), 'migrations');
  for (const each of paths) if (folderOf(each) === beside) return [beside];
  return nearestRoots(path, [...paths].filter(isRevision));
}

/** One migration of each folder that models of JavaScript are compared with, which alone do not say their database. */
export function migrationsBeside(models: readonly ListedFile[], paths: ReadonlySet<string>): string[] {
  const roots = new Set(models.filter(({ path }) => isScript(path)).flatMap((each) => rootsOfModel(each, paths)));
  const first = new Map<string, string>();
  for (const each of paths) {
    const root = rootOf(each);
    if (roots.has(root) && !first.has(root) && isScriptMigration(each)) first.set(root, each);
  }
  return [...first.values()];
}

function nearestRoots(path: string, migrations: readonly string[]): string[] {
  const roots = new Set(migrations.map(rootOf));
  const nearest = Math.max(...[...roots].map((root) => sharedFolders(root, path)));
  return [...roots].filter((root) => sharedFolders(root, path) === nearest);
}

/** Drizzle's are SQL; a frontend of scripts asks for those of all of them. What has no number is a program that runs them. */
function isScriptMigration(path: string): boolean {
  if (!/\d{3}/.test(nameOf(path)) && nameOf(path) !== 'migration.sql') return false;
  return ['typeorm', 'drizzle'].some((framework) => findFrontend(framework)?.wants(path));
}

function isRevision(path: string): boolean {
  return /(?:^|\/)versions\/(?:.*\/)?\w+\.py$/.test(path) && wants(path);
}

function sharedFolders(one: string, other: string): number {
  const [parts, others] = [one.split('/'), other.split('/')];
  const apart = parts.findIndex((part, index) => part !== others[index]);
  return apart === -1 ? parts.length : apart;
}
