/** What a column that is added does with the checks that come with it: all rows get one value, which they let pass or not. */
import type { A_Const, A_Expr, BoolExpr, ColumnDef, Node, TypeCast } from 'libpg-query';
import type { Column, DataType } from '../../../operations/column.ts';
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
import { dataTypeOf } from './data-type.ts';
import { itemsOf, stringOf } from './names.ts';

/** Undefined where a check or the value is not known. https://www.postgresql.org/docs/current/ddl-constraints.html#DDL-CONSTRAINTS-CHECK-CONSTRAINTS: NULL passes. */
export function ownCheckOf(definition: ColumnDef, column: Column): Column['ownCheck'] {
  const written = (definition.constraints ?? []).flatMap((node) => ('Constraint' in node ? [node.Constraint] : []));
  const checks = written.filter(({ contype, is_enforced }) => contype === 'CONSTR_CHECK' && is_enforced !== false);
  const value = written.find(({ contype }) => contype === 'CONSTR_DEFAULT')?.raw_expr;
  const given = givenOf(value, column);
  if (checks.length === 0 || given === undefined) return undefined;
  return verdictOf(
    checks.map(({ raw_expr }) => evaluate(raw_expr, (name) => (name === column.name ? given : undefined))),
  );
}

/** NULL passes. */
export function verdictOf(results: readonly Value[]): Column['ownCheck'] {
  if (results.includes(0)) return 'broken';
  return results.includes(undefined) ? undefined : 'obeyed';
}

/** What rows that are there get from a default. A domain, which a type of another name may be, has a default of its own. */
export function givenOf(value: Node | undefined, { type, generated, nullable }: Column): Value {
  const kind = kindOf(type);
  if (generated || kind === undefined) return undefined;
  const given = value ? evaluate(value, () => undefined) : null;
  if (given === null) return nullable ? null : undefined;
  return isOf(kind, given, type) ? given : undefined;
}

type Kind = 'number' | 'whole number' | 'text' | 'truth' | 'other';

function kindOf(type: DataType | undefined): Kind | undefined {
  if (!type || type.array || type.collation !== undefined) return undefined;
  if (type.name === 'numeric') return type.arguments.length === 0 ? 'number' : 'whole number';
  return kinds[type.name];
}

/** Fractions are rounded by all but `numeric`, and padding and lengths of texts are left out. */
const kinds: Partial<Record<string, Kind>> = {
  smallint: 'whole number',
  integer: 'whole number',
  bigint: 'whole number',
  real: 'whole number',
  'double precision': 'whole number',
  text: 'text',
  varchar: 'text',
  boolean: 'truth',
  char: 'other',
  date: 'other',
  'time without time zone': 'other',
  'time with time zone': 'other',
  'timestamp without time zone': 'other',
  'timestamp with time zone': 'other',
  interval: 'other',
  uuid: 'other',
  json: 'other',
  jsonb: 'other',
  bytea: 'other',
};

function isOf(kind: Kind, value: Value, type: DataType | undefined): boolean {
  switch (kind) {
    case 'number':
      return typeof value === 'number';
    case 'whole number':
      return Number.isInteger(value) && Math.abs(Number(value)) < limitOf(type);
    case 'text':
      return typeof value === 'string' && value.length <= Number(type?.arguments[0] ?? value.length);
    case 'truth':
      return value === 0 || value === 1;
    case 'other':
      return false;
  }
}

/** Below it each whole number is held as it is. */
function limitOf(type: DataType | undefined): number {
  if (type?.name === 'smallint') return 2 ** 15;
  if (type?.name === 'real') return 2 ** 24;
  const [digits = 9, fraction = 0] = type?.arguments ?? [];
  return type?.name === 'numeric' ? 10 ** (Number(digits) - Number(fraction)) : 2 ** 31;
}

