/** The files of the project that a script imports by a relative name: helpers and constants that its reading needs. */
import { folderOf, inFolder, nameOf } from './paths.ts';

/** The paths that a text seems to import; the parser has the last word. */
export function importedPaths(path: string, text: string, paths: ReadonlySet<string>): string[] {
  if (!/\.[cm]?[jt]s$/.test(nameOf(path))) return [];
  const modules = [...text.matchAll(/\b(?:from|require\(|import)\s*['"](\.[^'"\n]+)['"]/g)].map(
    ([, name = '']) => name,
  );
  const found = modules.map((module) => pathsOfModule(path, module).find((candidate) => paths.has(candidate)));
  return [...new Set(found)].filter((each) => each !== undefined);
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
