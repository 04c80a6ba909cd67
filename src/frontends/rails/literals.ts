/** Literals: what is written down as a value. */
import { childOf, namedChildren, textOf, type SyntaxNode } from '../syntax/tree.ts';
import { evaluate } from './evaluate.ts';
import { findVariable, type Run, type Scope } from './run.ts';
import { textOfNode } from './strings.ts';
import { findText, nothing, unknown, type Value } from './value.ts';

/** The value of a literal, or undefined for other nodes. */
export function literalOf(run: Run, node: SyntaxNode, scope: Scope): Value | undefined {
  switch (node.type) {
    case 'nil':
      return nothing;
    case 'true':
    case 'false':
      return { kind: 'truth', value: node.type === 'true' };
    case 'integer':
    case 'float': {
      const value = Number(textOf(node, run.file.text).replaceAll('_', ''));
      return Number.isNaN(value) ? unknown : { kind: 'number', value };
    }
    case 'array':
      return { kind: 'list', items: namedChildren(node).flatMap((item) => itemsOf(run, item, scope)) };
    case 'string_array':
    case 'symbol_array':
      return { kind: 'list', items: namedChildren(node).map((item) => textOfNode(run, item, scope) ?? unknown) };
    case 'hash':
      return hashOf(run, namedChildren(node), scope);
    case 'lambda':
      return { kind: 'lambda', node };
    case 'range':
      return rangeOf(run, node, scope);
    default:
      return textOfNode(run, node, scope);
  }
}

function itemsOf(run: Run, node: SyntaxNode, scope: Scope): Value[] {
  if (node.type === 'pair') return [hashOf(run, [node], scope)];
  if (node.type !== 'splat_argument') return [evaluate(run, node, scope)];
  const [inner] = namedChildren(node);
  const value = inner && evaluate(run, inner, scope);
  return value?.kind === 'list' ? value.items : [unknown];
}

/** The hash that pairs and double splats make. */
export function hashOf(run: Run, nodes: readonly SyntaxNode[], scope: Scope): Value {
  const hash: Extract<Value, { kind: 'hash' }> = { kind: 'hash', entries: [], whole: true };
  for (const node of nodes) {
    const key = childOf(node, 'key');
    const value = childOf(node, 'value');
    if (node.type === 'pair' && key) {
      const named = evaluate(run, key, scope);
      // `{ name: }` takes the value of the variable or method `name`.
      const given = value ? evaluate(run, value, scope) : findVariable(scope, findText(named) ?? '');
      hash.entries.push({ key: named, value: given ?? unknown });
      continue;
    }
    const [splatted] = namedChildren(node);
    const inner = splatted ? evaluate(run, splatted, scope) : unknown;
    if (inner.kind === 'hash') hash.entries.push(...inner.entries);
    if (inner.kind !== 'hash' ? inner.kind !== 'nil' : !inner.whole) hash.whole = false;
  }
  return hash;
}

/** Longer ranges are followed once, for any number. */
const longestRange = 200;

function rangeOf(run: Run, node: SyntaxNode, scope: Scope): Value {
  const [first, last] = ['begin', 'end'].map((field) => {
    const edge = childOf(node, field);
    return edge && evaluate(run, edge, scope);
  });
  if (first?.kind !== 'number' || last?.kind !== 'number') return unknown;
  const end = textOf(node, run.file.text).includes('...') ? last.value - 1 : last.value;
  if (end - first.value > longestRange) return unknown;
  const items: Value[] = [];
  for (let value = first.value; value <= end; value++) items.push({ kind: 'number', value });
  return { kind: 'list', items };
}
