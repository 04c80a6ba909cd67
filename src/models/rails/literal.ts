/** Literals of Ruby, as far as models are written with them. */
import type { Call } from '../../frontends/rails/call.ts';
import { childOf, namedChildren, textOf, type SyntaxNode } from '../../frontends/syntax/tree.ts';

/** The text of a symbol or of a string without interpolation, or undefined. */
export function nameAt(node: SyntaxNode | undefined, text: string): string | undefined {
  if (node?.type === 'simple_symbol') return textOf(node, text).slice(1);
  if (node?.type === 'hash_key_symbol' || node?.type === 'bare_symbol' || node?.type === 'bare_string')
    return textOf(node, text);
  if (node?.type !== 'string') return undefined;
  const [only, ...others] = namedChildren(node);
  return only?.type === 'string_content' && others.length === 0 ? textOf(only, text) : undefined;
}

/** The names in a list, or of one name alone. */
export function namesAt(node: SyntaxNode | undefined, text: string): string[] {
  const isList = node && ['array', 'symbol_array', 'string_array'].includes(node.type);
  const nodes = isList ? namedChildren(node) : [node];
  return nodes.map((each) => nameAt(each, text)).filter((name) => name !== undefined);
}

/** The entries of pairs by their keys; what is not a plain key is left out. */
export function entriesOf(pairs: readonly SyntaxNode[], text: string): Map<string, SyntaxNode> {
  const entries = new Map<string, SyntaxNode>();
  for (const pair of pairs) {
    const key = nameAt(childOf(pair, 'key'), text);
    const value = childOf(pair, 'value');
    if (key !== undefined && value) entries.set(key, value);
  }
  return entries;
}

/** The keywords of a call. */
export function optionsOf(call: Call, text: string): Map<string, SyntaxNode> {
  return entriesOf(call.pairs, text);
}
