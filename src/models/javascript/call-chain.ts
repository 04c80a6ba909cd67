/** Calls that are made on what a call gives back: `varchar('name').notNull()`. */
import type { ScriptNode } from '../../frontends/syntax/script-tree.ts';

/** One call; its name is empty where the root itself is called. */
export type Link = { name: string; arguments: ScriptNode[] };

export type CallChain = { root: ScriptNode; links: Link[] };

/** Takes an expression apart; one that is no call is all root. */
export function chainOf(node: ScriptNode): CallChain {
  const links: Link[] = [];
  let root = node;
  while (root.type === 'CallExpression') {
    const { callee }: { callee: ScriptNode } = root;
    const isMember = callee.type === 'MemberExpression' && !callee.computed && callee.property.type === 'Identifier';
    links.push({ name: isMember ? callee.property.name : '', arguments: root.arguments });
    root = isMember ? callee.object : callee;
  }
  return { root, links: links.toReversed() };
}

/** The call of that name. */
export function findLink({ links }: CallChain, ...names: readonly string[]): Link | undefined {
  return links.find(({ name }) => names.includes(name));
}

/** The attribute that an expression names, whatever is called on it: `table.name.desc()`. */
export function attributeIn(node: ScriptNode): string | undefined {
  const { root } = chainOf(node);
  const isMember = root.type === 'MemberExpression' && !root.computed && root.property.type === 'Identifier';
  return isMember && root.object.type === 'Identifier' ? root.property.name : undefined;
}
