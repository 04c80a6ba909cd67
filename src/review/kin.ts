/** Finds the files that may belong to one migration among thousands in a folder. */
import { nameOf } from '../frontends/paths.ts';

/** Finds by folder and version; asked for every migration of a change, so that a long folder is gone through once. */
export type FindKin = (folder: string, version: string | undefined) => readonly string[];

/** Below, the whole folder is kin: that costs nothing and hides nothing. */
const longFolder = 50;

/** The files of a folder that carry the numbers of a version in their names, and those that are not SQL. */
export function createKinFinder(byFolder: ReadonlyMap<string, string[]>): FindKin {
  const indexes = new Map<string, Map<string, string[]>>();
  return (folder, version) => {
    const siblings = byFolder.get(folder) ?? [];
    const wanted = numbersOf(version ?? '').join('.');
    if (siblings.length <= longFolder || wanted === '') return siblings;
    const index = indexes.get(folder) ?? indexOf(siblings);
    indexes.set(folder, index);
    return [...(index.get(wanted) ?? []), ...(index.get(settings) ?? [])];
  };
}

/** The key of what is not SQL. */
const settings = '';

function indexOf(paths: readonly string[]): Map<string, string[]> {
  const index = new Map<string, string[]>();
  for (const path of paths) {
    for (const key of path.endsWith('.sql') ? runsOf(numbersOf(nameOf(path))) : [settings]) {
      const found = index.get(key);
      if (found) found.push(path);
      else index.set(key, [path]);
    }
  }
  return index;
}

/** Versions are written with zeros before them and compared without. */
function numbersOf(text: string): string[] {
  return (text.match(/\d+/g) ?? []).map((number) => number.replace(/^0+(?=\d)/, ''));
}

/** Every run of neighbouring numbers, since a version may stand anywhere in a name and have several parts. */
function runsOf(numbers: readonly string[]): Set<string> {
  const few = numbers.slice(0, 8);
  return new Set(
    few.flatMap((_, from) => few.slice(from).map((_, more) => few.slice(from, from + more + 1).join('.'))),
  );
}
