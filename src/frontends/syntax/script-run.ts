/** Runs statements in thought: both branches of a condition that is not known, the body of a loop for every item that is. */
import type { TSESTree } from '@typescript-eslint/typescript-estree';
import { declareClass } from './script-class.ts';
import { evaluate, functionAt, placeOf } from './script-evaluate.ts';
import { broughtTo } from './script-import.ts';
import { inFile, sayOpaque, under, type Machine } from './script-machine.ts';
import { truthOf } from './script-operators.ts';
import { perform } from './script-perform.ts';
import { bind, fileOf, innerScope } from './script-scope.ts';
import { readHandled, noteStop } from './stopped-loop.ts';
import type { ScriptNode } from './script-tree.ts';
import {
  constantAt,
  findText,
  holdsHandle,
  listAt,
  textAt,
  unknownAt,
  type FunctionValue,
  type Place,
  type Scope,
  type Value,
} from './script-value.ts';

/** How a statement ends. `may`: some of its branches return, others go on. */
type Completion =
  | { kind: 'goesOn' }
  | { kind: 'breaks' }
  | { kind: 'raises' }
  | { kind: 'returns'; values: Value[] }
  | { kind: 'may'; values: Value[] };

const goesOn: Completion = { kind: 'goesOn' };

/** Deeper calls are not followed: a function may call itself. */
const deepestCall = 24;

/** The value of a call that stands at a place. What it returns is not performed yet. */
export function runFunction(
  target: FunctionValue,
  values: readonly Value[],
  machine: Machine,
  at: Place = target,
): Value {
  const file = fileOf(target.scope) ?? machine.file;
  if (file === machine.file) return runHere(target, values, machine);
  return broughtTo(
    at,
    inFile(machine, file, at, () => runHere(target, values, machine)),
  );
}

function runHere(target: FunctionValue, values: readonly Value[], machine: Machine): Value {
  const { code, scope, self, bound } = target;
  if (machine.calls >= deepestCall) {
    if (values.some((value) => holdsHandle(value)))
      sayOpaque(machine, target, machine.when, 'functions call each other there, deeper than they are followed');
    return unknownAt(target);
  }
  const inner = innerScope(scope, code.type === 'ArrowFunctionExpression' ? undefined : self);
  const given = [...bound, ...values];
  for (const [index, parameter] of code.params.entries()) {
    const absent = parameter.type === 'AssignmentPattern' ? constantAt(target, undefined) : unknownAt(target);
    if (parameter.type === 'RestElement') bind(parameter.argument, listAt(target, given.slice(index)), inner, machine);
    else bind(parameter, given[index] ?? absent, inner, machine);
  }
  machine.calls++;
  const result = runBody(code.body, inner, machine);
  machine.calls--;
  return result ?? constantAt(target, undefined);
}

/** Runs statements in their order; functions are known before the first one. */
export function runStatements(nodes: readonly ScriptNode[], scope: Scope, machine: Machine): Completion {
  for (const node of nodes) hoist(node, scope, machine);
  return runFrom(nodes, 0, scope, machine);
}

function runBody(
  body: TSESTree.BlockStatement | TSESTree.Expression | null,
  scope: Scope,
  machine: Machine,
): Value | undefined {
  if (!body) return undefined;
  if (body.type !== 'BlockStatement') return evaluate(body, scope, machine);
  const completion = runStatements(body.body, scope, machine);
  if (completion.kind !== 'returns' && completion.kind !== 'may') return undefined;
  const { kind, values } = completion;
  const at = placeOf(body);
  const [only, ...others] = values;
  if (only && others.length === 0 && (kind === 'returns' || only.kind === 'chain')) return only;
  if (values.some((value) => value.kind === 'chain')) return listAt(at, values, false);
  const options = kind === 'may' ? [...values, constantAt(at, undefined)] : values;
  return options.length > 0 ? { kind: 'choice', options, ...at } : undefined;
}

function hoist(node: ScriptNode, scope: Scope, machine: Machine): void {
  const declaration = node.type === 'ExportNamedDeclaration' ? node.declaration : node;
  if (declaration?.type === 'FunctionDeclaration' && declaration.id)
    bind(declaration.id, functionAt(declaration, scope), scope, machine);
}

