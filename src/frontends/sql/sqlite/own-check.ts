/** Whether a column of SQLite breaks a check of its own in rows that were there before. */
import type { Expr } from 'sqlite3-parser';
import {
  both,
  compare,
  either,
  isAmong,
  isBetween,
  isSame,
  negated,
  type Comparison,
  type Value,
} from '../three-valued.ts';

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
      return negated(isSame(inner(node.expr), null));
    case 'IsNullExpr':
      return isSame(inner(node.expr), null);
    case 'BetweenExpr': {
      const between = isBetween(inner(node.lhs), inner(node.start), inner(node.end));
      return node.not ? negated(between) : between;
    }
    case 'InListExpr': {
      const among = isAmong(inner(node.lhs), (node.rhs ?? []).map(inner));
      return node.not ? negated(among) : among;
    }
    case 'BinaryExpr':
      return combine(node.op, inner(node.left), inner(node.right));
    default:
      return literal(node);
  }
}

function combine(operator: string, left: Value, right: Value): Value {
  switch (operator) {
    case 'And':
      return both(left, right);
    case 'Or':
      return either(left, right);
    case 'Is':
      return isSame(left, right);
    case 'IsNot':
      return negated(isSame(left, right));
    default:
      return compare(comparisons[operator], left, right);
  }
}

const comparisons: Partial<Record<string, Comparison>> = {
  Equals: '=',
  NotEquals: '<>',
  Less: '<',
  LessEquals: '<=',
  Greater: '>',
  GreaterEquals: '>=',
};
