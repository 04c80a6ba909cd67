/** Calls and dotted names of Python. */
import type { PythonModule } from './python-module.ts';
import { childOf, namedChildren, textOf, type SyntaxNode } from './tree.ts';

export type PythonCall = {
  node: SyntaxNode;
  /** What is called. */
  callee: SyntaxNode;
  positional: SyntaxNode[];
  keywords: Map<string, SyntaxNode>;
  /** It hands on *args or **kwargs, so that not all arguments are seen. */
  spread: boolean;
};

/** One link of `root.name(…).name`: an attribute, and the call of it where there is one. */
export type Link = { name: string; node: SyntaxNode; call?: PythonCall };

export type Chain = { root: SyntaxNode; links: Link[] };

/** The call at a node, parentheses and `await` around it left out, or undefined when it is none. */
export function readCall(around: SyntaxNode, text: string): PythonCall | undefined {
  const node = bare(around);
  const callee = node.type === 'call' ? childOf(node, 'function') : undefined;
  const list = childOf(node, 'arguments');
  if (!callee || !list) return undefined;
  const call: PythonCall = { node, callee, positional: [], keywords: new Map(), spread: false };
  // A generator stands without parentheses of its own: f(x for x in y).
  const given = list.type === 'argument_list' ? namedChildren(list) : [list];
  for (const argument of given) addArgument(call, argument, text);
  return call;
}

/** An argument by its keyword or, failing that, its position. */
export function argumentOf(call: PythonCall, position: number, keyword: string): SyntaxNode | undefined {
  return call.keywords.get(keyword) ?? call.positional[position];
}

/** `a.b.c` as written, or undefined where anything but names stands in it. */
function dottedName(around: SyntaxNode, text: string): string | undefined {
  const { root, links } = readChain(around, text);
  if (root.type !== 'identifier' || links.some((link) => link.call)) return undefined;
  return [textOf(root, text), ...links.map((link) => link.name)].join('.');
}

/** A dotted name with its first part resolved through the imports: `models.CharField` → `django.db.models.CharField`. */
export function qualifiedName(node: SyntaxNode, module: PythonModule): string | undefined {
  const name = dottedName(node, module.text);
  if (name === undefined) return undefined;
  const [first = '', ...rest] = name.split('.');
  return [module.imports.get(first) ?? first, ...rest].join('.');
}

/** Takes `root.a(…).b.c(…)` apart; a node that is no chain is its own root. */
export function readChain(around: SyntaxNode, text: string): Chain {
  const links: Link[] = [];
  let node = bare(around);
  let call: PythonCall | undefined;
  for (;;) {
    const made = node.type === 'call' && !call ? readCall(node, text) : undefined;
    if (made) {
      call = made;
      node = bare(made.callee);
      continue;
    }
    const object = node.type === 'attribute' ? childOf(node, 'object') : undefined;
    const attribute = childOf(node, 'attribute');
    if (!object || !attribute) break;
    links.push({ name: textOf(attribute, text), node: call?.node ?? node, ...(call ? { call } : {}) });
    call = undefined;
    node = bare(object);
  }
  return { root: call?.node ?? node, links: links.reverse() };
}

/** The operands of a chain of `+`, in order; anything else is its own only operand. */
export function summands(around: SyntaxNode): SyntaxNode[] {
  const found: SyntaxNode[] = [];
  let node = bare(around);
  for (;;) {
    const left = childOf(node, 'left');
    const right = childOf(node, 'right');
    if (node.type !== 'binary_operator' || childOf(node, 'operator')?.type !== '+' || !left || !right) break;
    found.push(right);
    node = bare(left);
  }
  return [...found, node].reverse();
}

/** A node without the parentheses and the `await` around it. */
export function bare(node: SyntaxNode): SyntaxNode {
  let inner = node;
  while (inner.type === 'parenthesized_expression' || inner.type === 'await') {
    const [only] = namedChildren(inner);
    if (!only) return inner;
    inner = only;
  }
  return inner;
}

function addArgument(call: PythonCall, argument: SyntaxNode, text: string): void {
  if (argument.type === 'list_splat' || argument.type === 'dictionary_splat') {
    call.spread = true;
    return;
  }
  const name = argument.type === 'keyword_argument' ? childOf(argument, 'name') : undefined;
  const value = childOf(argument, 'value');
  if (name && value) call.keywords.set(textOf(name, text), value);
  else call.positional.push(argument);
}
