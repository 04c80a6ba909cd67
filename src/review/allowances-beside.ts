/** Allowances in files that are no migrations: manifests, scripts, programs, models, schema files. */
import type { Change, ChangedFile } from '../operations/change.ts';
import type { Comment } from '../operations/migration.ts';
import { settingFor } from '../configuration/setting.ts';
import { allowanceIn, type Allowance } from './allowances.ts';

/** By the path of each file that the change leaves standing and that is none of `claimed`; files without an allowance are left out. */
export function allowancesBeside(change: Change, claimed: ReadonlySet<string>): Map<string, Allowance[]> {
  const found = new Map<string, Allowance[]>();
  for (const file of change.files) {
    if (claimed.has(file.path) || settingFor(change.configuration, file.path).ignore) continue;
    const allowances = allowancesIn(file);
    if (allowances.length > 0) found.set(file.path, allowances);
  }
  return found;
}

/**
 * Found line by line: whether a line of a manifest is YAML, a template or a script inside one, its author writes the mark of a
 * comment before the allowance. A comment for the next line is reached past other comments.
 */
function allowancesIn({ path, before, after }: ChangedFile): Allowance[] {
  if (!after?.includes('plimsoll:')) return [];
  const stood = new Set(markedLines(before ?? '').map(({ text }) => text));
  const reachOf = reachesIn(after.split(/\r\n|\r|\n/));
  return markedLines(after).flatMap(({ index, at, text }) => {
    const line = index + 1;
    const span = { path, startLine: line, endLine: line, startColumn: at + 1, endColumn: at + text.length };
    const comment: Comment = { text, span };
    const allowance = allowanceIn(comment);
    if (!allowance) return [];
    return [{ ...allowance, reach: reachOf(index), ...(stood.has(text) ? { stood: true as const } : {}) }];
  });
}

type MarkedLine = { index: number; at: number; text: string };

function markedLines(text: string): MarkedLine[] {
  return text.split(/\r\n|\r|\n/).flatMap((line, index) => {
    const match = /(?<=^|\s)(?:#+|\/\/+|--|;+|\/\*+|\{\{-?\s*\/\*)\s*plimsoll:.*/.exec(line);
    return match ? [{ index, at: match.index, text: match[0].replace(/\*\/\s*-?\}\}\s*$/, '*/').trimEnd() }] : [];
  });
}

const onlyComment = /^\s*(?:$|#|\/\/|--\s|;|\/\*|\{\{-?\s*\/\*)/;

/** Its own line and the next one that says something. What is said of a whole file stands on line 1, and is reached from the comments above it. */
function reachesIn(lines: readonly string[]): (index: number) => { from: number; to: number } {
  const saying = lines.map((line) => !onlyComment.test(line));
  const first = saying.indexOf(true);
  // For each line the next one that says something, found from the end so that many comments cost no more than one pass.
  const next: number[] = [];
  for (let index = lines.length - 1, known = -1; index >= 0; index--) {
    next[index] = known;
    if (saying[index]) known = index;
  }
  return (index) => {
    if (saying[index]) return { from: index + 1, to: index + 1 };
    const to = next[index] ?? -1;
    return { from: first === -1 || index < first ? 1 : index + 1, to: to === -1 ? index + 1 : to + 1 };
  };
}
