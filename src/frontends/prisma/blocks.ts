/** The blocks of a Prisma schema, cut into words. https://www.prisma.io/docs/orm/reference/prisma-schema-reference */

/** `lines` are fields, values and attributes, each as its words. */
export type Block = { kind: BlockKind; name: string; lines: string[][] };

export type BlockKind = 'datasource' | 'enum' | 'generator' | 'model' | 'type' | 'view';

const kinds: ReadonlySet<string> = new Set(['datasource', 'enum', 'generator', 'model', 'type', 'view']);

/** The blocks of a schema in their order. A block opens and closes on lines of its own; what stands outside of one is left out. */
export function readBlocks(schema: string): Block[] {
  const blocks: Block[] = [];
  let open: Block | undefined;
  let depth = 0;
  for (const line of schema.split(/\r?\n/)) {
    const words = wordsOf(line);
    const [first, second, third] = words;
    if (first === undefined) continue;
    if (first === '}') open = undefined;
    else if (open) {
      const last = open.lines.at(-1);
      if (depth > 0 && last) for (const word of words) last.push(word);
      else open.lines.push(words);
    } else if (isKind(first) && second !== undefined && third === '{') {
      open = { kind: first, name: second, lines: [] };
      blocks.push(open);
      continue;
    }
    // What is in parentheses or brackets may go on over several lines, and ends with its block at the latest.
    depth = open ? Math.max(0, depth + depthOf(words)) : 0;
  }
  return blocks;
}

function isKind(word: string): word is BlockKind {
  return kinds.has(word);
}

/** Names with their marks (`String?`, `@db.VarChar`, `@@map`), strings, which end with their line at the latest, and single signs; comments are left out. */
function wordsOf(line: string): string[] {
  const words: string[] = [];
  const next = /\s+|\/\/.*|"(?:[^"\\]|\\.)*"?|@{0,2}[\w.]+(?:\[\])?\??|[^\s]/gy;
  for (let match = next.exec(line); match; match = next.exec(line)) {
    const [word] = match;
    if (word.trim() !== '' && !word.startsWith('//')) words.push(word);
  }
  return words;
}

function depthOf(words: readonly string[]): number {
  let depth = 0;
  for (const word of words) {
    if (word === '(' || word === '[') depth++;
    if (word === ')' || word === ']') depth--;
  }
  return depth;
}
