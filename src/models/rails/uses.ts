/** What a file calls on rows of models: followed through variables and the parameters of blocks, no further. */
import { callOf, parametersOf, type Call } from '../../frontends/rails/call.ts';
import { childOf, namedChildren, textOf, type SyntaxNode } from '../../frontends/syntax/tree.ts';
import type { ModelUse } from '../../operations/models.ts';
import type { RubyFile } from '../read-models.ts';
import { namesAt, optionsOf } from './literal.ts';

/** Variables that hold a model, its rows or one row, by name. */
type Scope = Map<string, string>;

/** Reads them. A class that the file defines for itself is not the application's. */
export function readUses(file: RubyFile, root: SyntaxNode): ModelUse[] {
  const uses: ModelUse[] = [];
  const own = new Set<string>();
  collectOwn(file, root, own);
  follow(root, new Map());
  return uses;

  function follow(node: SyntaxNode, scope: Scope): void {
    if (node.type === 'method' || node.type === 'singleton_method') return followAll(node, new Map());
    if (node.type === 'assignment') noteAssignment(node, scope);
    if (node.type !== 'call') return followAll(node, scope);
    const call = callOf(node, file.text);
    const model = call.receiver && modelOf(call.receiver, scope);
    if (model !== undefined) uses.push(...usesOf(file, model, call));
    for (const child of namedChildren(node)) if (child !== call.block) follow(child, scope);
    if (call.block) followAll(call.block, blockScope(call, model, scope));
  }

  function followAll(node: SyntaxNode, scope: Scope): void {
    for (const child of namedChildren(node)) follow(child, scope);
  }

  function blockScope(call: Call, model: string | undefined, scope: Scope): Scope {
    const inner = new Map(scope);
    const [first, ...others] = parametersOf(call.block).map((each) => textOf(each, file.text));
    for (const name of [first, ...others]) if (name !== undefined) inner.delete(name);
    if (first !== undefined && model !== undefined && handsRows.has(call.name)) inner.set(first, model);
    return inner;
  }

  function noteAssignment(node: SyntaxNode, scope: Scope): void {
    const left = childOf(node, 'left');
    const right = childOf(node, 'right');
    if (left?.type !== 'identifier') return;
    const model = right && modelOf(right, scope);
    if (model === undefined) scope.delete(textOf(left, file.text));
    else scope.set(textOf(left, file.text), model);
  }

  /** The model whose class, rows or row an expression gives. */
  function modelOf(node: SyntaxNode, scope: Scope): string | undefined {
    if (node.type === 'identifier') return scope.get(textOf(node, file.text));
    if (node.type === 'constant' || node.type === 'scope_resolution') {
      const name = textOf(node, file.text).replace(/^::/, '');
      return own.has(name) ? undefined : name;
    }
    if (node.type !== 'call') return undefined;
    const { receiver, name } = callOf(node, file.text);
    return receiver && keepsModel.has(name) ? modelOf(receiver, scope) : undefined;
  }
}

function collectOwn(file: RubyFile, node: SyntaxNode, own: Set<string>): void {
  const name = node.type === 'class' || node.type === 'module' ? childOf(node, 'name') : undefined;
  if (name) own.add(textOf(name, file.text));
  for (const child of namedChildren(node)) collectOwn(file, child, own);
}

const handsRows = new Set('each find_each in_batches find_in_batches each_with_index map each_entry'.split(' '));
const keepsModel = new Set(
  (
    'all where not order limit offset includes preload eager_load joins left_joins unscoped unscope distinct lock ' +
    'find_each in_batches find_in_batches each find find_by find_by! first first! last take new create create! ' +
    'readonly reorder rewhere to_a reload with_deleted'
  ).split(' '),
);
const naming = new Set(
  'where not find_by find_by! includes preload eager_load joins left_joins left_outer_joins references create create! new update update! update_all assign_attributes'.split(
    ' ',
  ),
);

/** The method that is called, and what its arguments name. */
function usesOf(file: RubyFile, model: string, call: Call): ModelUse[] {
  const method = childOf(call.node, 'method') ?? call.node;
  const own = { model, member: call.name.replace(/=$/, ''), span: file.spanOf(method) };
  if (!naming.has(call.name)) return [own];
  const listed = call.arguments.flatMap((each) => namesAt(each, file.text).map((member) => ({ member, node: each })));
  const keyed = [...optionsOf(call, file.text)].map(([member, node]) => ({ member, node }));
  return [own, ...[...listed, ...keyed].map(({ member, node }) => ({ model, member, span: file.spanOf(node) }))];
}
