/** Strings, symbols and heredocs with the places of their pieces. */
import { namedChildren, textOf, type SyntaxNode } from '../syntax/tree.ts';
import { evaluate } from './evaluate.ts';
import type { Run, Scope } from './run.ts';
import { computedName, mostPieces, textAt, type Part, type Text, type Value } from './value.ts';

/** The text of a string, symbol or heredoc, or undefined for other nodes. */
export function textOfNode(run: Run, node: SyntaxNode, scope: Scope): Text | undefined {
  switch (node.type) {
    case 'simple_symbol':
      return textAt(textOf(node, run.file.text).slice(1), { start: node.start + 1, end: node.end });
    case 'hash_key_symbol':
      return textAt(textOf(node, run.file.text), node);
    case 'character':
      return textAt(textOf(node, run.file.text).slice(1), node);
    case 'string':
    case 'bare_string':
    case 'bare_symbol':
    case 'delimited_symbol':
      return { kind: 'text', parts: partsOf(run, node.children, scope) };
    case 'chained_string':
      return { kind: 'text', parts: namedChildren(node).flatMap((each) => textOfNode(run, each, scope)?.parts ?? []) };
    case 'heredoc_beginning':
      return heredocOf(run, node, scope);
    default:
      return undefined;
  }
}

/** What the grammar leaves out between two pieces (a lone `#` before a backslash) is text. */
function partsOf(run: Run, nodes: readonly SyntaxNode[], scope: Scope): Part[] {
  const parts = nodes.flatMap((node, index) => {
    const before = nodes[index - 1];
    const gap = before && before.end < node.start ? [rawPart(run, before.end, node.start)] : [];
    return [...gap, ...partOf(run, node, scope)];
  });
  const [first] = nodes;
  if (parts.length <= mostPieces || !first) return parts;
  return [{ text: computedName, start: first.start, end: nodes.at(-1)?.end ?? first.end, computed: true }];
}

function rawPart(run: Run, start: number, end: number): Part {
  return { text: run.file.text.slice(start, end), start, end };
}

function partOf(run: Run, node: SyntaxNode, scope: Scope): Part[] {
  const place = { start: node.start, end: node.end };
  switch (node.type) {
    // The grammar takes what follows a lone `#` in a heredoc for a comment.
    case 'comment':
    case 'string_content':
    case 'heredoc_content':
      return [rawPart(run, node.start, node.end)];
    case 'escape_sequence':
      return [{ text: unescaped(textOf(node, run.file.text)), ...place }];
    case 'interpolation':
      return interpolated(
        namedChildren(node)
          .map((each) => evaluate(run, each, scope))
          .at(-1),
        place,
      );
    default:
      return [];
  }
}

/** What is put in stands where the interpolation does. */
function interpolated(value: Value | undefined, place: { start: number; end: number }): Part[] {
  if (value?.kind === 'text') return value.parts.map((part) => ({ ...part, ...place }));
  if (value?.kind === 'number' || value?.kind === 'truth') return [{ text: String(value.value), ...place }];
  if (value?.kind === 'nil') return [];
  return [{ text: computedName, ...place, computed: true }];
}

const escapes: Record<string, string> = { n: '\n', t: '\t', s: ' ', r: '\r', '0': '', e: ' ' };

function unescaped(escape: string): string {
  const sign = escape[1] ?? '';
  if (sign === '\n') return '';
  if (/^\\u\{?[0-9a-f]+\}?$/i.test(escape)) {
    const code = Number.parseInt(escape.replace(/[\\u{}]/g, ''), 16);
    return code <= 0x10ffff ? String.fromCodePoint(code) : ' ';
  }
  return escapes[sign] ?? escape.slice(1);
}

/** Bodies of heredocs follow on the next lines, in the order of their beginnings. */
function heredocOf(run: Run, node: SyntaxNode, scope: Scope): Text {
  const body = run.heredocs.get(node.start);
  return { kind: 'text', parts: body ? partsOf(run, body.children, scope) : [] };
}

/** Which body belongs to the heredoc that begins at an offset. */
export function heredocsOf(root: SyntaxNode): Map<number, SyntaxNode> {
  const beginnings: SyntaxNode[] = [];
  const bodies: SyntaxNode[] = [];
  const waiting = [root];
  for (let node = waiting.pop(); node; node = waiting.pop()) {
    if (node.type === 'heredoc_beginning') beginnings.push(node);
    if (node.type === 'heredoc_body') bodies.push(node);
    waiting.push(...node.children);
  }
  const byStart = (one: SyntaxNode, other: SyntaxNode): number => one.start - other.start;
  bodies.sort(byStart);
  return new Map(
    beginnings.sort(byStart).flatMap((beginning, index) => {
      const body = bodies[index];
      return body ? [[beginning.start, body] as const] : [];
    }),
  );
}
