/** Follows Ruby as far as it is literal: what an expression gives, and what its calls do on the way. */
import { childOf, namedChildren, textOf, type SyntaxNode } from '../syntax/tree.ts';
import { parametersOf, statementsOf } from './call.ts';
import { assign, assignInto, bind } from './assign.ts';
import { followCall } from './follow-call.ts';
import { constantAt } from './constants.ts';
import { elementOf, joined } from './known-methods.ts';
import { emit, emitOpaque, findVariable, inLoop, scopeIn, underCondition, type Run, type Scope } from './run.ts';
import { textOfNode } from './strings.ts';
import { findText, nothing, plainText, truthOf, unknown, type Value } from './value.ts';

/** What a node gives. `isStatement` tells that nobody looks at it. Everything that it calls is recorded in the run. */
export function evaluate(run: Run, node: SyntaxNode, scope: Scope, isStatement = false): Value {
  if (--run.steps < 0) {
    if (run.steps === -1) emitOpaque(run, 'from here on it does more than is followed', node);
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
      return evaluateBinary(run, node, scope);
    case 'unary':
      return evaluateUnary(run, node, scope);
    default:
      return evaluateControl(run, node, scope);
  }
}

/** Follows statements one after another; gives what the last one gives. */
export function evaluateBody(run: Run, nodes: readonly SyntaxNode[], scope: Scope, lastIsValue = false): Value {
  let last: Value = nothing;
  for (const [index, node] of nodes.entries()) {
    if (hasLeft(scope)) break;
    const isValue = lastIsValue && index === nodes.length - 1;
    last = evaluate(run, node, scope, !isValue);
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

function literalOf(run: Run, node: SyntaxNode, scope: Scope): Value | undefined {
  switch (node.type) {
    case 'nil':
      return nothing;
    case 'true':
    case 'false':
      return { kind: 'truth', value: node.type === 'true' };
    case 'integer':
    case 'float': {
      const value = Number(textOf(node, run.file.text).replaceAll('_', ''));
      return Number.isNaN(value) ? unknown : { kind: 'number', value };
    }
    case 'array':
      return { kind: 'list', items: namedChildren(node).flatMap((item) => itemsOf(run, item, scope)) };
    case 'string_array':
    case 'symbol_array':
      return { kind: 'list', items: namedChildren(node).map((item) => textOfNode(run, item, scope) ?? unknown) };
    case 'hash':
      return hashOf(run, namedChildren(node), scope);
    case 'lambda':
      return { kind: 'lambda', node };
    case 'range':
      return rangeOf(run, node, scope);
    default:
      return textOfNode(run, node, scope);
  }
}

function itemsOf(run: Run, node: SyntaxNode, scope: Scope): Value[] {
  if (node.type === 'pair') return [hashOf(run, [node], scope)];
  if (node.type !== 'splat_argument') return [evaluate(run, node, scope)];
  const [inner] = namedChildren(node);
  const value = inner && evaluate(run, inner, scope);
  return value?.kind === 'list' ? value.items : [unknown];
}

/** The hash that pairs and double splats make. */
export function hashOf(run: Run, nodes: readonly SyntaxNode[], scope: Scope): Value {
  const hash: Extract<Value, { kind: 'hash' }> = { kind: 'hash', entries: [], whole: true };
  for (const node of nodes) {
    const key = childOf(node, 'key');
    const value = childOf(node, 'value');
    if (node.type === 'pair' && key) {
      const named = evaluate(run, key, scope);
      // `{ name: }` takes the value of the variable or method `name`.
      const given = value ? evaluate(run, value, scope) : findVariable(scope, findText(named) ?? '');
      hash.entries.push({ key: named, value: given ?? unknown });
      continue;
    }
    const [splatted] = namedChildren(node);
    const inner = splatted ? evaluate(run, splatted, scope) : unknown;
    if (inner.kind === 'hash') hash.entries.push(...inner.entries);
    if (inner.kind !== 'hash' ? inner.kind !== 'nil' : !inner.whole) hash.whole = false;
  }
  return hash;
}

/** Longer ranges are followed once, for any number. */
const longestRange = 200;

function rangeOf(run: Run, node: SyntaxNode, scope: Scope): Value {
  const [first, last] = ['begin', 'end'].map((field) => {
    const edge = childOf(node, field);
    return edge && evaluate(run, edge, scope);
  });
  if (first?.kind !== 'number' || last?.kind !== 'number') return unknown;
  const end = textOf(node, run.file.text).includes('...') ? last.value - 1 : last.value;
  if (end - first.value > longestRange) return unknown;
  const items: Value[] = [];
  for (let value = first.value; value <= end; value++) items.push({ kind: 'number', value });
  return { kind: 'list', items };
}

function evaluateElement(run: Run, node: SyntaxNode, scope: Scope): Value {
  const [object, ...keys] = namedChildren(node).map((child) => evaluate(run, child, scope));
  return elementOf(object ?? unknown, keys[0] ?? unknown);
}

function evaluateOperatorAssignment(run: Run, node: SyntaxNode, scope: Scope): Value {
  const left = childOf(node, 'left');
  const right = childOf(node, 'right');
  const operator = childOf(node, 'operator');
  if (!left || !right || !operator) return unknown;
  const sign = textOf(operator, run.file.text);
  const isLocal = left.type === 'identifier';
  const before = isLocal ? (findVariable(scope, textOf(left, run.file.text)) ?? nothing) : unknown;
  const given =
    sign === '||=' || sign === '&&='
      ? underCondition(run, () => evaluate(run, right, scope))
      : evaluate(run, right, scope);
  const after = combined(sign.slice(0, -1), before, given);
  assignInto(run, left, after, scope);
  return after;
}

function evaluateBinary(run: Run, node: SyntaxNode, scope: Scope): Value {
  const left = childOf(node, 'left');
  const right = childOf(node, 'right');
  const operator = childOf(node, 'operator');
  if (!left || !right || !operator) return unknown;
  const sign = textOf(operator, run.file.text);
  const one = evaluate(run, left, scope);
  if (!['&&', 'and', '||', 'or'].includes(sign)) return combined(sign, one, evaluate(run, right, scope));
  const truth = truthOf(one);
  const isEnough = sign === '||' || sign === 'or';
  if (truth === isEnough) return one;
  if (truth !== undefined) return evaluate(run, right, scope, true);
  return combined(
    sign,
    one,
    underCondition(run, () => evaluate(run, right, scope, true)),
  );
}

function combined(sign: string, one: Value, other: Value): Value {
  switch (sign) {
    case '+':
    case '<<':
      return joined(one, other);
    case '==':
    case '!=': {
      const isSame = areSame(one, other);
      return isSame === undefined ? unknown : { kind: 'truth', value: isSame === (sign === '==') };
    }
    case '||':
    case 'or':
      return truthOf(one) === undefined ? unknown : truthOf(one) ? one : other;
    case '&&':
    case 'and':
      return truthOf(one) === false || truthOf(other) === false ? { kind: 'truth', value: false } : unknown;
    case '-':
    case '*':
      if (one.kind !== 'number' || other.kind !== 'number') return unknown;
      return { kind: 'number', value: sign === '-' ? one.value - other.value : one.value * other.value };
    default:
      return unknown;
  }
}

function areSame(one: Value, other: Value): boolean | undefined {
  if (one.kind === 'text' && other.kind === 'text') {
    const [first, second] = [findText(one), findText(other)];
    return first === undefined || second === undefined ? undefined : first === second;
  }
  if (one.kind === 'nil' || other.kind === 'nil') {
    const rest = one.kind === 'nil' ? other : one;
    return rest.kind === 'nil'
      ? true
      : ['text', 'number', 'truth', 'list', 'hash'].includes(rest.kind)
        ? false
        : undefined;
  }
  if (one.kind === 'number' && other.kind === 'number') return one.value === other.value;
  return one.kind === 'truth' && other.kind === 'truth' ? one.value === other.value : undefined;
}

function evaluateUnary(run: Run, node: SyntaxNode, scope: Scope): Value {
  const operand = childOf(node, 'operand');
  const operator = childOf(node, 'operator');
  const value = operand ? evaluate(run, operand, scope) : unknown;
  const sign = operator ? textOf(operator, run.file.text) : '';
  if (sign === '-' && value.kind === 'number') return { kind: 'number', value: -value.value };
  if (sign !== '!' && sign !== 'not') return unknown;
  const truth = truthOf(value);
  return truth === undefined ? unknown : { kind: 'truth', value: !truth };
}

function evaluateControl(run: Run, node: SyntaxNode, scope: Scope): Value {
  switch (node.type) {
    case 'if':
    case 'unless':
    case 'elsif':
    case 'conditional':
    case 'if_modifier':
    case 'unless_modifier':
      return evaluateBranches(run, node, scope);
    case 'case':
    case 'case_match':
      return evaluateCase(run, node, scope);
    case 'while':
    case 'until':
    case 'while_modifier':
    case 'until_modifier':
    case 'for':
      return evaluateLoop(run, node, scope);
    case 'rescue_modifier':
      return evaluateRescueModifier(run, node, scope);
    case 'rescue':
      return evaluateRescue(run, node, scope);
    case 'return':
    case 'next':
    case 'break':
      return leave(run, node, scope);
    case 'yield':
      return followYield(run, node, scope);
    case 'parenthesized_statements':
    case 'begin':
    case 'then':
    case 'else':
    case 'ensure':
    case 'body_statement':
    case 'block_body':
    case 'do':
      return evaluateBody(run, namedChildren(node), scope, node.type === 'parenthesized_statements');
    case 'pair':
      return hashOf(run, [node], scope);
    case 'splat_argument':
    case 'argument_list':
    case 'pattern':
      return evaluateBody(run, namedChildren(node), scope, true);
    case 'subshell':
      emit(run, { kind: 'runCode', code: textOf(node, run.file.text), does: 'application code' }, node);
      return unknown;
    case 'ERROR':
      emitOpaque(run, 'it is not valid Ruby', node);
      return unknown;
    case 'regex':
    case 'method':
    case 'singleton_method':
    case 'alias':
    case 'undef':
    case 'comment':
    case 'heredoc_body':
    case 'empty_statement':
    case 'uninterpreted':
    case 'file':
    case 'line':
    case 'encoding':
    case 'retry':
    case 'redo':
    case 'rational':
    case 'complex':
      return unknown;
    default:
      emitOpaque(run, `this kind of Ruby (${node.type.replaceAll('_', ' ')}) is not followed`, node);
      return unknown;
  }
}

/** Where the condition is known only one branch is followed; else both, under a condition. */
function evaluateBranches(run: Run, node: SyntaxNode, scope: Scope): Value {
  const condition = childOf(node, 'condition');
  const truth = condition ? truthOf(evaluate(run, condition, scope)) : undefined;
  const isNegated = node.type.startsWith('unless');
  const consequence = childOf(node, 'consequence') ?? childOf(node, 'body');
  const alternative = childOf(node, 'alternative');
  const follow = (branch: SyntaxNode | undefined): Value =>
    branch ? evaluate(run, branch, scope, node.type !== 'conditional') : nothing;
  if (truth !== undefined) return follow(truth === isNegated ? alternative : consequence);
  return withExits(run, scope, () => {
    underCondition(run, () => follow(consequence));
    underCondition(run, () => follow(alternative));
    return unknown;
  });
}

/** What runs under a condition and leaves makes all that follows conditional. */
function withExits(run: Run, scope: Scope, follow: () => Value): Value {
  const { exits } = run;
  const value = follow();
  if (run.exits > exits) run.conditions++;
  return value;
}

function evaluateCase(run: Run, node: SyntaxNode, scope: Scope): Value {
  const value = childOf(node, 'value');
  const subject = value && evaluate(run, value, scope);
  return withExits(run, scope, () => {
    for (const clause of namedChildren(node)) {
      if (clause === value) continue;
      const patterns = clause.children.filter((child) => child.field === 'pattern');
      const matches = patterns.map((pattern) => {
        const given = evaluate(run, pattern, scope);
        return subject ? areSame(subject, given) : truthOf(given);
      });
      const body = clause.type === 'else' ? clause : childOf(clause, 'body');
      if (!body) continue;
      if (matches.length > 0 && matches.every((match) => match === false)) continue;
      if (matches.includes(true)) return evaluate(run, body, scope, true);
      underCondition(run, () => evaluate(run, body, scope, true));
    }
    return unknown;
  });
}

function evaluateLoop(run: Run, node: SyntaxNode, scope: Scope): Value {
  const condition = childOf(node, 'condition');
  if (condition) evaluate(run, condition, scope);
  const pattern = childOf(node, 'pattern');
  const value = childOf(node, 'value');
  const over = value && evaluateBody(run, namedChildren(value), scope, true);
  const body = childOf(node, 'body');
  if (!body) return nothing;
  if (pattern && over?.kind === 'list') {
    for (const item of over.items) {
      assignInto(run, pattern, item, scope);
      evaluate(run, body, scope, true);
    }
    return nothing;
  }
  if (pattern) assignInto(run, pattern, unknown, scope);
  return inLoop(run, () => evaluate(run, body, scope, true));
}

function evaluateRescue(run: Run, node: SyntaxNode, scope: Scope): Value {
  const [variable] = namedChildren(childOf(node, 'variable') ?? { ...node, children: [] });
  if (variable) assignInto(run, variable, unknown, scope);
  return underCondition(run, () => evaluateBody(run, statementsOf(node), scope));
}

function evaluateRescueModifier(run: Run, node: SyntaxNode, scope: Scope): Value {
  const body = childOf(node, 'body');
  const handler = childOf(node, 'handler');
  if (body) evaluate(run, body, scope, true);
  return handler ? underCondition(run, () => evaluate(run, handler, scope)) : unknown;
}

/** `return`, `next` and `break`: what follows in the method or block runs under a condition, or not at all. */
function leave(run: Run, node: SyntaxNode, scope: Scope): Value {
  const value = evaluateBody(run, namedChildren(node), scope, true);
  markLeft(run, scope, node.type === 'return');
  return value;
}

/** Notes that the method, or else the block, is left here. */
export function markLeft(run: Run, scope: Scope, leavesMethod: boolean): void {
  let left = scope;
  while (leavesMethod && left.kind === 'block' && left.parent) left = left.parent;
  if (run.conditions > left.conditions || run.loops > left.loops) run.exits++;
  else left.exit = true;
}

function followYield(run: Run, node: SyntaxNode, scope: Scope): Value {
  const given = childOf(node, 'arguments') ?? node;
  const values = namedChildren(given).map((each) => evaluate(run, each, scope));
  let holder: Scope | undefined = scope;
  while (holder && !holder.block) holder = holder.parent;
  if (holder?.block) return evaluateBlock(run, holder.block.node, holder.block.scope, values);
  return unknown;
}

/** The SQL that a lambda gives, or undefined where it is put together at run time. */
export function lambdaText(run: Run, node: SyntaxNode): string | undefined {
  const value = evaluateBody(run, statementsOf(node), scopeIn(run, 'block'), true);
  return value.kind === 'text' && !value.parts.some((part) => part.computed) ? plainText(value) : undefined;
}
