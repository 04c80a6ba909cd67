/** Lines of a text with their offsets, for frameworks that mark their files line by line. */

/** `end` is without the line break, `next` behind it. */
export type Line = { text: string; start: number; end: number; next: number };

/** The lines of a text; a break is \n, with \r before it or without. */
export function linesOf(text: string): Line[] {
  const lines: Line[] = [];
  let start = 0;
  while (start <= text.length) {
    const newline = text.indexOf('\n', start);
    const next = newline === -1 ? text.length : newline + 1;
    const body = text.slice(start, newline === -1 ? text.length : newline).replace(/\r$/, '');
    lines.push({ text: body, start, end: start + body.length, next });
    if (newline === -1) break;
    start = next;
  }
  return lines;
}
