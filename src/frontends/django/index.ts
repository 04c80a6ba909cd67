/** Django: Python files in the migrations package of an app. */
import type { Claim, Frontend, Project, SourceFile } from '../frontend.ts';
import { folderOf, inFolder, isBystander, nameOf } from '../paths.ts';
import { loadParser, type TreeParser } from '../syntax/tree.ts';
import { readDjango } from './parse.ts';

const loaded: { parse?: TreeParser } = {};

/** The frontend of Django. */
export const django: Frontend = {
  framework: 'django',
  wants: (path) =>
    path.endsWith('.py') &&
    /migrations/.test(nameOf(folderOf(path))) &&
    nameOf(path) !== '__init__.py' &&
    !isBystander(path),
  claim,
  readsKin: true,
  load: async () => {
    loaded.parse = await loadParser('python');
  },
  read: (source) => {
    if (!loaded.parse) throw new Error('the parser of Python is not loaded');
    return readDjango(source, loaded.parse);
  },
};

/** A migration has a number, or stands in a package; and its class says what it is. */
function claim({ path, text }: SourceFile, project: Project): Claim | undefined {
  if (!django.wants(path)) return undefined;
  const version = /^\d+/.exec(nameOf(path))?.[0];
  const isInPackage = version !== undefined || project.paths.has(inFolder(folderOf(path), '__init__.py'));
  const isMigration = text.includes('migrations.Migration') || text.includes('class Migration(');
  if (!isInPackage || !isMigration) return undefined;
  return { migration: path, part: 'both', ...(version === undefined ? {} : { version }) };
}
