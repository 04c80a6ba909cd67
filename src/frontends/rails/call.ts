/** Calls of Ruby as their parts. */
import { childOf, namedChildren, textOf, type SyntaxNode } from '../syntax/tree.ts';

export type Call = {
  node: SyntaxNode;
  receiver?: SyntaxNode;
  name: string;
  /** Positional arguments, splats among them. */
  arguments: SyntaxNode[];
  /** Pairs and double splats: the keywords, or a last hash without braces. */
  pairs: SyntaxNode[];
  block?: SyntaxNode;
  /** `&:name` or `&block`. */
  blockArgument?: SyntaxNode;
};

/** The parts of a call node; a bare word is a call without arguments. */
export function callOf(node: SyntaxNode, text: string): Call {
  if (node.type === 'identifier') return { node, name: textOf(node, text), arguments: [], pairs: [] };
  const method = childOf(node, 'method');
  const given = childOf(node, 'arguments');
  const all = given ? namedChildren(given) : [];
  const call: Call = {
    node,
    name: method ? textOf(method, text) : 'call',
    arguments: all.filter(({ type }) => !['pair', 'hash_splat_argument', 'block_argument'].includes(type)),
    pairs: all.filter(({ type }) => type === 'pair' || type === 'hash_splat_argument'),
  };
  const receiver = childOf(node, 'receiver');
  const block = childOf(node, 'block');
  const blockArgument = all.find(({ type }) => type === 'block_argument');
  if (receiver) call.receiver = receiver;
  if (block) call.block = block;
  if (blockArgument) call.blockArgument = blockArgument;
  return call;
}

/** The statements inside a body, block, method or program; clauses such as `rescue` among them. */
export function statementsOf(node: SyntaxNode | undefined): SyntaxNode[] {
  if (!node) return [];
  const body = childOf(node, 'body');
  const holder = body && ['body_statement', 'block_body', 'then', 'do'].includes(body.type) ? body : undefined;
  if (holder) return namedChildren(holder);
  if (body && (node.type === 'method' || node.type === 'singleton_method' || node.type === 'lambda')) {
    return body.type === 'block' || body.type === 'do_block' ? statementsOf(body) : [body];
  }
  const heads = new Set(['name', 'parameters', 'superclass', 'condition', 'exceptions', 'variable', 'object']);
  return namedChildren(node).filter((child) => child.field === undefined || !heads.has(child.field));
}

/** The parameters of a block, method or lambda. */
export function parametersOf(node: SyntaxNode | undefined): SyntaxNode[] {
  const parameters = node && childOf(node, 'parameters');
  return parameters ? namedChildren(parameters) : [];
}