function runFrom(nodes: readonly ScriptNode[], from: number, scope: Scope, machine: Machine): Completion {
  for (let index = from; index < nodes.length; index++) {
    const node = nodes[index];
    if (!node) continue;
    const completion = runStatement(node, scope, machine);
    if (completion.kind === 'goesOn') continue;
    if (completion.kind !== 'may') return completion;
    const rest = under(machine, { conditional: true }, () => runFrom(nodes, index + 1, scope, machine));
    return 'values' in rest ? { kind: rest.kind, values: [...completion.values, ...rest.values] } : completion;
  }
  return goesOn;
}

/** One statement. */
export function runStatement(node: ScriptNode, scope: Scope, machine: Machine): Completion {
  switch (node.type) {
    case 'ExpressionStatement':
      perform(evaluate(node.expression, scope, machine), machine);
      return goesOn;
    case 'VariableDeclaration':
      for (const { id, init } of node.declarations)
        bind(id, init ? evaluate(init, scope, machine) : constantAt(placeOf(id), undefined), scope, machine);
      return goesOn;
    case 'ReturnStatement':
      return { kind: 'returns', values: node.argument ? [evaluate(node.argument, scope, machine)] : [] };
    case 'ThrowStatement':
      return raise(node, scope, machine);
    case 'BreakStatement':
    case 'ContinueStatement':
      return { kind: 'breaks' };
    case 'BlockStatement':
      return runStatements(node.body, innerScope(scope), machine);
    case 'IfStatement':
      return runIf(node, scope, machine);
    case 'SwitchStatement':
      return runSwitch(node, scope, machine);
    case 'TryStatement':
      return runTry(node, scope, machine);
    case 'ForOfStatement':
    case 'ForInStatement':
      return runEach(node, scope, machine);
    case 'ForStatement':
    case 'WhileStatement':
    case 'DoWhileStatement':
      return runLoop(node, scope, machine);
    case 'LabeledStatement':
      return runStatement(node.body, scope, machine);
    case 'ClassDeclaration':
      if (node.id) bind(node.id, declareClass(node, scope), scope, machine);
      return goesOn;
    case 'TSEnumDeclaration':
      bind(node.id, enumOf(node, scope, machine), scope, machine);
      return goesOn;
    default:
      return goesOn;
  }
}

/** Members that are given no value are numbered, which no name of a database is. */
function enumOf(node: TSESTree.TSEnumDeclaration, scope: Scope, machine: Machine): Value {
  const fields = new Map<string, Value>();
  for (const { id, initializer } of node.body.members) {
    const name = id.type === 'Identifier' ? id.name : id.value;
    fields.set(name, initializer ? evaluate(initializer, scope, machine) : unknownAt(placeOf(id)));
  }
  return { kind: 'record', fields, whole: false, ...placeOf(node) };
}

function raise(node: TSESTree.ThrowStatement, scope: Scope, machine: Machine): Completion {
  const value = evaluate(node.argument, scope, machine);
  const message = value.kind === 'made' ? value.arguments[0] : value;
  if (machine.when.looped) noteStop(machine.stops, machine.file.text.slice(...node.range));
  if (!machine.when.conditional) machine.raised = (message && findText(message)) ?? 'it raises an error';
  return { kind: 'raises' };
}

/** A branch that raises an error stops the migration, so what follows is not conditional. */
function runIf(node: TSESTree.IfStatement, scope: Scope, machine: Machine): Completion {
  const truth = truthOf(evaluate(node.test, scope, machine));
  const branch = truth === false ? node.alternate : node.consequent;
  if (truth !== undefined) return branch ? runStatement(branch, scope, machine) : goesOn;
  const branches = node.alternate ? [node.consequent, node.alternate] : [node.consequent];
  const ends = branches.map((each) => under(machine, { conditional: true }, () => runStatement(each, scope, machine)));
  return merged(ends, ends.length === 2);
}

/** `isWhole`: one of the branches surely runs. */
function merged(ends: readonly Completion[], isWhole: boolean): Completion {
  const returning = ends.filter((end) => 'values' in end);
  if (returning.length === 0) return goesOn;
  const values = returning.flatMap((end) => end.values);
  const never = isWhole && ends.every((end) => end.kind === 'returns' || end.kind === 'raises');
  return { kind: never ? 'returns' : 'may', values };
}

