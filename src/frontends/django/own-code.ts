/** Which names are code of the project itself. */
import { logMethods, makesLogger } from '../syntax/loggers.ts';
import type { PythonModule } from '../syntax/python-module.ts';
import { childOf, textOf, type SyntaxNode } from '../syntax/tree.ts';

/** Imported from beside the migration, or from a package that stands on its path; not what makes a logger that only logs. */
export function isOwnCode(name: string, module: PythonModule): boolean {
  const [first = ''] = name.split('.');
  const { imports, path } = module;
  const isImported = [...imports.values()].some((origin) => name === origin || name.startsWith(`${origin}.`));
  if (!isImported || (!name.startsWith('.') && !path.split('/').includes(first))) return false;
  return !makesLogger(name) || !onlyLogs(name, module);
}

/** Whatever is asked of what the function gives, or of a name that holds it, is a method of loggers. */
function onlyLogs(maker: string, { root, imports, text }: PythonModule): boolean {
  const makes = (node: SyntaxNode) => {
    const callee = node.type === 'call' ? childOf(node, 'function') : undefined;
    return callee !== undefined && imports.get(textOf(callee, text)) === maker;
  };
  const nodes = allNodes(root);
  const holders = new Set(
    nodes.flatMap((node) => {
      const [left, right] = [childOf(node, 'left'), childOf(node, 'right')];
      return node.type === 'assignment' && left && right && makes(right) ? [textOf(left, text)] : [];
    }),
  );
  return nodes.every((node) => {
    const [object, method] = [childOf(node, 'object'), childOf(node, 'attribute')];
    if (node.type !== 'attribute' || !object || !method) return true;
    return !(makes(object) || holders.has(textOf(object, text))) || logMethods.has(textOf(method, text));
  });
}

function allNodes(root: SyntaxNode): SyntaxNode[] {
  const nodes = [root];
  for (const node of nodes) nodes.push(...node.children);
  return nodes;
}
