/** Evaluates expressions as far as literals, constants and functions of the same file go; the rest is unknown, never guessed. */
import type { TSESTree } from '@typescript-eslint/typescript-estree';
import { perform } from './script-perform.ts';
import { callValue, propertyOf } from './script-call.ts';
import { declareClass, instantiate } from './script-class.ts';
import type { Machine } from './script-machine.ts';
import { binary, conditional, joinedTexts, logical, unary } from './script-operators.ts';
import { assignTo, findBinding } from './script-scope.ts';
import { interpolated, piecesOf } from './script-text.ts';
import type { ScriptNode } from './script-tree.ts';
import {
  bounded,
  chainAt,
  constantAt,
  findText,
  listAt,
  unknownAt,
  type FunctionNode,
  type Piece,
  type Place,
  type Root,
  type Scope,
  type Value,
} from './script-value.ts';

/** The value of an expression; calls in it are followed on the way. */
export function evaluate(node: ScriptNode, scope: Scope, machine: Machine): Value {
  if (machine.budget-- <= 0) return unknownAt(placeOf(node));
  return bounded(evaluateNode(node, scope, machine));
}

function evaluateNode(node: ScriptNode, scope: Scope, machine: Machine): Value {
  const at = placeOf(node);
  switch (node.type) {
    case 'Literal':
      return literal(node, machine);
    case 'TemplateLiteral':
      return { kind: 'text', pieces: templatePieces(node, scope, machine), ...at };
    case 'TaggedTemplateExpression':
      return taggedTemplate(node, scope, machine);
    case 'Identifier':
      return identifier(node.name, at, scope, machine);
    case 'ThisExpression':
      return { ...(selfOf(scope) ?? unknownAt(at)), ...at };
    case 'ArrayExpression':
      return arrayOf(node, scope, machine);
    case 'ObjectExpression':
      return objectOf(node, scope, machine);
    case 'ArrowFunctionExpression':
    case 'FunctionExpression':
      return functionAt(node, scope);
    case 'ClassExpression':
      return declareClass(node, scope);
    case 'MemberExpression': {
      const object = evaluate(node.object, scope, machine);
      return propertyOf(object, nameOfProperty(node, scope, machine), at, machine);
    }
    case 'CallExpression':
      return call(node, scope, machine);
    case 'NewExpression':
      return construct(node, scope, machine);
    case 'ImportExpression':
      return chainAt(
        at,
        { name: 'import', module: findText(evaluate(node.source, scope, machine)) ?? '' },
        machine.when,
      );
    case 'AwaitExpression':
    case 'YieldExpression':
      return node.argument ? settled(evaluate(node.argument, scope, machine), at, machine) : unknownAt(at);
    case 'ChainExpression':
    case 'TSAsExpression':
    case 'TSNonNullExpression':
    case 'TSSatisfiesExpression':
    case 'TSTypeAssertion':
    case 'TSInstantiationExpression':
      return evaluate(node.expression, scope, machine);
    case 'SpreadElement':
      return evaluate(node.argument, scope, machine);
    case 'AssignmentExpression':
      return assign(node, scope, machine);
    case 'UpdateExpression':
      return count(node, scope, machine);
    case 'SequenceExpression':
      return node.expressions.map((each) => evaluate(each, scope, machine)).at(-1) ?? unknownAt(at);
    case 'ConditionalExpression':
      return conditional(node, scope, machine);
    case 'LogicalExpression':
      return logical(node, scope, machine);
    case 'BinaryExpression':
      return binary(node, scope, machine);
    case 'UnaryExpression':
      return unary(node, scope, machine);
    default:
      return unknownAt(at);
  }
}

/** The stretch of a node. */
export function placeOf(node: ScriptNode): Place {
  return { start: node.range[0], end: node.range[1] };
}

/** A function with the names that it can see. */
export function functionAt(code: FunctionNode, scope: Scope): Value {
  return { kind: 'function', code, scope, bound: [], ...placeOf(code) };
}

