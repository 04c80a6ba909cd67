/** What a file of JavaScript exports and declares, by running its top level in thought. */
import type { TSESTree } from '@typescript-eslint/typescript-estree';
import type { SourceFile } from '../frontend.ts';
import { declareClass } from './script-class.ts';
import { broughtTo, exportsOf, givenBy } from './script-import.ts';
import { evaluate, functionAt, placeOf } from './script-evaluate.ts';
import type { Machine } from './script-machine.ts';
import { findBinding, innerScope } from './script-scope.ts';
import { runStatement, runStatements } from './script-run.ts';
import { chainAt, type RecordValue, type Scope, type Value } from './script-value.ts';

type ClassValue = Extract<Value, { kind: 'class' }>;

export type ScriptModule = {
  exports: RecordValue;
  /** Every class of the top level, in order, and those that it exports. */
  classes: ClassValue[];
};

/** Reads the top level of a file. Nothing that it calls there is written down: it runs whenever the file is loaded. */
export function readModule(program: TSESTree.Program, machine: Machine): ScriptModule {
  const scope = { ...innerScope(undefined), file: machine.file };
  const exports: RecordValue = { kind: 'record', fields: new Map(), whole: true, ...placeOf(program) };
  const module: RecordValue = { ...exports, fields: new Map([['exports', exports]]) };
  scope.names.set('module', { value: module, depth: 0 });
  scope.names.set('exports', { value: exports, depth: 0 });
  const named: RecordValue = { ...exports, fields: new Map() };
  machine.muted = true;
  runStatements(program.body.filter(isFunction), scope, machine);
  for (const node of program.body) runTopLevel(node, scope, named, machine);
  machine.muted = false;
  const declared = [...scope.names.values()].flatMap((binding) => (binding.imported ? [] : [binding.value]));
  const exported = collect(exports, module, named);
  return { exports: exported, classes: [...classesOf(declared), ...classesOf(exported.fields.values())] };
}

function isFunction(node: TSESTree.ProgramStatement): boolean {
  return node.type === 'FunctionDeclaration' || node.type === 'ExportNamedDeclaration';
}

function runTopLevel(node: TSESTree.ProgramStatement, scope: Scope, named: RecordValue, machine: Machine): void {
  switch (node.type) {
    case 'ImportDeclaration':
      for (const specifier of node.specifiers) importName(specifier, node.source.value, scope, machine);
      return;
    case 'ExportNamedDeclaration':
      exportNamed(node, scope, named, machine);
      return;
    case 'ExportAllDeclaration':
      for (const [name, value] of exportsOf(node.source.value, machine)?.fields ?? [])
        named.fields.set(name, broughtTo(placeOf(node), value));
      return;
    case 'ExportDefaultDeclaration':
      named.fields.set('default', defaultOf(node.declaration, scope, machine));
      return;
    case 'TSExportAssignment':
      named.fields.set('default', evaluate(node.expression, scope, machine));
      return;
    default:
      runStatement(node, scope, machine);
  }
}

function importName(specifier: TSESTree.ImportClause, module: string, scope: Scope, machine: Machine): void {
  const name = importedName(specifier);
  const at = placeOf(specifier);
  const { file, when } = machine;
  let known: Value | undefined;
  // Most names are those of types, or of values that nothing asks for: their files need not be read.
  scope.names.set(specifier.local.name, {
    get value() {
      return (known ??= atTopOf(file, machine, find));
    },
    set value(given) {
      known = given;
    },
    depth: 0,
    imported: true,
  });

  function find(): Value {
    const found = machine.knowledge.resolve?.(name, module, machine) ?? importedValue(name, specifier, module, machine);
    return found ?? chainAt(at, { name: name === 'default' ? specifier.local.name : name, module }, when);
  }
}

/** Runs something as if the top level of a file had come to it. */
function atTopOf<Result>(file: SourceFile, machine: Machine, run: () => Result): Result {
  const { file: followed, depth, muted } = machine;
  Object.assign(machine, { file, depth: 0, muted: true });
  try {
    return run();
  } finally {
    Object.assign(machine, { file: followed, depth, muted });
  }
}

/** Another file of the project, as far as its text is at hand. */
function importedValue(
  name: string,
  specifier: TSESTree.ImportClause,
  module: string,
  machine: Machine,
): Value | undefined {
  const exports = exportsOf(module, machine);
  if (!exports) return undefined;
  const value = specifier.type === 'ImportNamespaceSpecifier' ? exports : exports.fields.get(name);
  // Of anything else, such as a connection that it opens, its name says more than its value.
  const isFollowed = value && /^(function|class|text|constant|list|record|choice)$/.test(value.kind);
  return isFollowed ? givenBy(module, placeOf(specifier), value, machine) : undefined;
}

function importedName(specifier: TSESTree.ImportClause): string {
  if (specifier.type !== 'ImportSpecifier') return 'default';
  return specifier.imported.type === 'Identifier' ? specifier.imported.name : specifier.imported.value;
}

function exportNamed(node: TSESTree.ExportNamedDeclaration, scope: Scope, named: RecordValue, machine: Machine): void {
  const { declaration } = node;
  if (declaration) {
    runStatement(declaration, scope, machine);
    for (const name of declaredNames(declaration)) {
      const binding = findBinding(scope, name);
      if (binding) named.fields.set(name, binding.value);
    }
  }
  const origin = node.source ? exportsOf(node.source.value, machine) : undefined;
  for (const { local, exported } of node.specifiers) {
    const from = local.type === 'Identifier' ? local.name : local.value;
    const value = node.source ? origin?.fields.get(from) : findBinding(scope, from)?.value;
    const name = exported.type === 'Identifier' ? exported.name : exported.value;
    if (value) named.fields.set(name, node.source ? broughtTo(placeOf(node), value) : value);
  }
}

function declaredNames(declaration: TSESTree.NamedExportDeclarations): string[] {
  if (declaration.type === 'VariableDeclaration')
    return declaration.declarations.flatMap(({ id }) => (id.type === 'Identifier' ? [id.name] : []));
  return 'id' in declaration && declaration.id?.type === 'Identifier' ? [declaration.id.name] : [];
}

function defaultOf(node: TSESTree.DefaultExportDeclarations, scope: Scope, machine: Machine): Value {
  if (node.type === 'ClassDeclaration') {
    const value = declareClass(node, scope);
    scope.names.set(node.id?.name ?? '*default*', { value, depth: 0 });
    return value;
  }
  if (node.type === 'FunctionDeclaration') return functionAt(node, scope);
  return evaluate(node, scope, machine);
}

/** `module.exports = …` replaces what was put into `exports`; a default object stands for the module. */
function collect(exports: RecordValue, module: RecordValue, named: RecordValue): RecordValue {
  const assigned = module.fields.get('exports');
  const fields = new Map([...(assigned?.kind === 'record' ? assigned : exports).fields, ...named.fields]);
  if (assigned && assigned.kind !== 'record') fields.set('default', assigned);
  const standing = fields.get('default');
  if (standing?.kind === 'record')
    for (const [name, field] of standing.fields) if (!fields.has(name)) fields.set(name, field);
  return { ...exports, fields };
}

function classesOf(values: Iterable<Value>): ClassValue[] {
  return [...values].filter((value) => value.kind === 'class');
}
