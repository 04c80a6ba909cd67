/** Files as they lie on disk as a host: everything named was added now, and the rest of the project is what was there before. */
import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { dirname, isAbsolute, join, relative, resolve, sep } from 'node:path';
import { isNamedForMigrations } from '../frontends/paths.ts';
import { isProjectFile } from '../frontends/project-files.ts';
import { textOfBytes } from '../host.ts';
import type { Host } from '../host.ts';

/** `named` are the files that were given by themselves, not as part of a folder. */
export type FolderHost = { host: Host; named: ReadonlySet<string> };

/** The host of some paths. Throws a sentence for people when one of them is not there. */
export function createFolderHost(paths: readonly string[]): FolderHost {
  const top = namedFrom(process.cwd());
  const found = new Set<string>();
  const named = new Set<string>();
  for (const path of paths) {
    const kind = kindOf(path);
    if (kind === 'file') named.add(shown(path, top));
    for (const file of kind === 'file' ? [path] : filesIn(path)) found.add(shown(file, top));
  }
  const files = [...found].toSorted();
  const projectFiles = projectFilesAround(files, top).filter((path) => !found.has(path));
  const host: Host = {
    subject: () => Promise.resolve({ title: '', description: '', author: '', base: '', head: '' }),
    files: () =>
      Promise.resolve({
        files: files.map((path) => ({ path, status: 'added', blob: path, additions: 0, deletions: 0 })),
      }),
    baseTree: () => Promise.resolve({ blobs: new Map(projectFiles.map((path) => [path, path])) }),
    baseText: (path) => Promise.resolve(textIfThere(resolve(top, path))),
    blob: (path) => Promise.resolve(readText(resolve(top, path))),
  };
  return { host, named };
}

function kindOf(path: string): 'file' | 'folder' {
  const entry = statSync(path, { throwIfNoEntry: false });
  if (entry?.isDirectory()) return 'folder';
  if (entry?.isFile()) return 'file';
  throw new Error(`There is no file or folder ${path}: check its name, seen from ${process.cwd()}.`);
}

const skipped = new Set(['node_modules', '.git']);

/** Symbolic links are not followed, so that there are no circles. */
function filesIn(folder: string): string[] {
  const files: string[] = [];
  for (const entry of readdirSync(folder, { withFileTypes: true })) {
    if (skipped.has(entry.name)) continue;
    const path = join(folder, entry.name);
    if (entry.isDirectory()) files.push(...filesIn(path));
    else if (entry.isFile()) files.push(path);
  }
  return files;
}

/** The folder that files are named from: this one. Inside a folder of migrations, whose name tells what its files are, the top of the repository. */
function namedFrom(here: string): string {
  const top = topAround(here) ?? resolve(here, '../..');
  return isNamedForMigrations(`${slashed(relative(top, here))}/`) ? top : here;
}

function topAround(folder: string): string | undefined {
  if (existsSync(join(folder, '.git'))) return folder;
  return dirname(folder) === folder ? undefined : topAround(dirname(folder));
}

/** As the repository would name it, where that is around; whole where it lies elsewhere. */
function shown(path: string, top: string): string {
  const fromTop = relative(top, resolve(path));
  return slashed(fromTop.startsWith('..') || isAbsolute(fromTop) ? resolve(path) : fromTop);
}

function slashed(path: string): string {
  return sep === '/' ? path : path.replaceAll(sep, '/');
}

/** The files in the folders above that tell the database and the framework. */
function projectFilesAround(files: readonly string[], top: string): string[] {
  const folders = new Set<string>();
  for (const file of files)
    for (let folder = dirname(file); !folders.has(folder); folder = dirname(folder)) folders.add(folder);
  const here = [...folders].flatMap((folder) => namesIn(resolve(top, folder)).map((name) => join(folder, name)));
  return here.filter(isProjectFile);
}

function namesIn(folder: string): string[] {
  try {
    const entries = readdirSync(folder, { withFileTypes: true });
    return entries.filter((entry) => entry.isFile()).map((entry) => entry.name);
  } catch {
    return [];
  }
}

function textIfThere(path: string): string | undefined {
  const text = readText(path);
  return 'text' in text ? text.text : undefined;
}

/** The text of a file on disk, or why there is none. Read at once: for thousands of small files a thread pool costs more than it saves. */
export function readText(path: string): { text: string } | { unread: string } {
  try {
    return textOfBytes(readFileSync(path));
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? String(error.code) : 'unknown error';
    return { unread: `the file cannot be opened (${code})` };
  }
}