/** What an expression gives where its columns have these values. */
export function evaluate(node: Node | undefined, valueOf: (column: string) => Value, depth = 0): Value {
  if (!node || depth > 50) return undefined;
  const inner = (each: Node | undefined) => evaluate(each, valueOf, depth + 1);
  if ('A_Const' in node) return constantOf(node.A_Const);
  if ('ColumnRef' in node) return valueOf(stringOf(node.ColumnRef.fields?.at(-1)) ?? '');
  if ('TypeCast' in node) return castOf(node.TypeCast, inner(node.TypeCast.arg));
  if ('BoolExpr' in node) return combine(node.BoolExpr, inner);
  if ('A_Expr' in node) return calculate(node.A_Expr, inner);
  if (!('NullTest' in node)) return undefined;
  const isNull = isSame(inner(node.NullTest.arg), null);
  return node.NullTest.nulltesttype === 'IS_NULL' ? isNull : negated(isNull);
}

/** Where a field is zero or empty, the tree leaves it out. Longer numbers are not held exactly. */
function constantOf({ isnull, ival, fval, sval, boolval }: A_Const): Value {
  if (isnull) return null;
  if (ival) return ival.ival ?? 0;
  if (sval) return sval.sval ?? '';
  if (boolval) return boolval.boolval ? 1 : 0;
  const text = fval?.fval ?? '';
  return /^-?[\d.]{1,15}$/.test(text) ? Number(text) : undefined;
}

/** A cast that leaves the value as it is. */
function castOf({ typeName }: TypeCast, value: Value): Value {
  const type = dataTypeOf(typeName);
  const kind = kindOf(type);
  if (value === null || value === undefined || kind === undefined) return kind === undefined ? undefined : value;
  return isOf(kind, value, type) ? value : undefined;
}

type Inner = (node: Node | undefined) => Value;

function combine({ boolop, args = [] }: BoolExpr, inner: Inner): Value {
  const values = args.map(inner);
  if (boolop === 'NOT_EXPR') return negated(values[0]);
  return boolop === 'AND_EXPR' ? values.reduce(both, 1) : values.reduce(either, 0);
}

function calculate({ kind, name, lexpr, rexpr }: A_Expr, inner: Inner): Value {
  const operator = stringOf(name?.[0]) ?? '';
  const left = inner(lexpr);
  const list = () => listOf(rexpr).map(inner);
  switch (kind) {
    case 'AEXPR_OP':
      return lexpr ? compareValues(operator, left, inner(rexpr)) : signed(operator, inner(rexpr));
    case 'AEXPR_OP_ANY':
      return operator === '=' && isArray(rexpr) ? isAmong(left, list()) : undefined;
    case 'AEXPR_IN':
      return operator === '=' ? isAmong(left, list()) : negated(isAmong(left, list()));
    case 'AEXPR_BETWEEN':
    case 'AEXPR_NOT_BETWEEN': {
      const [low, high] = list();
      const between = areTexts(left, low) ? undefined : isBetween(left, low, high);
      return kind === 'AEXPR_BETWEEN' ? between : negated(between);
    }
    case 'AEXPR_NOT_DISTINCT':
      return isSame(left, inner(rexpr));
    case 'AEXPR_DISTINCT':
      return negated(isSame(left, inner(rexpr)));
  }
  return undefined;
}

/** Which of two texts comes first is for their collation to say. */
function compareValues(operator: string, left: Value, right: Value): Value {
  const comparison = comparisons.find((each) => each === operator);
  if (areTexts(left, right) && comparison !== '=' && comparison !== '<>') return undefined;
  return compare(comparison, left, right);
}

/** The parser writes != as <>. */
const comparisons: readonly Comparison[] = ['=', '<>', '<', '<=', '>', '>='];

function areTexts(left: Value, right: Value): boolean {
  return typeof left === 'string' && typeof right === 'string';
}

function signed(operator: string, value: Value): Value {
  return operator === '-' && typeof value === 'number' ? -value : undefined;
}

function listOf(node: Node | undefined): readonly Node[] {
  if (node && 'TypeCast' in node) return listOf(node.TypeCast.arg);
  if (node && 'A_ArrayExpr' in node) return node.A_ArrayExpr.elements ?? [];
  return node ? itemsOf(node) : [];
}

function isArray(node: Node | undefined): boolean {
  if (node && 'TypeCast' in node) return isArray(node.TypeCast.arg);
  return node !== undefined && 'A_ArrayExpr' in node;
}
