/** A column of an index or a key as it is written: its name, or an expression in parentheses. */
import type { Expr, SortedColumn } from 'sqlite3-parser';

/** The name of a column, whatever its collation and order; an expression stands as its SQL in parentheses. */
export function indexedColumn(column: SortedColumn, text: string): string {
  const expression: Expr = column.expr.type === 'CollateExpr' ? column.expr.expr : column.expr;
  if (expression.type === 'Id') return expression.name;
  if (expression.type === 'NameExpr') return expression.name.text;
  const { offset, length } = expression.span;
  const sql = text.slice(offset, offset + length);
  return expression.type === 'ParenthesizedExpr' ? sql : `(${sql})`;
}
