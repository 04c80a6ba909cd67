/** node-pg-migrate in SQL: 1700000000000_x.sql with `-- Up Migration` and `-- Down Migration`. */
import type { Frontend, Project } from '../frontend.ts';
import { readManifest } from '../manifest.ts';
import { findAround, isAmongMigrations, mayBeMigration, nameOf } from '../paths.ts';
import { readDirections } from '../sql/read-directions.ts';
import { hasMarker, readMarkers } from './parse.ts';

/** The frontend of node-pg-migrate, as far as its migrations are SQL. */
export const nodePgMigrate: Frontend = {
  framework: 'node-pg-migrate',
  wants: (path) => mayBeMigration(path) && /^\d+[_-].*\.sql$/.test(nameOf(path)),
  claim: ({ path, text }, project) => {
    const version = /^\d+/.exec(nameOf(path))?.[0];
    if (!nodePgMigrate.wants(path) || version === undefined) return undefined;
    if (!hasMarker(text) && !(isAmongMigrations(path) && dependsOnIt(path, project))) return undefined;
    return { migration: path, part: 'both', version };
  },
  database: () => 'postgres',
  read: (source) => readDirections(source, { sections: readMarkers, transaction: () => 'wrapped' }),
};

function dependsOnIt(path: string, project: Project): boolean {
  const manifest = findAround(path, 'package.json', project.paths);
  if (manifest === undefined) return false;
  return readManifest(project.textOf(manifest) ?? '')?.versions.has('node-pg-migrate') ?? false;
}
