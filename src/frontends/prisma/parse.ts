/** Prisma's own files as far as they tell the database and the version. */
import { readManifest } from '../manifest.ts';

/** The provider of the datasource block of a Prisma schema, or undefined. */
export function findProvider(schema: string): string | undefined {
  let inDatasource = false;
  for (const line of schema.split('\n')) {
    const words = line.trim();
    if (words.startsWith('datasource ')) inDatasource = true;
    else if (words.startsWith('}')) inDatasource = false;
    else if (inDatasource && words.startsWith('provider')) return words.split('"')[1];
  }
  return undefined;
}

/** Whether the Prisma that a package.json asks for splits scripts with CONCURRENTLY; undefined where that is not said. */
export function splitsConcurrently(packageJson: string): boolean | undefined {
  const wanted = readManifest(packageJson)?.versions.get('prisma');
  const [, major, minor] = /^\D{0,2}(\d+)\.(\d+)/.exec(wanted ?? '') ?? [];
  if (major === undefined || minor === undefined) return undefined;
  return Number(major) > 7 || (Number(major) === 7 && Number(minor) >= 4);
}
