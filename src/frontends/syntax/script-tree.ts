/** Syntax trees of JavaScript and TypeScript. The parser is heavy (about 300 ms to start), so it is loaded on first need. */
import type { TSESTree } from '@typescript-eslint/typescript-estree';

export type ScriptNode = TSESTree.Node;
export type ScriptComment = { text: string; start: number; end: number };

/** A parsed file, or why there is none and where. `reason` completes "could not be read: …". */
export type ParsedScript =
  | { kind: 'parsed'; program: TSESTree.Program; comments: ScriptComment[] }
  | { kind: 'failed'; offset: number; reason: string };

type Parse = typeof import('@typescript-eslint/typescript-estree').parse;

let parse: Parse | undefined;

/** Loads the parser once; awaited before `parseScript`. */
export async function loadScriptParser(): Promise<void> {
  parse ??= (await import('@typescript-eslint/typescript-estree')).parse;
}

/** Longer texts are generated, and reading them would hold up the others. */
const longest = 2_000_000;

/** Parses a file. Never throws at its text: an error is told with its place. */
export function parseScript(path: string, text: string): ParsedScript {
  if (!parse) throw new Error('the parser of JavaScript and TypeScript is not loaded');
  if (text.length > longest) return { kind: 'failed', offset: 0, reason: 'the file is too large' };
  try {
    const program = parse(text, { range: true, comment: true, filePath: parsedAs(path), jsDocParsingMode: 'none' });
    const comments = (program.comments ?? []).map(({ value, range }) => {
      return { text: value.trim(), start: range[0], end: range[1] };
    });
    return { kind: 'parsed', program, comments };
  } catch (error) {
    return { kind: 'failed', offset: offsetOf(error), reason: reasonOf(error) };
  }
}

/** Types in a file with a JavaScript name are read too: some tools compile both alike. */
function parsedAs(path: string): string {
  return path.endsWith('x') ? 'migration.tsx' : 'migration.ts';
}

function offsetOf(error: unknown): number {
  if (!(error instanceof Error) || !('location' in error)) return 0;
  const { location } = error;
  if (typeof location !== 'object' || location === null || !('start' in location)) return 0;
  const { start } = location;
  if (typeof start !== 'object' || start === null || !('offset' in start)) return 0;
  return typeof start.offset === 'number' ? start.offset : 0;
}

function reasonOf(error: unknown): string {
  if (error instanceof RangeError) return 'it is nested too deeply';
  return `it is not valid JavaScript or TypeScript (${error instanceof Error ? error.message : 'unknown error'})`;
}

/** The nodes inside a node, in the order of its fields. */
export function childrenOf(node: ScriptNode): ScriptNode[] {
  return Object.entries(node).flatMap(([key, value]) => {
    if (key === 'parent') return [];
    return (Array.isArray(value) ? value : [value]).filter(isNode);
  });
}

function isNode(value: unknown): value is ScriptNode {
  return typeof value === 'object' && value !== null && 'type' in value && 'range' in value;
}
