/** A Python program as a tree that can be climbed. */
import { importsOf, readModule, type PythonModule } from '../../frontends/syntax/python-module.ts';
import { readCall, type PythonCall } from '../../frontends/syntax/python-call.ts';
import { childOf, namedChildren, type SyntaxNode } from '../../frontends/syntax/tree.ts';
import type { Fragment, Reader } from '../reader.ts';

export type Program = {
  fragment: Fragment;
  module: PythonModule;
  parents: Map<SyntaxNode, SyntaxNode>;
  calls: PythonCall[];
  nodes: SyntaxNode[];
};

/** Parses a program. */
export function parseProgram(fragment: Fragment, reader: Reader): Program {
  const module = readModule(reader.path, fragment.text, reader.python);
  const program: Program = { fragment, module, parents: new Map(), calls: [], nodes: [] };
  enter(module.root, program);
  addInnerImports(program);
  return program;
}

/** What starts slowly is imported where it is used: a function's own imports count for the file where nothing at its top has the name. */
function addInnerImports({ nodes, module }: Program): void {
  for (const node of nodes)
    for (const [name, origin] of importsOf(node, module.text))
      if (!module.imports.has(name)) module.imports.set(name, origin);
}

/** The nodes around a node, innermost first, each with the child that it was reached from. */
export function around(node: SyntaxNode, program: Program): { parent: SyntaxNode; child: SyntaxNode }[] {
  const found: { parent: SyntaxNode; child: SyntaxNode }[] = [];
  let child = node;
  for (let parent = program.parents.get(child); parent; parent = program.parents.get(child)) {
    found.push({ parent, child });
    child = parent;
  }
  return found;
}

/** Whether a block raises, exits or returns. */
export function leaves(block: SyntaxNode, program: Program): boolean {
  return program.nodes.some((node) => {
    if (node.start < block.start || node.end > block.end) return false;
    if (node.type === 'raise_statement' || node.type === 'return_statement') return true;
    const callee = node.type === 'call' ? childOf(node, 'function') : undefined;
    const name = callee ? program.module.text.slice(callee.start, callee.end) : '';
    return /^(?:sys\.exit|exit|quit|os\._exit|os\.abort|pytest\.exit)$/.test(name);
  });
}

/** The block that a clause runs. */
export function blockOf(clause: SyntaxNode): SyntaxNode | undefined {
  return (
    childOf(clause, 'consequence') ??
    childOf(clause, 'body') ??
    namedChildren(clause).find((child) => child.type === 'block')
  );
}

function enter(node: SyntaxNode, program: Program): void {
  program.nodes.push(node);
  const call = node.type === 'call' ? readCall(node, program.module.text) : undefined;
  if (call) program.calls.push(call);
  for (const child of node.children) {
    program.parents.set(child, node);
    enter(child, program);
  }
}
