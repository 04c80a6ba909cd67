/** A Dockerfile as instructions with their arguments: https://docs.docker.com/reference/dockerfile/. */

/** `documents` are the bodies of its here-documents, which `end` holds too. */
export type Instruction = { name: string; start: number; end: number; documents: { start: number; end: number }[] };

/** A line that ends with a backslash goes on, comments in between are left out. */
export function instructionsOf(text: string): Instruction[] {
  const found: Instruction[] = [];
  const lines = /[^\n]*\n?/g;
  let open: Instruction | undefined;
  for (let match = lines.exec(text); match && match[0] !== ''; match = lines.exec(text)) {
    const line = match[0].replace(/\r?\n$/, '');
    const end = match.index + line.length;
    const isAside = /^\s*(?:#|$)/.test(line);
    const head = open || isAside ? null : /^\s*([A-Za-z]+)\s+/.exec(line);
    if (head) open = { name: (head[1] ?? '').toUpperCase(), start: match.index + head[0].length, end, documents: [] };
    else if (open && !isAside) open.end = end;
    if (!open || isAside || /\\\s*$/.test(line)) continue;
    lines.lastIndex = addDocuments(open, text, lines.lastIndex);
    found.push(open);
    open = undefined;
  }
  return open ? [...found, open] : found;
}

/** Takes the here-documents that an instruction names from the lines behind it; gives where the next instruction may begin. */
function addDocuments(instruction: Instruction, text: string, from: number): number {
  if (!/^(?:RUN|COPY|ADD)$/.test(instruction.name)) return from;
  const named = text.slice(instruction.start, instruction.end).matchAll(/(?<!<)<<(-?)(["']?)(\w+)\2/g);
  let next = from;
  for (const [, dash = '', , word = ''] of named) {
    const closing = new RegExp(`^${dash ? '\\t*' : ''}${word}\\r?$`, 'm').exec(text.slice(next));
    if (!closing) break;
    const end = next + closing.index;
    instruction.documents.push({ start: next, end });
    instruction.end = end + closing[0].length;
    next = instruction.end + 1;
  }
  return next;
}
