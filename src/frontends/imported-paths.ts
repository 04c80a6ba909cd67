/** The files of the project that a migration imports: helpers and constants that its reading needs. */
import { folderOf, inFolder, isNamedForMigrations, nameOf } from './paths.ts';
import { pythonImports } from './python-imports.ts';

/** The paths that a text seems to import; the parser has the last word. */
export function importedPaths(path: string, text: string, paths: ReadonlySet<string>): string[] {
  if (path.endsWith('.py')) return pythonImports(path, text, paths);
  if (!/\.[cm]?[jt]s$/.test(nameOf(path))) return [];
  const modules = [...text.matchAll(/\b(?:from|require\(|import)\s*['"](\.[^'"\n]+)['"]/g)].map(
    ([, name = '']) => name,
  );
  const found = modules.map((module) => pathsOfModule(path, module).find((candidate) => paths.has(candidate)));
  return [...new Set(found)].filter((each) => each !== undefined);
}

/** True for a file whose imports count too: a helper of migrations, or an index that hands on what its folder holds. */
export function leadsOn(path: string): boolean {
  return isNamedForMigrations(path) || /^index\.[cm]?[jt]s$/.test(nameOf(path));
}

/** Helpers import helpers; no further than this. What a file of the application imports is the application. */
const deepest = 3;
/** A migration that imports more than this imports the application. */
const mostPerMigration = 20;

/** The paths that a migration imports, and that its helpers import in turn, as far as their texts are at hand. */
export function importedAround(
  path: string,
  text: string,
  paths: ReadonlySet<string>,
  textOf: (path: string) => string | undefined,
): string[] {
  const found = new Set(importedPaths(path, text, paths));
  let newest = [...found];
  for (let depth = 1; depth < deepest && newest.length > 0; depth++) {
    const next = newest.flatMap((each) => (leadsOn(each) ? importedPaths(each, textOf(each) ?? '', paths) : []));
    newest = [...new Set(next)].filter((each) => each !== path && !found.has(each));
    for (const each of newest) found.add(each);
  }
  return [...found].slice(0, mostPerMigration);
}

/** The paths that a relative module name may stand for; none for a package. */
export function pathsOfModule(from: string, module: string): string[] {
  const path = resolved(folderOf(from), module);
  if (path === undefined) return [];
  const stem = path.replace(/\.[cm]?js$/, '');
  return [path, `${stem}.ts`, `${stem}.js`, inFolder(path, 'index.ts'), inFolder(path, 'index.js')];
}

function resolved(folder: string, module: string): string | undefined {
  if (!module.startsWith('.')) return undefined;
  const names = folder === '' ? [] : folder.split('/');
  for (const name of module.split('/')) {
    if (name === '' || name === '.') continue;
    if (name === '..' && names.length === 0) return undefined;
    if (name === '..') names.pop();
    else names.push(name);
  }
  return names.join('/');
}
