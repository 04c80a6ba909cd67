/** Atlas's directives: comment lines at the head of a file. */
import type { SourceFile } from '../frontend.ts';
import { linesOf } from '../sql/lines.ts';
import type { Sections } from '../sql/read-directions.ts';
import type { Stretch } from '../sql/read-stretches.ts';
import { wholeFile } from '../sql/text.ts';

/** The value of a directive such as `-- atlas:txmode none`, or undefined. Only comment lines before the first statement count. */
export function findDirective(text: string, name: string): string | undefined {
  for (const line of linesOf(text)) {
    const words = line.text.trim();
    if (words === '') continue;
    if (!words.startsWith('--')) return undefined;
    const directive = words.slice(2).trim();
    if (directive.startsWith(`atlas:${name} `)) return directive.slice(name.length + 7).trim();
  }
  return undefined;
}

/** Cuts a file at the delimiter that it declares; without one it is cut as any SQL is. */
export function readDelimited({ path, text }: SourceFile): Sections {
  const delimiter = findDirective(text, 'delimiter')?.replaceAll('\\n', '\n').replaceAll('\\t', '\t');
  if (!delimiter) return { up: [wholeFile(path, text)], outside: [] };
  const up: Stretch[] = [];
  let start = bodyStart(text);
  for (let at = text.indexOf(delimiter, start); at !== -1; at = text.indexOf(delimiter, start)) {
    up.push({ path, text, start, end: at, single: true });
    start = at + delimiter.length;
  }
  up.push({ path, text, start, end: text.length, single: true });
  return { up, outside: [] };
}

/** The directive itself names the delimiter, and does not count as one. */
function bodyStart(text: string): number {
  return linesOf(text).find((line) => line.text.includes('atlas:delimiter'))?.end ?? 0;
}
