/** Names and what they stand for. */
import type { TSESTree } from '@typescript-eslint/typescript-estree';
import { propertyOf } from './script-call.ts';
import { evaluate, placeOf } from './script-evaluate.ts';
import type { SourceFile } from '../frontend.ts';
import type { Machine } from './script-machine.ts';
import type { ScriptNode } from './script-tree.ts';
import { findText, unknownAt, type Binding, type Scope, type Value } from './script-value.ts';

/** A scope inside another. */
export function innerScope(parent: Scope | undefined, self?: Value): Scope {
  return { names: new Map(), ...(parent ? { parent } : {}), ...(self ? { self } : {}) };
}

/** The file that a scope stands in. */
export function fileOf(scope: Scope): SourceFile | undefined {
  let outermost = scope;
  while (outermost.parent) outermost = outermost.parent;
  return outermost.file;
}

/** The binding of a name in this scope or one around it. */
export function findBinding(scope: Scope, name: string): Binding | undefined {
  for (let each: Scope | undefined = scope; each; each = each.parent) {
    const binding = each.names.get(name);
    if (binding) return binding;
  }
  return undefined;
}

/** Binds the names of a pattern: of a declaration or a parameter. */
export function bind(pattern: ScriptNode, value: Value, scope: Scope, machine: Machine): void {
  switch (pattern.type) {
    case 'Identifier':
      scope.names.set(pattern.name, { value, depth: machine.depth });
      return;
    case 'AssignmentPattern': {
      const isAbsent = value.kind === 'constant' && value.value === undefined;
      bind(pattern.left, isAbsent ? evaluate(pattern.right, scope, machine) : value, scope, machine);
      return;
    }
    case 'ObjectPattern':
      for (const property of pattern.properties) bindProperty(property, value, scope, machine);
      return;
    case 'ArrayPattern':
      for (const [index, element] of pattern.elements.entries()) {
        if (!element) continue;
        const item = value.kind === 'list' ? value.items[index] : undefined;
        bind(element, item ?? unknownAt(placeOf(element)), scope, machine);
      }
      return;
    case 'RestElement':
      bind(pattern.argument, unknownAt(placeOf(pattern)), scope, machine);
      return;
    case 'TSParameterProperty':
      bind(pattern.parameter, value, scope, machine);
  }
}

/** Gives what stands on the left of `=` a new value; what is assigned under a condition is not known afterwards. */
export function assignTo(target: ScriptNode, value: Value, scope: Scope, machine: Machine): void {
  if (target.type === 'Identifier') {
    const binding = findBinding(scope, target.name);
    if (!binding) return;
    binding.value = machine.depth > binding.depth && value.kind !== 'chain' ? unknownAt(value) : value;
    return;
  }
  if (target.type !== 'MemberExpression') return;
  const object = evaluate(target.object, scope, machine);
  if (object.kind !== 'record') return;
  const name = propertyName(target, scope, machine);
  if (name === undefined) object.whole = false;
  else object.fields.set(name, value);
}

function propertyName(target: TSESTree.MemberExpression, scope: Scope, machine: Machine): string | undefined {
  if (!target.computed) return target.property.type === 'Identifier' ? target.property.name : undefined;
  return findText(evaluate(target.property, scope, machine));
}

function bindProperty(
  property: TSESTree.Property | TSESTree.RestElement,
  value: Value,
  scope: Scope,
  machine: Machine,
): void {
  if (property.type === 'RestElement') {
    bind(property.argument, value.kind === 'chain' ? value : unknownAt(placeOf(property)), scope, machine);
    return;
  }
  const key = property.key.type === 'Identifier' && !property.computed ? property.key.name : undefined;
  const name = key ?? findText(evaluate(property.key, scope, machine)) ?? '?';
  bind(property.value, propertyOf(value, name, placeOf(property.value), machine), scope, machine);
}
