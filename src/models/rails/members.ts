/** What stands in the body of a model: associations, methods, and how values of columns are read. */
import { callOf, statementsOf, type Call } from '../../frontends/rails/call.ts';
import { childOf, namedChildren, textOf, type SyntaxNode } from '../../frontends/syntax/tree.ts';
import type { Association, ModelClass } from '../../operations/models.ts';
import type { RubyFile } from '../read-models.ts';
import { readDeclarations } from './declarations.ts';
import { nameAt, namesAt, optionsOf } from './literal.ts';

/** Adds what one statement says to its class. */
export function readMember(file: RubyFile, node: SyntaxNode, model: ModelClass): void {
  const { text } = file;
  if (node.type === 'method' || node.type === 'singleton_method') return addMethod(node, text, model);
  if (node.type === 'assignment' || node.type === 'operator_assignment') return readSetting(file, node, model);
  if (node.type === 'singleton_class') {
    for (const statement of statementsOf(node)) readMember(file, statement, model);
    return;
  }
  if (node.type === 'call') readCall(file, callOf(node, text), model);
}

const selfNaming = new Set([
  'sti_name',
  'polymorphic_name',
  'find_sti_class',
  'sti_class_for',
  'polymorphic_class_for',
]);

function addMethod(node: SyntaxNode, text: string, model: ModelClass): void {
  const name = childOf(node, 'name');
  if (!name) return;
  model.methods.push(textOf(name, text));
  if (selfNaming.has(textOf(name, text))) model.namesItself = true;
}

/** `self.ignored_columns += %w[a b]` and its kin. */
function readSetting({ text }: RubyFile, node: SyntaxNode, model: ModelClass): void {
  const left = childOf(node, 'left');
  const right = childOf(node, 'right');
  if (left?.type !== 'call' || !right) return;
  switch (callOf(left, text).name) {
    case 'ignored_columns':
      model.ignoredColumns.push(...ignoredIn(right, text));
      return;
    case 'abstract_class':
      model.isAbstract = true;
      return;
    case 'inheritance_column':
      model.inheritance = inheritanceOf(right, text);
      return;
    case 'store_full_sti_class':
    case 'store_full_class_name':
      model.namesItself = true;
  }
}

/** The lists may be added up, frozen, or taken over from a superclass. */
function ignoredIn(node: SyntaxNode, text: string): string[] {
  const own = namesAt(node, text);
  return own.length > 0 ? own : namedChildren(node).flatMap((child) => ignoredIn(child, text));
}

/** Rails' own word for none is `:_type_disabled`. */
function inheritanceOf(node: SyntaxNode, text: string): string {
  const name = nameAt(node, text);
  return name === undefined || name === '' || name.startsWith('_') ? 'none' : name;
}

const wrappers = new Set(['private', 'protected', 'public', 'included', 'class_methods', 'private_class_method']);
const accessors = new Set(
  'scope attr_accessor attr_reader attr_writer delegate alias_attribute alias_method define_method store_accessor attribute'.split(
    ' ',
  ),
);

function readCall(file: RubyFile, call: Call, model: ModelClass): void {
  const { text } = file;
  const { name } = call;
  if (call.receiver && call.receiver.type !== 'self') return;
  if (wrappers.has(name)) {
    for (const each of [...call.arguments, ...statementsOf(call.block)]) readMember(file, each, model);
    return;
  }
  if (name === 'include' || name === 'extend' || name === 'prepend')
    model.includes.push(...call.arguments.map((each) => textOf(each, text)));
  // Rails refuses it in a class with a table: https://api.rubyonrails.org/classes/ActiveRecord/ConnectionHandling.html#method-i-connects_to
  if (name === 'primary_abstract_class' || name === 'connects_to') model.isAbstract = true;
  const association = associationOf(file, call);
  if (association) model.associations.push(association);
  if (accessors.has(name)) model.methods.push(...call.arguments.flatMap((each) => namesAt(each, text)));
  model.declarations.push(...readDeclarations(file, call));
}

const associationKinds: readonly string[] = ['belongs_to', 'has_one', 'has_many', 'has_and_belongs_to_many'];

function associationOf(file: RubyFile, call: Call): Association | undefined {
  const { text } = file;
  const name = nameAt(call.arguments[0], text);
  if (!associationKinds.includes(call.name) || name === undefined) return undefined;
  const options = optionsOf(call, text);
  const as = nameAt(options.get('as'), text);
  return {
    kind: call.name as Association['kind'], // one of the kinds, as just asked
    name,
    ...(options.get('polymorphic')?.type === 'true' ? { isPolymorphic: true } : {}),
    ...(as === undefined ? {} : { as }),
    span: file.spanOf(call.node),
  };
}
