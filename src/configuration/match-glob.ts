/** Globs over paths, matched without backtracking: the time is at most the length of the glob times that of the path. */
import { code } from '../rule.ts';

const lengthLimit = 256;

/** Why a glob is not taken, in a sentence, or undefined when it is. */
export function globProblem(glob: string): string | undefined {
  if (glob.length > lengthLimit) return `A path is at most ${lengthLimit} characters long.`;
  if (/[[\]{}()!\\]/.test(glob))
    return `In a path, \`*\` stands for any part of a name, \`**\` for any folders and \`?\` for one character. ${code(glob)} holds something else; write one item per path.`;
  return undefined;
}

/**
 * True when a path fits a glob: `*` and `?` stay within one name, `**` as a whole name stands for any number of folders.
 * A glob without any of them that names a folder fits everything in it.
 */
export function matchesGlob(glob: string, path: string): boolean {
  const folder = glob.replace(/\/$/, '');
  if (!/[*?]/.test(glob)) return path === folder || path.startsWith(`${folder}/`);
  const pattern = glob.replace(/\/$/, '/**').split('/');
  return fits(pattern, path.split('/'), (name) => name === '**', fitsName);
}

function fitsName(pattern: string, name: string): boolean {
  return fits(
    Array.from(pattern),
    Array.from(name),
    (character) => character === '*',
    (expected, character) => expected === '?' || expected === character,
  );
}

/** Fits a sequence with stars to one without: at a mismatch only the last star is widened, which is enough. */
function fits(
  pattern: string[],
  parts: string[],
  isStar: (part: string) => boolean,
  fitsPart: (pattern: string, part: string) => boolean,
): boolean {
  let at = 0;
  let star = -1;
  let afterStar = 0;
  for (let index = 0; index < parts.length;) {
    const expected = pattern[at];
    if (expected !== undefined && isStar(expected)) {
      star = at++;
      afterStar = index;
    } else if (expected !== undefined && fitsPart(expected, parts[index] ?? '')) {
      at++;
      index++;
    } else if (star >= 0) {
      at = star + 1;
      index = ++afterStar;
    } else return false;
  }
  return pattern.slice(at).every(isStar);
}
