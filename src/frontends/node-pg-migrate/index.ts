/** node-pg-migrate: SQL with `-- Up Migration` and `-- Down Migration`, or JavaScript and TypeScript with `up(pgm)`. */
import type { Frontend, Project, SourceFile } from '../frontend.ts';
import { isAmongMigrations, mayBeMigration, nameOf } from '../paths.ts';
import { readDirections } from '../sql/read-directions.ts';
import { dependsOn, hasUp, mayBeScriptMigration, scriptVersion } from '../syntax/script-entry.ts';
import { readScript } from '../syntax/script-reading.ts';
import { loadScriptParser } from '../syntax/script-tree.ts';
import { hasMarker, readMarkers } from './parse.ts';
import { createScriptFramework } from './script.ts';

/** The frontend of node-pg-migrate. */
export const nodePgMigrate: Frontend = {
  framework: 'node-pg-migrate',
  wants: (path) => isNumberedSql(path) || mayBeScriptMigration(path),
  claim: (file, project) => {
    const { path } = file;
    if (isNumberedSql(path))
      return isOwnSql(file, project) ? { migration: path, part: 'both', version: numberOf(path) } : undefined;
    if (!mayBeScriptMigration(path) || !hasUp(file.text) || !isOwnScript(file, project)) return undefined;
    return { migration: path, part: 'both', version: scriptVersion(path) };
  },
  database: () => 'postgres',
  load: loadScriptParser,
  read: (source) =>
    source.files.up?.path.endsWith('.sql') === false
      ? readScript(source, createScriptFramework())
      : readDirections(source, { sections: readMarkers, transaction: () => 'wrapped' }),
};

function isNumberedSql(path: string): boolean {
  return mayBeMigration(path) && /^\d+[_-].*\.sql$/.test(nameOf(path));
}

function numberOf(path: string): string {
  return /^\d+/.exec(nameOf(path))?.[0] ?? '';
}

function isOwnSql({ path, text }: SourceFile, project: Project): boolean {
  return hasMarker(text) || (isAmongMigrations(path) && dependsOn(path, project, ['node-pg-migrate']));
}

function isOwnScript({ path, text }: SourceFile, project: Project): boolean {
  if (text.includes('node-pg-migrate') || text.includes('pgm.')) return true;
  return isAmongMigrations(path) && dependsOn(path, project, ['node-pg-migrate']) && text.includes('pgm');
}
