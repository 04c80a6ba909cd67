/** A program of JavaScript or TypeScript as the readers of its models see it: what it declares, and what its names stand for. */
import { createLocator } from '../../frontends/sql/text.ts';
import { childrenOf, parseScript, type ScriptNode } from '../../frontends/syntax/script-tree.ts';
import type { Span } from '../../operations/operation.ts';

export type ScriptClass = Extract<ScriptNode, { type: 'ClassDeclaration' | 'ClassExpression' }>;
export type ScriptCall = Extract<ScriptNode, { type: 'CallExpression' | 'NewExpression' }>;

/** Where a name comes from; `name` is `*` for the module itself, also where it is a default import. */
export type Origin = { module: string; name: string };

export type ScriptFile = {
  path: string;
  text: string;
  classes: ScriptClass[];
  calls: ScriptCall[];
  imports: ReadonlyMap<string, Origin>;
  /** The values of its constants, without those whose name it gives twice. */
  constants: ReadonlyMap<string, ScriptNode>;
  spanOf: (node: ScriptNode) => Span;
};

/** Parses it; undefined where it is not valid. The parser has to be loaded. */
export function readScriptFile({ path, text }: { path: string; text: string }): ScriptFile | undefined {
  const parsed = parseScript(path, text);
  if (parsed.kind === 'failed') return undefined;
  const locate = createLocator(path, text);
  const nodes = nodesIn(parsed.program);
  return {
    path,
    text,
    classes: nodes.filter((node) => node.type === 'ClassDeclaration' || node.type === 'ClassExpression'),
    calls: nodes.filter((node) => node.type === 'CallExpression' || node.type === 'NewExpression'),
    imports: new Map(nodes.flatMap(importsOf)),
    constants: constantsIn(nodes),
    spanOf: ({ range }) => locate(range[0], range[1]),
  };
}

/** What a name, or a member of a module, stands for in the file that it comes from. */
export function originOf(node: ScriptNode, { imports }: ScriptFile): Origin | undefined {
  if (node.type === 'Identifier') return imports.get(node.name);
  if (node.type !== 'MemberExpression' || node.computed || node.property.type !== 'Identifier') return undefined;
  const from = node.object.type === 'Identifier' ? imports.get(node.object.name) : undefined;
  return from?.name === '*' ? { module: from.module, name: node.property.name } : undefined;
}

/** The text of a node in one line. */
export function writtenAs({ range }: ScriptNode, { text }: ScriptFile): string {
  return text.slice(range[0], range[1]).replace(/\s+/g, ' ');
}

/** All of them, in the order in which they stand; never deeper than the stack goes. */
function nodesIn(program: ScriptNode): ScriptNode[] {
  const found: ScriptNode[] = [];
  const waiting = [program];
  for (let node = waiting.pop(); node; node = waiting.pop()) {
    found.push(node);
    waiting.push(...childrenOf(node).toReversed());
  }
  return found;
}

function importsOf(node: ScriptNode): [string, Origin][] {
  if (node.type === 'ImportDeclaration') {
    const module = node.source.value;
    return node.specifiers.map((specifier) => {
      const imported = specifier.type === 'ImportSpecifier' ? specifier.imported : undefined;
      return [specifier.local.name, { module, name: imported?.type === 'Identifier' ? imported.name : '*' }];
    });
  }
  if (node.type !== 'VariableDeclarator' || !node.init) return [];
  const module = requiredBy(node.init);
  if (module === undefined) return [];
  if (node.id.type === 'Identifier') return [[node.id.name, { module, name: '*' }]];
  if (node.id.type !== 'ObjectPattern') return [];
  return node.id.properties.flatMap((each): [string, Origin][] =>
    each.type === 'Property' && each.key.type === 'Identifier' && each.value.type === 'Identifier'
      ? [[each.value.name, { module, name: each.key.name }]]
      : [],
  );
}

function requiredBy(node: ScriptNode): string | undefined {
  if (node.type !== 'CallExpression' || node.callee.type !== 'Identifier' || node.callee.name !== 'require')
    return undefined;
  const [module] = node.arguments;
  return module?.type === 'Literal' && typeof module.value === 'string' ? module.value : undefined;
}

function constantsIn(nodes: readonly ScriptNode[]): Map<string, ScriptNode> {
  const constants = new Map<string, ScriptNode>();
  const again = new Set<string>();
  for (const node of nodes) {
    if (node.type !== 'VariableDeclaration') continue;
    for (const { id, init } of node.declarations) {
      if (id.type !== 'Identifier') continue;
      if (constants.has(id.name) || node.kind !== 'const' || !init) again.add(id.name);
      else constants.set(id.name, init);
    }
  }
  for (const name of again) constants.delete(name);
  return constants;
}
