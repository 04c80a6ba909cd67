/** Texts of the files that migrations import. */
import { importedPaths, leadsOn } from '../frontends/imported-paths.ts';
import { wants } from '../frontends/index.ts';
import type { Host, ListedFile } from '../host.ts';
import type { ChangedFile } from '../operations/change.ts';
import { blobText, textAfter, textEntry, type Text } from './text-of.ts';

/** Texts of the files that migrations import, those of the change first, and of those that these import. */
export async function importedTexts(
  host: Host,
  files: readonly ChangedFile[],
  listed: readonly ListedFile[],
  base: ReadonlyMap<string, string>,
  history: Readonly<Record<string, string>>,
): Promise<Record<string, string>> {
  const changed = new Map(listed.filter((file) => file.status !== 'deleted').map((file) => [file.path, file]));
  const paths = new Set([...base.keys(), ...changed.keys()]);
  const known = new Map(files.flatMap(({ path, after }) => (after === undefined ? [] : [[path, after] as const])));
  const texts: Record<string, string> = {};
  let importing = [...[...known].filter(([path]) => wants(path)), ...Object.entries(history)];
  for (let round = 0; round < mostRounds && importing.length > 0; round++) {
    const imported = new Set(importing.flatMap(([path, text]) => importedPaths(path, text, paths)));
    const left = mostImported - Object.keys(texts).length;
    const missing = [...imported].filter((path) => !known.has(path) && texts[path] === undefined).slice(0, left);
    const read = await Promise.all(missing.map((path) => textAt(path)));
    const found = missing.flatMap((path, index) => textEntry(path, read[index]));
    for (const [path, text] of found) texts[path] = text;
    importing = found.filter(([path]) => leadsOn(path));
  }
  return texts;

  function textAt(path: string): Promise<Text> {
    const file = changed.get(path);
    return file ? textAfter(host, file) : blobText(host, base.get(path));
  }
}

/** A change of migrations that import more than this moves files about. */
const mostImported = 60;

/** Helpers that import helpers take a round each. */
const mostRounds = 3;
