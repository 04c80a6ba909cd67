/** What a name of a Python file stands for, as its imports tell. */
import { dottedName } from '../../frontends/syntax/python-call.ts';
import { importsOf } from '../../frontends/syntax/python-module.ts';
import { childOf, namedChildren, textOf, type SyntaxNode } from '../../frontends/syntax/tree.ts';
import { folderOf } from '../../frontends/paths.ts';
import type { Sought } from '../../operations/mentions.ts';

export type PythonNames = {
  /** The class that a name says is the class of the rows, and no other one of that name. */
  isClassItself: (node: SyntaxNode, sought: Sought) => boolean;
  /** The file has a class of that name of its own, which is another one. */
  isOther: (name: string, sought: Sought) => boolean;
  /** It comes from Django or what is made for it. */
  isOfFramework: (node: SyntaxNode) => boolean;
};

/** Reads the imports of a file, wherever they stand in it. */
export function namesIn(path: string, text: string, root: SyntaxNode): PythonNames {
  const imports = new Map<string, string>();
  const defined = new Set<string>();
  visit(root);
  return { isClassItself, isOther, isOfFramework };

  function visit(node: SyntaxNode): void {
    for (const [name, from] of importsOf(node, text)) imports.set(name, from);
    const name = node.type === 'class_definition' ? childOf(node, 'name') : undefined;
    if (name) defined.add(textOf(name, text));
    for (const child of namedChildren(node)) visit(child);
  }

  function isClassItself(node: SyntaxNode, { modules }: Sought): boolean {
    const name = dottedName(node, text) ?? '';
    const [first = '', ...rest] = name.split('.');
    const from = imports.get(first);
    if (from === undefined) return rest.length === 0 && defined.has(first) && modules?.includes(path) === true;
    const module = [from, ...rest].join('.').replace(/\.?\w+$/, '');
    return modules ? modules.some((each) => isIn(module, each)) : /(?:^|\.)(?:models?|entities|orm)$/.test(module);
  }

  function isOther(name: string, { modules }: Sought): boolean {
    return defined.has(name) && !imports.has(name) && modules !== undefined && !modules.includes(path);
  }

  /** A package gives on what its modules define. */
  function isIn(module: string, defining: string): boolean {
    const place = `/${defining.replace(/(?:\/__init__)?\.py$/, '')}/`;
    const dots = /^\.*/.exec(module)?.[0].length ?? 0;
    const inner = module.slice(dots).replaceAll('.', '/');
    if (dots === 0) return inner !== '' && place.includes(`/${inner}/`);
    let folder = folderOf(path);
    for (let up = 1; up < dots; up++) folder = folderOf(folder);
    return place.startsWith(`/${[folder, inner].filter((each) => each !== '').join('/')}/`);
  }

  function isOfFramework(node: SyntaxNode): boolean {
    const [first = ''] = (dottedName(node, text) ?? '').split('.');
    return /^(?:django|django_filters|django_tables2|rest_framework)(?:\.|$)/.test(imports.get(first) ?? '');
  }
}
