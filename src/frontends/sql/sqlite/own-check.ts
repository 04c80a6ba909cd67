/** Whether a column of SQLite breaks a check of its own in rows that were there before. */
import type { Expr } from 'sqlite3-parser';

/** A value as far as it is told here; undefined where it is not. Truth is 1 or 0. */
type Value = string | number | null | undefined;

/**
 * True where the check is known not to pass for the value that such rows get. Affinity is left out: a text column takes no part with numbers.
 * https://www.sqlite.org/lang_altertable.html#alter_table_add_column
 */
export function breaksCheck(check: Expr, column: string, value: Expr | undefined, isText: boolean): boolean {
  const given = value === undefined ? null : literal(value);
  if (given === undefined || (isText && typeof given === 'number')) return false;
  return evaluate(check, column.toLowerCase(), given) === 0;
}

function literal(value: Expr): Value {
  if (value.type === 'NullLiteral') return null;
  if (value.type === 'NumericLiteral') return numberOf(value.value);
  if (value.type === 'StringLiteral') return value.value;
  if (value.type === 'ParenthesizedExpr' && value.exprs.length === 1 && value.exprs[0]) return literal(value.exprs[0]);
  if (value.type !== 'UnaryExpr' || value.op !== 'Negative') return undefined;
  const inner = literal(value.expr);
  return typeof inner === 'number' ? -inner : undefined;
}

function numberOf(text: string): number | undefined {
  const number = Number(text);
  return Number.isFinite(number) ? number : undefined;
}

/** Depth is that of the check, which the grammar bounds. */
function evaluate(node: Expr, column: string, given: Value, depth = 0): Value {
  if (depth > 50) return undefined;
  const inner = (each: Expr) => evaluate(each, column, given, depth + 1);
  switch (node.type) {
    case 'Id':
      return node.name.toLowerCase() === column ? given : undefined;
    case 'NameExpr':
      return node.name.text.toLowerCase() === column ? given : undefined;
    case 'ParenthesizedExpr':
      return node.exprs.length === 1 && node.exprs[0] ? inner(node.exprs[0]) : undefined;
    case 'NotNullExpr':
      return truth(isNull(inner(node.expr)), true);
    case 'IsNullExpr':
      return truth(isNull(inner(node.expr)), false);
    case 'BetweenExpr': {
      const [low, high] = [
        compare('GreaterEquals', inner(node.lhs), inner(node.start)),
        compare('LessEquals', inner(node.lhs), inner(node.end)),
      ];
      return node.not ? undefined : both(low, high);
    }
    case 'InListExpr': {
      const found = (node.rhs ?? []).map((each) => compare('Equals', inner(node.lhs), inner(each)));
      return node.not ? undefined : found.reduce(either, 0);
    }
    case 'BinaryExpr':
      if (node.op === 'And') return both(inner(node.left), inner(node.right));
      if (node.op === 'Or') return either(inner(node.left), inner(node.right));
      return compare(node.op, inner(node.left), inner(node.right));
    default:
      return literal(node);
  }
}

function isNull(value: Value): boolean | undefined {
  return value === undefined ? undefined : value === null;
}

function truth(is: boolean | undefined, negated: boolean): Value {
  if (is === undefined) return undefined;
  return is === negated ? 0 : 1;
}

function compare(op: string, left: Value, right: Value): Value {
  if (left === undefined || right === undefined) return undefined;
  if (op === 'Is' || op === 'IsNot') return truth(left === right, op === 'IsNot');
  if (left === null || right === null) return null;
  if (typeof left !== typeof right) return undefined;
  switch (op) {
    case 'Equals':
      return truth(left === right, false);
    case 'NotEquals':
      return truth(left === right, true);
    case 'Less':
      return truth(left < right, false);
    case 'LessEquals':
      return truth(left <= right, false);
    case 'Greater':
      return truth(left > right, false);
    case 'GreaterEquals':
      return truth(left >= right, false);
    default:
      return undefined;
  }
}

function both(left: Value, right: Value): Value {
  if (left === 0 || right === 0) return 0;
  return left === undefined || right === undefined ? undefined : left === null || right === null ? null : 1;
}

function either(left: Value, right: Value): Value {
  if (left === 1 || right === 1) return 1;
  return left === undefined || right === undefined ? undefined : left === null || right === null ? null : 0;
}