function runSwitch(node: TSESTree.SwitchStatement, scope: Scope, machine: Machine): Completion {
  const wanted = findText(evaluate(node.discriminant, scope, machine));
  const labels = node.cases.map(({ test }) => (test ? findText(evaluate(test, scope, machine)) : undefined));
  const isKnown = wanted !== undefined && node.cases.every(({ test }, index) => !test || labels[index] !== undefined);
  if (!isKnown) {
    const ends = node.cases.map((each) =>
      under(machine, { conditional: true }, () => runStatements(each.consequent, scope, machine)),
    );
    return merged(ends, false);
  }
  const match = labels.indexOf(wanted);
  const from = match === -1 ? node.cases.findIndex(({ test }) => !test) : match;
  if (from === -1) return goesOn;
  const end = runStatements(
    node.cases.slice(from).flatMap((each) => each.consequent),
    scope,
    machine,
  );
  return end.kind === 'breaks' ? goesOn : end;
}

function runTry(node: TSESTree.TryStatement, scope: Scope, machine: Machine): Completion {
  const before = machine.raised;
  const { handler, finalizer } = node;
  const end = readHandled(machine.stops, handler !== null, () => runStatement(node.block, scope, machine));
  if (handler) {
    restoreRaised(machine, before);
    const inner = innerScope(scope);
    if (handler.param) bind(handler.param, unknownAt(placeOf(handler)), inner, machine);
    under(machine, { conditional: true }, () => runStatement(handler.body, inner, machine));
  }
  if (finalizer) runStatement(finalizer, scope, machine);
  if (!handler || end.kind === 'goesOn' || end.kind === 'breaks') return end;
  return end.kind === 'raises' ? goesOn : { kind: 'may', values: end.values };
}

function restoreRaised(machine: Machine, before: string | undefined): void {
  if (before === undefined) delete machine.raised;
  else machine.raised = before;
}

function runEach(node: TSESTree.ForOfStatement | TSESTree.ForInStatement, scope: Scope, machine: Machine): Completion {
  const over = evaluate(node.right, scope, machine);
  perform(over, machine);
  const items = itemsToVisit(over, node.type === 'ForInStatement');
  const variable = node.left.type === 'VariableDeclaration' ? node.left.declarations[0].id : node.left;
  if (!items && over.kind === 'list' && over.grown) return over.items.map(once).at(-1) ?? goesOn;
  if (!items) return once(unknownAt(placeOf(node.left)));
  let mayHaveEnded = false;
  for (const item of items) {
    const end: Completion = mayHaveEnded ? under(machine, { conditional: true }, () => visit(item)) : visit(item);
    if (end.kind === 'returns') return end;
    mayHaveEnded ||= end.kind === 'may';
  }
  return mayHaveEnded ? { kind: 'may', values: [] } : goesOn;

  function visit(item: Value): Completion {
    const inner = innerScope(scope);
    bind(variable, item, inner, machine);
    return runStatement(node.body, inner, machine);
  }

  function once(item: Value): Completion {
    under(machine, { conditional: true, looped: true }, () => visit(item));
    return goesOn;
  }
}

function itemsToVisit(over: Value, names: boolean): Value[] | undefined {
  if (over.kind === 'list' && over.whole && !names) return over.items;
  if (over.kind === 'record' && over.whole && names) return [...over.fields.keys()].map((name) => textAt(over, name));
  return undefined;
}

function runLoop(
  node: TSESTree.ForStatement | TSESTree.WhileStatement | TSESTree.DoWhileStatement,
  scope: Scope,
  machine: Machine,
): Completion {
  const inner = innerScope(scope);
  if (node.type === 'ForStatement' && node.init) {
    if (node.init.type === 'VariableDeclaration')
      for (const { id } of node.init.declarations) bind(id, unknownAt(placeOf(id)), inner, machine);
    else evaluate(node.init, inner, machine);
  }
  if (node.test) evaluate(node.test, inner, machine);
  under(machine, { conditional: node.type !== 'DoWhileStatement', looped: true }, () =>
    runStatement(node.body, inner, machine),
  );
  return goesOn;
}
