/** Lines of a Helm template: which of them hold nothing else, and what they open and close. */

/** True for a line of expressions alone. */
export function isTemplateLine(line: string): boolean {
  return /^\s*(?:\{\{[^]*?\}\}\s*)+$/.test(line);
}

/** The column at which what a line gives begins, by `nindent` or `indent`. */
export function indentGiven(line: string): number | undefined {
  const given = /\bn?indent\s+(\d+)/.exec(line)?.[1];
  return given === undefined ? undefined : Number(given);
}

/** True for a line that only begins a block, such as `{{- if … }}`. */
export function opensBlock(line: string): boolean {
  return isTemplateLine(line) && openBefore([line]).length === 1;
}

/** True for a line that only ends one. */
export function endsBlock(line: string): boolean {
  return /^\s*\{\{-?\s*end\s*-?\}\}\s*$/.test(line);
}

/** True where every block that some lines open is closed in them, and no other. */
export function isBalanced(lines: readonly string[]): boolean {
  let depth = 0;
  for (const word of lines.flatMap(wordsOf)) {
    depth += word === 'end' ? -1 : 1;
    if (depth < 0) return false;
  }
  return depth === 0;
}

/** The words of the blocks that are still open after some lines, the innermost last. */
export function openBefore(lines: readonly string[]): string[] {
  const open: string[] = [];
  for (const word of lines.flatMap(wordsOf)) {
    if (word === 'end') open.pop();
    else open.push(word);
  }
  return open;
}

/** What opens or ends a block: https://pkg.go.dev/text/template#hdr-Actions */
function wordsOf(line: string): string[] {
  if (!line.includes('{{')) return [];
  return [...line.matchAll(/\{\{-?\s*(if|with|range|define|block|end)\b/g)].map((match) => match[1] ?? '');
}
