/** Where Rails and its gems keep what runs beside a deployment. */
import { folderOf, foldersAround, inFolder, isBystander, nameOf } from '../paths.ts';

export type Place = { kind: 'migration' | 'maintenance' | 'deployment'; version?: string };

/** What stands at a path, or undefined. https://github.com/rails/rails/blob/main/activerecord/lib/active_record/migration.rb: MigrationFilenameRegexp */
export function placeOf(path: string): Place | undefined {
  if (isBystander(path)) return undefined;
  const folders = `/${folderOf(path)}/`;
  const name = nameOf(path);
  const version = /^(\d+)_\w*\.?\w*\.rb$/.exec(name)?.[1];
  if (version !== undefined && /\/db\/(\w+_)?(migrate|data)(_\w+)?\//.test(folders))
    return { kind: 'migration', version };
  if (name.endsWith('_task.rb') && folders.includes('/app/tasks/')) return { kind: 'maintenance' };
  const stamp = /^(\d+)_\w+\.rake$/.exec(name)?.[1];
  if (stamp !== undefined && folders.includes('/lib/tasks/deployment/')) return { kind: 'deployment', version: stamp };
  return undefined;
}

/** The file that holds the whole schema for a migration or a model at a path: that of its own database, else the main one of the nearest application. */
export function findSchemaFile(path: string, paths: ReadonlySet<string>): string | undefined {
  if (!placeOf(path) && !/(?:^|\/)app\/models\/.+\.rb$/.test(path)) return undefined;
  const database = /(?:^|\/)db\/(\w+)_migrate\//.exec(path)?.[1];
  const prefixes = database === undefined || database === 'post' ? [''] : [`${database}_`, ''];
  const names = prefixes.flatMap((prefix) => [`db/${prefix}schema.rb`, `db/${prefix}structure.sql`]);
  for (const folder of foldersAround(path)) {
    const found = names.map((name) => inFolder(folder, name)).find((candidate) => paths.has(candidate));
    if (found !== undefined) return found;
  }
  return undefined;
}

/** True for a file that says a whole schema. */
export function isSchemaFile(path: string): boolean {
  return /^(\w+_)?schema\.rb$/.test(nameOf(path)) && nameOf(folderOf(path)) === 'db';
}