/** What `this` stands for. */
function selfOf(scope: Scope | undefined): Value | undefined {
  for (let each = scope; each; each = each.parent) if (each.self) return each.self;
  return undefined;
}

/** The arguments of a call; `whole` would be lost in a spread of what is not known, which stands as one unknown. */
function argumentsOf(nodes: readonly TSESTree.CallExpressionArgument[], scope: Scope, machine: Machine): Value[] {
  return nodes.flatMap((node) => {
    const value = evaluate(node, scope, machine);
    return node.type === 'SpreadElement' && value.kind === 'list' ? value.items : [value];
  });
}

function literal(node: TSESTree.Literal, machine: Machine): Value {
  const at = placeOf(node);
  if (typeof node.value === 'string')
    return { kind: 'text', pieces: piecesOf(machine.file.text, at.start + 1, at.end - 1), ...at };
  if (typeof node.value === 'bigint') return constantAt(at, Number(node.value));
  if (node.value instanceof RegExp) return unknownAt(at);
  return constantAt(at, node.value);
}

/** `sql`: what is put in becomes a parameter of the query, not a part of its text. */
function templatePieces(node: TSESTree.TemplateLiteral, scope: Scope, machine: Machine, tag?: 'raw' | 'sql'): Piece[] {
  const { text } = machine.file;
  return node.quasis.flatMap((quasi, index) => {
    const [start, end] = quasi.range;
    const pieces = piecesOf(text, start + 1, end - (quasi.tail ? 1 : 2), tag === 'raw');
    const expression = node.expressions[index];
    if (!expression) return pieces;
    const value = settled(evaluate(expression, scope, machine), placeOf(expression), machine, false);
    return [...pieces, ...interpolated(value, placeOf(expression), tag === 'sql')];
  });
}

/** Tags such as `sql` and `dedent` leave the text what it is; who is called with it decides. */
function taggedTemplate(node: TSESTree.TaggedTemplateExpression, scope: Scope, machine: Machine): Value {
  const at = placeOf(node);
  const tag = evaluate(node.tag, scope, machine);
  const name = tag.kind === 'chain' ? tag.root.name : '';
  const kind = name === 'String' ? 'raw' : /^sql$/i.test(name) ? 'sql' : undefined;
  const text: Value = { kind: 'text', pieces: templatePieces(node.quasi, scope, machine, kind), ...at };
  return kind === 'raw' || tag.kind !== 'chain' ? text : callValue(tag, [text], at, machine);
}

function identifier(name: string, at: Place, scope: Scope, machine: Machine): Value {
  const value = findBinding(scope, name)?.value;
  // A chain that has made calls is one promise wherever it is named, and is performed once; a list grows under every name.
  const isOne = value?.kind === 'list' || (value?.kind === 'chain' && value.steps.some((step) => step.arguments));
  if (value) return isOne ? value : { ...value, ...at };
  if (name === 'undefined') return constantAt(at, undefined);
  return machine.knowledge.resolve?.(name, undefined, machine) ?? chainAt(at, { name }, machine.when);
}

function arrayOf(node: TSESTree.ArrayExpression, scope: Scope, machine: Machine): Value {
  let whole = true;
  const items = node.elements.flatMap((element): Value[] => {
    if (!element) return [constantAt(placeOf(node), undefined)];
    const value = evaluate(element, scope, machine);
    if (element.type !== 'SpreadElement') return [value];
    whole &&= value.kind === 'list' && value.whole;
    return value.kind === 'list' ? value.items : [];
  });
  return listAt(placeOf(node), items, whole);
}

