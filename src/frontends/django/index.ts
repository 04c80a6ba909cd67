/** Django: Python files in the migrations package of an app. */
import type { Claim, Frontend, Project, SourceFile } from '../frontend.ts';
import { folderOf, inFolder, isBystander, nameOf } from '../paths.ts';
import { loadParser } from '../syntax/tree.ts';

/** Most repositories need no reader of Python: it is loaded for the first migration that does. */
const loaded: { read?: Frontend['read'] } = {};

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
    const [{ readDjango }, parse] = await Promise.all([import('./parse.ts'), loadParser('python')]);
    loaded.read = (source) => readDjango(source, parse);
  },
  read: (source) => {
    if (!loaded.read) throw new Error('the reader of Python is not loaded');
    return loaded.read(source);
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
