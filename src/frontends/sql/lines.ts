/** Lines of a text with their offsets, for frameworks that mark their files line by line. */

/** `end` is without the line break, `next` behind it. */
export type Line = { text: string; start: number; end: number; next: number };

/** The answer given last: every frontend that marks its files asks about every file. */
let latest: { text: string; lines: readonly Line[] } | undefined;

/** The lines of a text; a break is \n, with \r before it or without. */
export function linesOf(text: string): readonly Line[] {
  if (latest?.text !== text) latest = { text, lines: cutLines(text) };
  return latest.lines;
}

function cutLines(text: string): Line[] {
  const lines: Line[] = [];
  let start = 0;
  while (start <= text.length) {
    const newline = text.indexOf('\n', start);
    const next = newline === -1 ? text.length : newline + 1;
    const stop = newline === -1 ? text.length : newline;
    const end = stop > start && text.charCodeAt(stop - 1) === 13 ? stop - 1 : stop;
    lines.push({ text: text.slice(start, end), start, end, next });
    if (newline === -1) break;
    start = next;
  }
  return lines;
}