function objectOf(node: TSESTree.ObjectExpression, scope: Scope, machine: Machine): Value {
  const fields = new Map<string, Value>();
  const record: Value = { kind: 'record', fields, whole: true, ...placeOf(node) };
  for (const property of node.properties) {
    if (property.type === 'SpreadElement') {
      const value = evaluate(property.argument, scope, machine);
      if (value.kind === 'record') for (const [name, field] of value.fields) fields.set(name, field);
      record.whole &&= value.kind === 'record' && value.whole;
      continue;
    }
    const name = property.computed
      ? findText(evaluate(property.key, scope, machine))
      : property.key.type === 'Identifier'
        ? property.key.name
        : findText(evaluate(property.key, scope, machine));
    const value = evaluate(property.value, scope, machine);
    if (name === undefined) record.whole = false;
    else fields.set(name, value);
  }
  return record;
}

function nameOfProperty(node: TSESTree.MemberExpression, scope: Scope, machine: Machine): string {
  if (!node.computed) return node.property.type === 'Identifier' ? node.property.name : '?';
  return findText(evaluate(node.property, scope, machine)) ?? '?';
}

function call(node: TSESTree.CallExpression, scope: Scope, machine: Machine): Value {
  const at = placeOf(node);
  const callee = node.callee.type === 'ChainExpression' ? node.callee.expression : node.callee;
  if (callee.type !== 'MemberExpression') {
    const target = evaluate(callee, scope, machine);
    return callValue(target, argumentsOf(node.arguments, scope, machine), at, machine);
  }
  const object = evaluate(callee.object, scope, machine);
  const name = nameOfProperty(callee, scope, machine);
  const from = callee.property.range[0];
  return callValue(object, argumentsOf(node.arguments, scope, machine), at, machine, { name, from });
}

function construct(node: TSESTree.NewExpression, scope: Scope, machine: Machine): Value {
  const at = placeOf(node);
  const target = evaluate(node.callee, scope, machine);
  const values = argumentsOf(node.arguments, scope, machine);
  if (target.kind === 'class') return instantiate(target, machine);
  const name = target.kind === 'chain' ? (target.steps.at(-1)?.name ?? target.root.name) : '';
  const callback = values[0];
  if (name === 'Promise' && callback?.kind === 'function') return promised(callback, at, machine);
  const module = target.kind === 'chain' ? target.root.module : undefined;
  return { kind: 'made', type: name, ...(module === undefined ? {} : { module }), arguments: values, ...at };
}

/** `new Promise((resolve) => …)` gives what `resolve` is called with. */
function promised(callback: Value, at: Place, machine: Machine): Value {
  let given: Value | undefined;
  const resolve: Root = {
    name: 'resolve',
    call: (chain) => {
      given ??= chain.steps.at(-1)?.arguments?.[0];
      return unknownAt(chain);
    },
  };
  callValue(callback, [chainAt(at, resolve, machine.when)], at, machine);
  return given ?? unknownAt(at);
}

/** What a promise gives: a chain is performed, and its result is not known. */
function settled(value: Value, at: Place, machine: Machine, performs = true): Value {
  if (performs) perform(value, machine);
  return value.kind === 'chain' && performs ? unknownAt(at) : value;
}

/** `i++` and its kin. */
function count(node: TSESTree.UpdateExpression, scope: Scope, machine: Machine): Value {
  const at = placeOf(node);
  const before = evaluate(node.argument, scope, machine);
  const isNumber = before.kind === 'constant' && typeof before.value === 'number';
  const after = isNumber ? constantAt(at, Number(before.value) + (node.operator === '++' ? 1 : -1)) : unknownAt(at);
  assignTo(node.argument, after, scope, machine);
  return node.prefix ? after : before;
}

function assign(node: TSESTree.AssignmentExpression, scope: Scope, machine: Machine): Value {
  const value = evaluate(node.right, scope, machine);
  if (node.operator === '=') {
    assignTo(node.left, value, scope, machine);
    return value;
  }
  const before = evaluate(node.left, scope, machine);
  const after = node.operator === '+=' ? joinedTexts(before, value, placeOf(node)) : unknownAt(placeOf(node));
  assignTo(node.left, after, scope, machine);
  return after;
}
