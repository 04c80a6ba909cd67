/** The parts of a migration's file: its class, methods, constants, and the models that it defines for itself. */
import { childOf, namedChildren, textOf, type SyntaxNode } from '../syntax/tree.ts';
import { callOf, statementsOf } from './call.ts';
import { isCallback } from './callbacks.ts';
import { tableOfClass } from './inflection.ts';
import type { Model } from './value.ts';

export type Program = {
  /** The class of the migration, or undefined where there is none. */
  migration?: SyntaxNode;
  /** Rails' version in brackets; 4.2 without one, undefined where the project has a base class of its own. */
  version?: number;
  superclass: string;
  methods: Map<string, SyntaxNode>;
  /** Where constants are set: in the file, the class or a module around it. */
  constants: Map<string, SyntaxNode>;
  models: Map<string, Model>;
  /** Other classes and modules that the file defines. */
  definitions: Set<string>;
  /** Readers that the class is given without a method: `attribute :from, :integer`, `attr_reader`, `delegate`. */
  readers: Set<string>;
  /** Calls in the body of the class. */
  macros: SyntaxNode[];
};

/** The parts of a file. `isMigration` picks the class by its superclass. */
export function programOf(root: SyntaxNode, text: string, isMigration: (superclass: string) => boolean): Program {
  const program: Program = {
    superclass: '',
    methods: new Map(),
    constants: new Map(),
    models: new Map(),
    definitions: new Set(),
    readers: new Set(),
    macros: [],
  };
  const classes = classesIn(root);
  const migration =
    classes.find((node) => isMigration(superclassOf(node, text))) ??
    classes.find((node) => superclassOf(node, text) !== '' && hasDirection(node, text));
  for (const statement of namedChildren(root)) {
    addConstant(program, statement, text);
    addMethod(program, statement, text);
  }
  for (const node of classes) if (node !== migration) addDefinition(program, node, text);
  if (!migration) return program;
  program.migration = migration;
  program.superclass = superclassOf(migration, text);
  const version = versionOf(migration, text);
  if (version !== undefined) program.version = version;
  for (const statement of membersOf(migration, text)) addMember(program, statement, text);
  return program;
}

/** The methods of a class by name; private ones and those on `self` among them. */
function membersOf(node: SyntaxNode, text: string): SyntaxNode[] {
  return statementsOf(node).flatMap((statement) => {
    if (statement.type === 'singleton_class') return membersOf(statement, text);
    const wrapped = isVisibility(statement, text) ? callOf(statement, text).arguments[0] : undefined;
    return wrapped?.type === 'method' ? [wrapped] : [statement];
  });
}

function isVisibility(node: SyntaxNode, text: string): boolean {
  return node.type === 'call' && ['private', 'protected', 'public'].includes(callOf(node, text).name);
}

function addMember(program: Program, node: SyntaxNode, text: string): void {
  if (addMethod(program, node, text)) return;
  if (node.type === 'assignment') addConstant(program, node, text);
  else if (node.type === 'call' || node.type === 'identifier') {
    program.macros.push(node);
    for (const reader of readersOf(node, text)) program.readers.add(reader);
  }
}

function addMethod(program: Program, node: SyntaxNode, text: string): boolean {
  const name = childOf(node, 'name');
  if ((node.type !== 'method' && node.type !== 'singleton_method') || !name) return false;
  program.methods.set(textOf(name, text), node);
  return true;
}

function readersOf(node: SyntaxNode, text: string): string[] {
  const { name, arguments: given } = callOf(node, text);
  const symbols = given.filter(({ type }) => type === 'simple_symbol').map((each) => textOf(each, text).slice(1));
  if (name === 'attribute') return symbols.slice(0, 1);
  return ['attr_reader', 'attr_accessor', 'delegate'].includes(name) ? symbols : [];
}

function addConstant(program: Program, node: SyntaxNode, text: string): void {
  const left = childOf(node, 'left');
  const right = childOf(node, 'right');
  if (node.type === 'assignment' && left?.type === 'constant' && right)
    program.constants.set(textOf(left, text), right);
}

/** A class over a table is a model; what is left is code of the migration's own. */
function addDefinition(program: Program, node: SyntaxNode, text: string): void {
  const nameNode = childOf(node, 'name');
  if (!nameNode) return;
  const name = textOf(nameNode, text);
  program.definitions.add(name);
  for (const statement of statementsOf(node)) addConstant(program, statement, text);
  if (node.type !== 'class' || superclassOf(node, text) === '') return;
  const table = tableNameIn(node, text) ?? program.models.get(superclassOf(node, text))?.table ?? tableOfClass(name);
  program.models.set(name, { kind: 'model', name, table, isApplication: false, callbacks: callbacksIn(node, text) });
}

function callbacksIn(node: SyntaxNode, text: string): string[] {
  const called = statementsOf(node).flatMap((each) => (each.type === 'call' ? [callOf(each, text).name] : []));
  return called.filter(isCallback);
}

/** `self.table_name = 'x'`, also the older `set_table_name 'x'`. */
function tableNameIn(node: SyntaxNode, text: string): string | undefined {
  for (const statement of statementsOf(node)) {
    const left = childOf(statement, 'left');
    const isAssigned =
      statement.type === 'assignment' &&
      left?.type === 'call' &&
      ['table_name', 'table_name='].includes(callOf(left, text).name);
    const right = isAssigned ? childOf(statement, 'right') : undefined;
    const call = statement.type === 'call' ? callOf(statement, text) : undefined;
    const value = right ?? (call?.name === 'set_table_name' ? call.arguments[0] : undefined);
    if (value) return literalName(value, text);
  }
  return undefined;
}

function literalName(node: SyntaxNode, text: string): string | undefined {
  if (node.type === 'simple_symbol') return textOf(node, text).slice(1);
  const [only, ...others] = namedChildren(node);
  return node.type === 'string' && only?.type === 'string_content' && others.length === 0
    ? textOf(only, text)
    : undefined;
}

/** Classes and modules in their order, those inside others after them. */
function classesIn(node: SyntaxNode): SyntaxNode[] {
  const inside = namedChildren(node).filter(({ type }) =>
    ['class', 'module', 'body_statement', 'if', 'unless', 'then'].includes(type),
  );
  return inside.flatMap((child) => (child.type === 'class' ? [child, ...classesIn(child)] : classesIn(child)));
}

function superclassOf(node: SyntaxNode, text: string): string {
  const superclass = childOf(node, 'superclass');
  const [named] = superclass ? namedChildren(superclass) : [];
  return named ? textOf(named, text) : '';
}

function hasDirection(node: SyntaxNode, text: string): boolean {
  return membersOf(node, text).some((member) => {
    const name = childOf(member, 'name');
    return name !== undefined && ['change', 'up'].includes(textOf(name, text));
  });
}

/** Without brackets Rails before 5.0 was meant; a base class of the project's own leaves it open. */
function versionOf(node: SyntaxNode, text: string): number | undefined {
  const superclass = childOf(node, 'superclass');
  const [named] = superclass ? namedChildren(superclass) : [];
  if (!named) return undefined;
  const object = named.type === 'element_reference' ? childOf(named, 'object') : named;
  if (!object || textOf(object, text).replace(/^::/, '') !== 'ActiveRecord::Migration') return undefined;
  const bracket = namedChildren(named).find(({ type }) => type === 'float' || type === 'integer');
  return named.type === 'element_reference' ? Number(bracket ? textOf(bracket, text) : Number.NaN) || undefined : 4.2;
}
