/** Atlas: versioned migrations in a directory with atlas.sum. */
import { databasesOfUrls } from '../database-name.ts';
import type { Frontend, Project } from '../frontend.ts';
import { findAround, folderOf, inFolder, mayBeMigration, nameOf } from '../paths.ts';
import { readDirections } from '../sql/read-directions.ts';
import { readUpDown } from '../up-down.ts';
import { findDirective, readDelimited } from './parse.ts';

/** The frontend of Atlas, for directories in its own format. */
export const atlas: Frontend = {
  framework: 'atlas',
  wants: (path) => nameOf(path) === 'atlas.sum' || (mayBeMigration(path) && /^\w+\.sql$/.test(nameOf(path))),
  claim: ({ path, text }, project) => {
    if (!mayBeMigration(path) || !atlas.wants(path) || readUpDown(path)) return undefined;
    if (!project.paths.has(inFolder(folderOf(path), 'atlas.sum')) && !findDirective(text, 'txmode')) return undefined;
    const version =
      nameOf(path)
        .replace(/\.sql$/, '')
        .split('_')[0] ?? '';
    return { migration: path, part: 'up', version };
  },
  database: (path, project) => {
    const [database, ...others] = databasesOfUrls(configurationOf(path, project) ?? '');
    return others.length === 0 ? database : undefined;
  },
  read: (source) =>
    readDirections(source, {
      sections: readDelimited,
      down: () => ({ kind: 'derived' }),
      transaction: ({ file }) => (findDirective(file.text, 'txmode') === 'none' ? 'none' : 'wrapped'),
    }),
};

function configurationOf(path: string, project: Project): string | undefined {
  const found = findAround(path, 'atlas.hcl', project.paths);
  return found === undefined ? undefined : project.textOf(found);
}
