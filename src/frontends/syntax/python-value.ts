/** Values of Python expressions as far as they stand in the file as literals, names or calls. */
import { bare, qualifiedName, readCall, summands, type PythonCall } from './python-call.ts';
import { findAssigned, type Scope } from './python-module.ts';
import { stringValue } from './python-string.ts';
import { childOf, namedChildren, textOf, type SyntaxNode } from './tree.ts';

/** `name` is one that the file does not assign itself, imports resolved; `unknown` is everything that would have to be run. */
export type PythonValue = { node: SyntaxNode } & (
  | { kind: 'string'; value: string }
  | { kind: 'number'; value: number }
  | { kind: 'boolean'; value: boolean }
  | { kind: 'none' }
  /** A list, tuple or set. */
  | { kind: 'list'; items: PythonValue[] }
  | { kind: 'dictionary'; entries: [PythonValue, PythonValue][] }
  | { kind: 'call'; name: string | undefined; call: PythonCall }
  | { kind: 'name'; name: string }
  | { kind: 'unknown' }
);

/** The value of an expression; names that are assigned once stand for what is assigned to them. */
export function readValue(node: SyntaxNode, scope: Scope): PythonValue {
  return valueAt(node, scope, 0);
}

/** The strings of a list or of one string alone, or undefined where any of it is not known. */
export function stringsOf(value: PythonValue | undefined): string[] | undefined {
  if (value?.kind === 'string') return [value.value];
  if (value?.kind !== 'list') return undefined;
  const strings = value.items.flatMap((item) => (item.kind === 'string' ? [item.value] : []));
  return strings.length === value.items.length ? strings : undefined;
}

/** Deeper values, or names of names, are left alone; longer lists are no one's. */
const mostSteps = 60;
const mostItems = 10_000;

function valueAt(around: SyntaxNode, scope: Scope, step: number): PythonValue {
  const node = bare(around);
  if (step > mostSteps) return { kind: 'unknown', node };
  const { text } = scope.module;
  switch (node.type) {
    case 'string':
    case 'concatenated_string': {
      const value = stringValue(node, scope);
      return value === undefined ? { kind: 'unknown', node } : { kind: 'string', value, node };
    }
    case 'integer':
    case 'float':
      return numberAt(node, text);
    case 'true':
    case 'false':
      return { kind: 'boolean', value: node.type === 'true', node };
    case 'none':
      return { kind: 'none', node };
    case 'unary_operator':
      return negated(node, scope, step);
    case 'list':
    case 'tuple':
    case 'set':
      return listAt(node, scope, step);
    case 'dictionary':
      return dictionaryAt(node, scope, step);
    case 'binary_operator':
      return operatorAt(node, scope, step);
    case 'identifier':
    case 'attribute':
      return nameAt(node, scope, step);
    case 'call': {
      const call = readCall(node, text);
      return call
        ? { kind: 'call', name: qualifiedName(call.callee, scope.module), call, node }
        : { kind: 'unknown', node };
    }
    default:
      return { kind: 'unknown', node };
  }
}

function numberAt(node: SyntaxNode, text: string): PythonValue {
  const value = Number(textOf(node, text).replaceAll('_', ''));
  return Number.isNaN(value) ? { kind: 'unknown', node } : { kind: 'number', value, node };
}

function negated(node: SyntaxNode, scope: Scope, step: number): PythonValue {
  const argument = childOf(node, 'argument');
  const value = argument && valueAt(argument, scope, step + 1);
  if (value?.kind !== 'number') return { kind: 'unknown', node };
  const sign = scope.module.text[node.start];
  return sign === '-' ? { kind: 'number', value: -value.value, node } : { ...value, node };
}

function listAt(node: SyntaxNode, scope: Scope, step: number): PythonValue {
  const items: PythonValue[] = [];
  for (const child of namedChildren(node)) {
    const isSplat = child.type === 'list_splat';
    const inner = isSplat ? namedChildren(child)[0] : child;
    const value: PythonValue = inner ? valueAt(inner, scope, step + 1) : { kind: 'unknown', node: child };
    if (items.length > mostItems) return { kind: 'unknown', node };
    if (isSplat && value.kind === 'list') for (const item of value.items) items.push(item);
    else items.push(isSplat ? { kind: 'unknown', node: child } : value);
  }
  return { kind: 'list', items, node };
}

function dictionaryAt(node: SyntaxNode, scope: Scope, step: number): PythonValue {
  const entries: [PythonValue, PythonValue][] = [];
  for (const pair of namedChildren(node)) {
    const key = childOf(pair, 'key');
    const value = childOf(pair, 'value');
    if (pair.type !== 'pair' || !key || !value) return { kind: 'unknown', node };
    entries.push([valueAt(key, scope, step + 1), valueAt(value, scope, step + 1)]);
  }
  return { kind: 'dictionary', entries, node };
}

/** Strings and lists that are joined by +. */
function operatorAt(node: SyntaxNode, scope: Scope, step: number): PythonValue {
  const string = stringValue(node, scope);
  if (string !== undefined) return { kind: 'string', value: string, node };
  const worked = workedOut(node, scope, step);
  if (worked !== undefined) return { kind: 'number', value: worked, node };
  const operands = summands(node);
  const lists = operands.length > 1 ? operands.map((operand) => valueAt(operand, scope, step + 1)) : [];
  if (lists.length === 0 || lists.some((list) => list.kind !== 'list')) return { kind: 'unknown', node };
  const items = lists.flatMap((list) => (list.kind === 'list' ? list.items : []));
  return items.length > mostItems ? { kind: 'unknown', node } : { kind: 'list', items, node };
}

/** `60 * 60`, of whole numbers; undefined for anything else. */
function workedOut(node: SyntaxNode, scope: Scope, step: number): number | undefined {
  const operator = childOf(node, 'operator')?.type;
  const [left, right] = [childOf(node, 'left'), childOf(node, 'right')];
  if (!left || !right || (operator !== '+' && operator !== '-' && operator !== '*')) return undefined;
  const [one, other] = [valueAt(left, scope, step + 1), valueAt(right, scope, step + 1)];
  if (one.kind !== 'number' || other.kind !== 'number') return undefined;
  const value =
    operator === '*' ? one.value * other.value : one.value + (operator === '+' ? other.value : -other.value);
  return [one.value, other.value, value].every(Number.isSafeInteger) ? value : undefined;
}

function nameAt(node: SyntaxNode, scope: Scope, step: number): PythonValue {
  const name = qualifiedName(node, scope.module);
  if (name === undefined) return { kind: 'unknown', node };
  if (node.type !== 'identifier' || !isAssigned(name, scope)) return { kind: 'name', name, node };
  const assigned = findAssigned(name, scope);
  return assigned ? valueOfAssigned(assigned.node, assigned.scope, step) : { kind: 'unknown', node };
}

const readBefore = new WeakMap<SyntaxNode, { value: PythonValue }>();

/** Read once, as lists made of lists would otherwise be read over and over, and one made of itself for ever. */
function valueOfAssigned(node: SyntaxNode, scope: Scope, step: number): PythonValue {
  const before = readBefore.get(node);
  if (before) return before.value;
  const entry: { value: PythonValue } = { value: { kind: 'unknown', node } };
  readBefore.set(node, entry);
  entry.value = valueAt(node, scope, step + 1);
  return entry.value;
}

function isAssigned(name: string, scope: Scope): boolean {
  return scope.locals?.has(name) === true || scope.module.assigned.has(name);
}
