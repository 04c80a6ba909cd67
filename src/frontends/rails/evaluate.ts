/** Follows Ruby as far as it is literal: what an expression gives, and what its calls do on the way. */
import { readHandled } from '../syntax/stopped-loop.ts';
import { namedChildren, textOf, type SyntaxNode } from '../syntax/tree.ts';
import { assign, bind } from './assign.ts';
import { parametersOf, statementsOf } from './call.ts';
import { constantAt } from './constants.ts';
import { evaluateControl } from './control.ts';
import { followCall } from './follow-call.ts';
import { elementOf } from './known-methods.ts';
import { literalOf } from './literals.ts';
import { evaluateBinary, evaluateOperatorAssignment, evaluateUnary } from './operators.ts';
import { emitOpaque, findVariable, scopeIn, type Run, type Scope } from './run.ts';
import { nothing, plainText, unknown, type Value } from './value.ts';

/** What a node gives. `isStatement` tells that nobody looks at it. Everything that it calls is recorded in the run. */
export function evaluate(run: Run, node: SyntaxNode, scope: Scope, isStatement = false): Value {
  if (--run.steps < 0) {
    if (!run.gaveUp) emitOpaque(run, 'from here on it does more than is followed', node);
    run.gaveUp = true;
    return unknown;
  }
  const literal = literalOf(run, node, scope);
  if (literal) return literal;
  switch (node.type) {
    case 'identifier':
      return findVariable(scope, textOf(node, run.file.text)) ?? followCall(run, node, scope, isStatement);
    case 'call':
      return followCall(run, node, scope, isStatement);
    case 'self':
      return { kind: 'connection' };
    case 'constant':
    case 'scope_resolution':
      return constantAt(run, node);
    case 'instance_variable':
    case 'class_variable':
    case 'global_variable':
      return run.fields.get(textOf(node, run.file.text)) ?? unknown;
    case 'element_reference':
      return evaluateElement(run, node, scope);
    case 'assignment':
      return assign(run, node, scope);
    case 'operator_assignment':
      return evaluateOperatorAssignment(run, node, scope);
    case 'binary':
      return evaluateBinary(run, node, scope, isStatement);
    case 'unary':
      return evaluateUnary(run, node, scope);
    default:
      return evaluateControl(run, node, scope);
  }
}

/** Follows statements one after another; gives what the last one gives. */
export function evaluateBody(run: Run, nodes: readonly SyntaxNode[], scope: Scope, lastIsValue = false): Value {
  let last: Value = nothing;
  const isRescued = nodes.some(({ type }) => type === 'rescue');
  for (const [index, node] of nodes.entries()) {
    if (hasLeft(scope)) break;
    const isValue = lastIsValue && index === nodes.length - 1;
    const isHandled = isRescued && !/^(?:rescue|else|ensure)$/.test(node.type);
    last = readHandled(run.stops, isHandled, () => evaluate(run, node, scope, !isValue));
  }
  return last;
}

/** Follows a block once with the values that it is given. */
export function evaluateBlock(
  run: Run,
  block: SyntaxNode,
  scope: Scope,
  given: readonly Value[],
  isValue = false,
): Value {
  const inner = scopeIn(run, 'block', scope);
  bind(run, parametersOf(block), given, inner);
  if (parametersOf(block).length === 0) bindImplicit(given, inner);
  return leaving(run, inner, () => evaluateBody(run, statementsOf(block), inner, isValue));
}

/** Follows what stands in a scope of its own; conditions that a `return` or `next` in it has left behind end with it. */
export function leaving(run: Run, scope: Scope, follow: () => Value): Value {
  const { conditions } = run;
  const value = follow();
  run.conditions = conditions;
  return value;
}

/** Ruby 3.4's `it`, and the numbered parameters before it. */
function bindImplicit(given: readonly Value[], scope: Scope): void {
  const [first, second] = given;
  if (first) for (const name of ['it', '_1']) scope.variables.set(name, first);
  if (second) scope.variables.set('_2', second);
}

function hasLeft(scope: Scope | undefined): boolean {
  if (!scope) return false;
  return scope.exit || (scope.kind === 'block' && hasLeft(scope.parent));
}

function evaluateElement(run: Run, node: SyntaxNode, scope: Scope): Value {
  const [object, ...keys] = namedChildren(node).map((child) => evaluate(run, child, scope));
  return elementOf(object ?? unknown, keys[0] ?? unknown);
}

/** The SQL that a lambda gives, or undefined where it is put together at run time. */
export function lambdaText(run: Run, node: SyntaxNode): string | undefined {
  const value = evaluateBody(run, statementsOf(node), scopeIn(run, 'block'), true);
  return value.kind === 'text' && !value.parts.some((part) => part.computed) ? plainText(value) : undefined;
}
