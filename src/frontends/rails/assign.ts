/** Assignments and parameters: which names stand for which values. */
import { childOf, namedChildren, textOf, type SyntaxNode } from '../syntax/tree.ts';
import { callOf } from './call.ts';
import { evaluate } from './evaluate.ts';
import { findVariable, type Run, type Scope } from './run.ts';
import { entryOf, findText, nothing, unknown, type Value } from './value.ts';

/** Follows `left = right`. */
export function assign(run: Run, node: SyntaxNode, scope: Scope): Value {
  const left = childOf(node, 'left');
  const right = childOf(node, 'right');
  if (!left || !right) return unknown;
  const value =
    right.type === 'right_assignment_list'
      ? { kind: 'list' as const, items: namedChildren(right).map((each) => evaluate(run, each, scope)) }
      : evaluate(run, right, scope);
  assignInto(run, left, value, scope);
  return value;
}

/** Gives a value to a variable, several variables, or an attribute of a row. */
export function assignInto(run: Run, target: SyntaxNode, value: Value, scope: Scope): void {
  switch (target.type) {
    case 'identifier':
      setVariable(run, scope, textOf(target, run.file.text), value);
      return;
    case 'instance_variable':
    case 'class_variable':
    case 'global_variable':
      run.fields.set(textOf(target, run.file.text), run.conditions > 0 ? unknown : value);
      return;
    case 'left_assignment_list':
    case 'destructured_left_assignment':
    case 'destructured_parameter':
      for (const [index, each] of namedChildren(target).entries()) assignInto(run, each, itemAt(value, index), scope);
      return;
    case 'rest_assignment':
    case 'splat_parameter':
      for (const each of namedChildren(target)) assignInto(run, each, unknown, scope);
      return;
    case 'call':
      assignAttribute(run, target, scope);
      return;
    case 'element_reference':
      assignElement(run, target, scope);
  }
}

/** Binds what a block or method is given to its parameters. */
export function bind(run: Run, parameters: readonly SyntaxNode[], given: readonly Value[], scope: Scope): void {
  const [only] = given;
  const spreads = scope.kind === 'block' && parameters.length > 1 && given.length === 1 && only?.kind === 'list';
  const values = spreads ? only.items : given;
  const keywords = values.at(-1)?.kind === 'hash' ? values.at(-1) : undefined;
  for (const [index, parameter] of parameters.entries()) bindOne(run, parameter, values[index], keywords, scope);
}

function bindOne(
  run: Run,
  parameter: SyntaxNode,
  value: Value | undefined,
  keywords: Value | undefined,
  scope: Scope,
): void {
  const nameNode = parameter.type === 'identifier' ? parameter : childOf(parameter, 'name');
  const name = nameNode ? textOf(nameNode, run.file.text) : '';
  const fallback = childOf(parameter, 'value');
  const otherwise = (): Value => (fallback ? evaluate(run, fallback, scope) : unknown);
  switch (parameter.type) {
    case 'identifier':
      scope.variables.set(name, value ?? unknown);
      return;
    case 'optional_parameter':
      scope.variables.set(name, value ?? otherwise());
      return;
    case 'keyword_parameter':
      scope.variables.set(name, entryOf(keywords, name) ?? otherwise());
      return;
    case 'hash_splat_parameter':
      scope.variables.set(name, keywords ?? { kind: 'hash', entries: [], whole: true });
      return;
    case 'destructured_parameter':
      assignInto(run, parameter, value ?? unknown, scope);
      return;
    default:
      if (name !== '') scope.variables.set(name, unknown);
  }
}

/** Under a condition or in a loop a variable may have kept its value, so that it is not known any more. */
function setVariable(run: Run, scope: Scope, name: string, value: Value): void {
  let holder: Scope | undefined = scope;
  while (holder && !holder.variables.has(name)) holder = holder.parent;
  const owner = holder ?? scope;
  const isUnsure = holder !== undefined && (run.conditions > owner.conditions || run.loops > owner.loops);
  owner.variables.set(name, isUnsure && findVariable(scope, name) !== value ? unknown : value);
}

function itemAt(value: Value, index: number): Value {
  return value.kind === 'list' ? (value.items[index] ?? nothing) : unknown;
}

/** `user.name = …`: the column is written when the row is saved. */
function assignAttribute(run: Run, target: SyntaxNode, scope: Scope): void {
  const { receiver, name } = callOf(target, run.file.text);
  const row = receiver && evaluate(run, receiver, scope);
  if (row?.kind === 'row') row.columns.add(name);
}

function assignElement(run: Run, target: SyntaxNode, scope: Scope): void {
  const [object, key] = namedChildren(target).map((each) => evaluate(run, each, scope));
  const name = findText(key);
  if (object?.kind === 'row' && name !== undefined) object.columns.add(name);
  if (object?.kind === 'hash' && key) object.entries.push({ key, value: unknown });
}
