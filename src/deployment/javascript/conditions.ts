/** Conditions that stand around a line of JavaScript, or before it where they leave its block. */
import { childOf, namedChildren, type SyntaxNode } from '../../frontends/syntax/tree.ts';

/** A condition that has to hold (`wanted`), or must not. */
export type Condition = { node: SyntaxNode; wanted: boolean };

/** Of `if`, `? :`, `&&` and `||` around a node, and of each `if` before it in the same block that leaves. */
export function conditionsOn(node: SyntaxNode, parents: ReadonlyMap<SyntaxNode, SyntaxNode>): Condition[] {
  const found: Condition[] = [];
  let child = node;
  for (let parent = parents.get(child); parent; parent = parents.get(child)) {
    found.push(...conditionOf(parent, child));
    if (parent.type === 'statement_block' || parent.type === 'program') found.push(...leavingBefore(parent, child));
    child = parent;
  }
  return found;
}

function conditionOf(parent: SyntaxNode, child: SyntaxNode): Condition[] {
  if (parent.type === 'if_statement' || parent.type === 'ternary_expression') {
    const condition = childOf(parent, 'condition');
    if (!condition || child === condition) return [];
    return [{ node: condition, wanted: child.field === 'consequence' }];
  }
  const operator = parent.type === 'binary_expression' ? childOf(parent, 'operator')?.type : undefined;
  const left = childOf(parent, 'left');
  if (!left || child === left || (operator !== '&&' && operator !== '||')) return [];
  return [{ node: left, wanted: operator === '&&' }];
}

function leavingBefore(block: SyntaxNode, child: SyntaxNode): Condition[] {
  return namedChildren(block)
    .filter((each) => each.end <= child.start && each.type === 'if_statement' && !childOf(each, 'alternative'))
    .flatMap((each) => {
      const condition = childOf(each, 'condition');
      const body = childOf(each, 'consequence');
      return condition && body && leaves(body) ? [{ node: condition, wanted: false }] : [];
    });
}

function leaves(body: SyntaxNode): boolean {
  const last = body.type === 'statement_block' ? namedChildren(body).at(-1) : body;
  return last !== undefined && /^(?:return|throw|continue|break)_statement$/.test(last.type);
}
