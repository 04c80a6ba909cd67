/** Assignments: names, and attributes of rows, which the session writes back as an UPDATE. */
import { childOf, namedChildren, textOf, type SyntaxNode } from '../syntax/tree.ts';
import { bind, evaluate } from './evaluate.ts';
import { emit, type Run } from './run.ts';
import { appended, joined } from './string.ts';
import { findName, unknown, type Scope, type Value } from './value.ts';

/** Takes one assignment, plain, annotated or augmented. */
export function assign(run: Run, node: SyntaxNode, scope: Scope): void {
  const left = childOf(node, 'left');
  const right = childOf(node, 'right');
  if (!left || !right) return;
  const value = right.type === 'assignment' ? assignInner(run, right, scope) : evaluate(run, right, scope);
  const given = node.type === 'augmented_assignment' ? augmented(run, left, value, scope) : value;
  if (left.type === 'attribute') assignAttribute(run, left, scope);
  else if (left.type === 'subscript') assignItem(run, left, given, scope);
  else bind(run, left, given, scope);
}

/** `a = b = c`. */
function assignInner(run: Run, node: SyntaxNode, scope: Scope): Value {
  assign(run, node, scope);
  const left = childOf(node, 'left');
  return left?.type === 'identifier' ? (findName(scope, textOf(left, run.module.text)) ?? unknown) : unknown;
}

function augmented(run: Run, left: SyntaxNode, value: Value, scope: Scope): Value {
  const known = left.type === 'identifier' ? findName(scope, textOf(left, run.module.text)) : undefined;
  if (known?.kind === 'list' && value.kind === 'list') return appended(known, value);
  if (known?.kind === 'string' && value.kind === 'string') return joined([known, value]);
  return unknown;
}

function assignAttribute(run: Run, left: SyntaxNode, scope: Scope): void {
  const object = childOf(left, 'object');
  const attribute = childOf(left, 'attribute');
  const target = object && evaluate(run, object, scope);
  if (target?.kind !== 'rows' || target.table === undefined || !attribute) return;
  const columns = [textOf(attribute, run.module.text)];
  emit(run, left, { kind: 'updateRows', table: target.table, columns, filtered: true });
}

function assignItem(run: Run, left: SyntaxNode, value: Value, scope: Scope): void {
  const container = childOf(left, 'value');
  const subscript = namedChildren(left).find((child) => child.field === 'subscript');
  const known = container && evaluate(run, container, scope);
  const key = subscript && evaluate(run, subscript, scope);
  if (known?.kind !== 'dictionary' || !key) return;
  known.entries.push([key, value]);
  if (run.looped) known.open = true;
}
