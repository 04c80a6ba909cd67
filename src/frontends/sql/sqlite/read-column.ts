/** Columns of SQLite: loosely typed, and with a row number of their own under INTEGER PRIMARY KEY. */
import type {
  ColumnDefinition,
  ColumnsAndConstraintsCreateTableBody,
  DefaultColumnConstraint,
  Expr,
  TypeSize,
} from 'sqlite3-parser';
import type { Column, DataType, Expression } from '../../../operations/column.ts';
import type { TableKind } from '../../../operations/schema-operation.ts';
import { indexedColumn } from './indexed-column.ts';
import { breaksCheck } from './own-check.ts';
import { readColumnConstraint } from './read-constraint.ts';
import { readExpression } from './read-expression.ts';

/** The columns of CREATE TABLE, with what its primary key and its options make of them. */
export function readColumns(body: ColumnsAndConstraintsCreateTableBody, text: string): Column[] {
  const key = primaryKeyOf(body, text);
  const withoutRowid = (body.flags & withoutRowidFlag) !== 0;
  const keyIsNotNull = withoutRowid || (body.flags & strictFlag) !== 0;
  return body.columns.map((definition) => {
    const column = readColumn(definition, text);
    if (!key.columns.includes(column.name)) return column;
    if (keyIsNotNull) column.nullable = false;
    const isRowNumber = !withoutRowid && key.columns.length === 1 && !key.isDescending;
    return isRowNumber ? withIdentity(column) : column;
  });
}

/** What the options behind the columns make of the table. */
export function kindsOf({ flags }: ColumnsAndConstraintsCreateTableBody): { kinds?: TableKind[] } {
  const kinds: TableKind[] = [];
  if ((flags & strictFlag) !== 0) kinds.push('strict');
  if ((flags & withoutRowidFlag) !== 0) kinds.push('without rowid');
  return kinds.length > 0 ? { kinds } : {};
}

/** One column as it is declared. */
export function readColumn(definition: ColumnDefinition, text: string): Column {
  const name = definition.colName.text;
  const column: Column = { name, nullable: true, constraints: [] };
  const type = readType(definition);
  if (type) column.type = type;
  for (const named of definition.constraints) {
    column.constraints.push(...readColumnConstraint(named, name, text));
    const { constraint } = named;
    if (constraint.type === 'NotNullColumnConstraint') column.nullable = constraint.nullable;
    if (constraint.type === 'PrimaryKeyColumnConstraint' && constraint.autoIncrement) column.autoincrement = true;
    if (constraint.type === 'DefaultColumnConstraint') setDefault(column, constraint, text);
    if (constraint.type === 'GeneratedColumnConstraint') {
      column.generated = constraint.typ?.name.toLowerCase() === 'stored' ? 'stored' : 'virtual';
      column.reads = readExpression(constraint.expr, text).columns;
    }
    if (constraint.type === 'CollateColumnConstraint' && column.type)
      column.type.collation = constraint.collationName.text;
  }
  if (breaksOwnCheck(definition, column)) column.ownCheck = 'broken';
  return column;
}

function breaksOwnCheck({ constraints }: ColumnDefinition, { name, type, generated }: Column): boolean {
  const written = constraints.map(({ constraint }) => constraint);
  const value = written.find((each) => each.type === 'DefaultColumnConstraint');
  const isText = /char|clob|text/.test(type?.name ?? '') || type?.collation !== undefined;
  const checks = written.filter((each) => each.type === 'CheckColumnConstraint');
  return !generated && checks.some(({ expr }) => breaksCheck(expr, name, value?.expr, isText));
}

/** Values of TabFlags, which the package declares as types alone: https://www.sqlite.org/withoutrowid.html, https://www.sqlite.org/stricttables.html. */
const withoutRowidFlag = 128;
const strictFlag = 65_536;

function primaryKeyOf(
  body: ColumnsAndConstraintsCreateTableBody,
  text: string,
): { columns: string[]; isDescending: boolean } {
  for (const { colName, constraints } of body.columns) {
    for (const { constraint } of constraints) {
      if (constraint.type === 'PrimaryKeyColumnConstraint')
        return { columns: [colName.text], isDescending: constraint.order === 'Desc' };
    }
  }
  for (const { constraint } of body.constraints ?? []) {
    if (constraint.type === 'PrimaryKeyTableConstraint')
      return { columns: constraint.columns.map((column) => indexedColumn(column, text)), isDescending: false };
  }
  return { columns: [], isDescending: false };
}

/** A key of the very type INTEGER is the row's own number, which is never null: https://www.sqlite.org/lang_createtable.html#rowid */
function withIdentity(column: Column): Column {
  return column.type?.name === 'integer' ? { ...column, nullable: false, generated: 'identity' } : column;
}

function readType(definition: ColumnDefinition): DataType | undefined {
  // The grammar takes GENERATED ALWAYS for two more words of the type, as SQLite's own does.
  const name = definition.colType?.name.replace(/\s*generated\s+always$/i, '').toLowerCase();
  if (!name) return undefined;
  return { name, arguments: sizesOf(definition.colType?.size) };
}

function sizesOf(size: TypeSize | undefined): number[] {
  if (!size) return [];
  const sizes = size.type === 'MaxSizeTypeSize' ? [size.size] : [size.size1, size.size2];
  return sizes.flatMap((expression) => numberOf(expression));
}

function numberOf(expression: Expr): number[] {
  if (expression.type === 'UnaryExpr')
    return numberOf(expression.expr).map((value) => (expression.op === 'Negative' ? -value : value));
  return expression.type === 'NumericLiteral' ? [Number(expression.value)] : [];
}

function setDefault(column: Column, constraint: DefaultColumnConstraint, text: string): void {
  const { expr } = constraint;
  if (expr.type === 'NullLiteral') return;
  const expression: Expression = readExpression(expr, text);
  // A bare name after DEFAULT is a string.
  column.default = expr.type === 'Id' || expr.type === 'NameExpr' ? { ...expression, columns: [] } : expression;
}
