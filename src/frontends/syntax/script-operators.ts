/** Operators, as far as their operands are known. */
import type { TSESTree } from '@typescript-eslint/typescript-estree';
import { evaluate, placeOf } from './script-evaluate.ts';
import { under, type Machine } from './script-machine.ts';
import { perform } from './script-perform.ts';
import { interpolated } from './script-text.ts';
import {
  constantAt,
  findText,
  listAt,
  textAt,
  unknownAt,
  type Piece,
  type Place,
  type Scope,
  type Value,
} from './script-value.ts';

/** True or false where the value says so, or undefined. */
export function truthOf(value: Value): boolean | undefined {
  if (value.kind === 'constant') return Boolean(value.value);
  if (value.kind === 'text') return value.pieces.some((piece) => piece.hole) ? undefined : findText(value) !== '';
  if (value.kind === 'unknown' || value.kind === 'chain') return undefined;
  // What a function may return stands as a list of which only a part is known.
  if (value.kind === 'list' && !value.whole) return undefined;
  if (value.kind === 'choice') return commonTruth(value.options);
  return true;
}

function commonTruth(options: readonly Value[]): boolean | undefined {
  const truths = new Set(options.map(truthOf));
  const [only] = truths;
  return truths.size === 1 ? only : undefined;
}

/** `test ? one : other`; both where the test is not known. */
export function conditional(node: TSESTree.ConditionalExpression, scope: Scope, machine: Machine): Value {
  const truth = truthOf(evaluate(node.test, scope, machine));
  if (truth !== undefined) return evaluate(truth ? node.consequent : node.alternate, scope, machine);
  const branches = [node.consequent, node.alternate].map((branch) =>
    under(machine, { conditional: true }, () => evaluate(branch, scope, machine)),
  );
  const at = placeOf(node);
  if (branches.every((branch) => branch.kind === 'text' || branch.kind === 'choice'))
    return { kind: 'choice', options: branches.flatMap(optionsOf), ...at };
  const chains = branches.filter((branch) => branch.kind === 'chain' && branch.root.handle);
  return chains.length > 0 ? listAt(at, chains, false) : unknownAt(at);
}

function optionsOf(value: Value): Value[] {
  return value.kind === 'choice' ? value.options : [value];
}

/** `&&`, `||` and `??`. */
export function logical(node: TSESTree.LogicalExpression, scope: Scope, machine: Machine): Value {
  const left = evaluate(node.left, scope, machine);
  const truth = truthOf(left);
  if (truth !== undefined) {
    const isNull = left.kind === 'constant' && (left.value === null || left.value === undefined);
    const goesOn = node.operator === '&&' ? truth : node.operator === '||' ? !truth : isNull;
    return goesOn ? evaluate(node.right, scope, machine) : left;
  }
  const right = under(machine, { conditional: true }, () => evaluate(node.right, scope, machine));
  return right.kind === 'chain' && right.root.handle ? right : unknownAt(placeOf(node));
}

/** `+` of texts, sums of numbers, comparisons of what is known. */
export function binary(node: TSESTree.BinaryExpression, scope: Scope, machine: Machine): Value {
  const at = placeOf(node);
  if (node.left.type === 'PrivateIdentifier') return unknownAt(at);
  const left = evaluate(node.left, scope, machine);
  const right = evaluate(node.right, scope, machine);
  if (node.operator === '+') return joinedTexts(left, right, at);
  const [one, other] = [comparable(left), comparable(right)];
  if (one === undefined || other === undefined) return unknownAt(at);
  if (node.operator === '===' || node.operator === '==') return constantAt(at, one === other);
  if (node.operator === '!==' || node.operator === '!=') return constantAt(at, one !== other);
  const holds = isOrdered(node.operator, one, other);
  return holds === undefined ? unknownAt(at) : constantAt(at, holds);
}

/** Of numbers alone: what the language would turn into one is left open. */
function isOrdered(operator: string, one: unknown, other: unknown): boolean | undefined {
  if (typeof one !== 'number' || typeof other !== 'number') return undefined;
  switch (operator) {
    case '<':
      return one < other;
    case '<=':
      return one <= other;
    case '>':
      return one > other;
    case '>=':
      return one >= other;
  }
  return undefined;
}

function comparable(value: Value): string | number | boolean | null | undefined {
  return value.kind === 'constant' ? value.value : findText(value);
}

/** Two values put together by `+`. */
export function joinedTexts(left: Value, right: Value, at: Place): Value {
  if (left.kind !== 'text' && right.kind !== 'text') {
    const isSum = left.kind === 'constant' && right.kind === 'constant';
    if (!isSum || typeof left.value !== 'number' || typeof right.value !== 'number') return unknownAt(at);
    return constantAt(at, left.value + right.value);
  }
  const pieces = (value: Value): Piece[] => (value.kind === 'text' ? value.pieces : interpolated(value, value));
  return { kind: 'text', pieces: [...pieces(left), ...pieces(right)], ...at };
}

/** `!`, `-`, `void` and `typeof`. */
export function unary(node: TSESTree.UnaryExpression, scope: Scope, machine: Machine): Value {
  const at = placeOf(node);
  const value = evaluate(node.argument, scope, machine);
  if (node.operator === '!') {
    const truth = truthOf(value);
    return truth === undefined ? unknownAt(at) : constantAt(at, !truth);
  }
  if (node.operator === '-' && value.kind === 'constant' && typeof value.value === 'number')
    return constantAt(at, -value.value);
  if (node.operator === 'void') {
    perform(value, machine);
    return constantAt(at, undefined);
  }
  return node.operator === 'typeof' && value.kind === 'text' ? textAt(at, 'string') : unknownAt(at);
}
