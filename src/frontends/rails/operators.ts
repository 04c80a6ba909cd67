/** Operators: what `+`, `==`, `&&` and their kin make of known values. */
import { childOf, textOf, type SyntaxNode } from '../syntax/tree.ts';
import { assignInto } from './assign.ts';
import { evaluate } from './evaluate.ts';
import { joined } from './known-methods.ts';
import { findVariable, underCondition, type Run, type Scope } from './run.ts';
import { findText, nothing, truthOf, unknown, type Value } from './value.ts';

/** Follows `||=`, `+=` and their kin. */
export function evaluateOperatorAssignment(run: Run, node: SyntaxNode, scope: Scope): Value {
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

/** Follows an operator between two values; the right side of `&&` and `||` may not run. */
export function evaluateBinary(run: Run, node: SyntaxNode, scope: Scope, isStatement: boolean): Value {
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
  if (truth !== undefined) return evaluate(run, right, scope, isStatement);
  return combined(
    sign,
    one,
    underCondition(run, () => evaluate(run, right, scope, isStatement)),
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

/** Whether two values are the same, or undefined where that is not known. */
export function areSame(one: Value, other: Value): boolean | undefined {
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

/** Follows a sign or a negation. */
export function evaluateUnary(run: Run, node: SyntaxNode, scope: Scope): Value {
  const operand = childOf(node, 'operand');
  const operator = childOf(node, 'operator');
  const value = operand ? evaluate(run, operand, scope) : unknown;
  const sign = operator ? textOf(operator, run.file.text) : '';
  if (sign === '-' && value.kind === 'number') return { kind: 'number', value: -value.value };
  if (sign !== '!' && sign !== 'not') return unknown;
  const truth = truthOf(value);
  return truth === undefined ? unknown : { kind: 'truth', value: !truth };
}
