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
  return isTemplateLine(line) && wordsOf(line).length === 1 && !endsBlock(line);
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

/** The answer given last: every key of a file asks. */
let latest: { text: string; open: readonly (readonly string[])[] } | undefined;

/** The words of the blocks that are open where a line begins, the innermost last. */
export function openAt(line: number, text: string): readonly string[] {
  if (latest?.text !== text) latest = { text, open: openBefore(text.split('\n')) };
  return latest.open[line] ?? [];
}

function openBefore(lines: readonly string[]): string[][] {
  let open: string[] = [];
  return lines.map((line) => {
    const before = open;
    for (const word of wordsOf(line)) open = word === 'end' ? open.slice(0, -1) : [...open, word].slice(-50);
    return before;
  });
}

/** What opens or ends a block: https://pkg.go.dev/text/template#hdr-Actions */
function wordsOf(line: string): string[] {
  if (!line.includes('{{')) return [];
  return [...line.matchAll(/\{\{-?\s*(if|with|range|define|block|end)\b/g)].map((match) => match[1] ?? '');
}
