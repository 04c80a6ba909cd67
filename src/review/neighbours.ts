/** What stands around a migration, found once for all migrations of a folder. */
import type { Project } from '../frontends/frontend.ts';
import { otherHalves } from '../frontends/other-half.ts';
import { isProjectFile } from '../frontends/project-files.ts';

/** Paths and texts that reading a migration may ask for. Migrations of one folder share `paths`. */
export type Neighbours = { paths: string[]; texts: Record<string, string> };

/** Longer ones tell nothing about how migrations are run. In UTF-16 units. */
const longestText = 100_000;

/**
 * Finds the neighbours of migrations of one project: the paths of its folder and the folder above, the files that tell how
 * the project runs it, and the text of its other half.
 */
export function createNeighbours(project: Project): (path: string) => Neighbours {
  const folders = new Map<string, string[]>();
  const tellers: string[] = [];
  for (const path of project.paths) {
    const folder = folders.get(folderOf(path));
    if (folder) folder.push(path);
    else folders.set(folderOf(path), [path]);
    if (project.textOf(path) !== undefined && isProjectFile(path)) tellers.push(path);
  }
  const tellerTexts = textsOf(tellers, project);
  const pathsAround = new Map<string, string[]>();
  return (path) => {
    const folder = folderOf(path);
    const around = () => [...(folders.get(folder) ?? []), ...(folders.get(folderOf(folder)) ?? []), ...tellers];
    const paths = pathsAround.get(folder) ?? [...new Set(around())];
    pathsAround.set(folder, paths);
    return { paths, texts: { ...tellerTexts, ...textsOf(otherHalves([path], project.paths), project) } };
  };
}

function textsOf(paths: readonly string[], project: Project): Record<string, string> {
  const texts: Record<string, string> = {};
  for (const path of paths) {
    const text = project.textOf(path);
    if (text !== undefined && text.length < longestText) texts[path] = text;
  }
  return texts;
}

function folderOf(path: string): string {
  return path.slice(0, Math.max(0, path.lastIndexOf('/')));
}
