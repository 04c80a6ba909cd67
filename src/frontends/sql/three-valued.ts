/** The logic of SQL over constants, with NULL and with what is not known here. */

/** A value as far as it is told; undefined where it is not. Truth is 1 or 0. */
export type Value = string | number | null | undefined;

export type Comparison = '=' | '<>' | '<' | '<=' | '>' | '>=';

/** What comparing two values gives: NULL with NULL, whatever the other is, and nothing that is known for values of different kinds. */
export function compare(comparison: Comparison | undefined, left: Value, right: Value): Value {
  if (comparison === undefined) return undefined;
  if (left === null || right === null) return null;
  if (left === undefined || right === undefined) return undefined;
  if (typeof left !== typeof right) return undefined;
  switch (comparison) {
    case '=':
      return truth(left === right);
    case '<>':
      return truth(left !== right);
    case '<':
      return truth(left < right);
    case '<=':
      return truth(left <= right);
    case '>':
      return truth(left > right);
    case '>=':
      return truth(left >= right);
  }
}

/** IS NOT DISTINCT FROM: NULL is the same as NULL. */
export function isSame(left: Value, right: Value): Value {
  return left === undefined || right === undefined ? undefined : truth(left === right);
}

/** AND. */
export function both(left: Value, right: Value): Value {
  if (left === 0 || right === 0) return 0;
  return left === undefined || right === undefined ? undefined : left === null || right === null ? null : 1;
}

/** OR. */
export function either(left: Value, right: Value): Value {
  if (left === 1 || right === 1) return 1;
  return left === undefined || right === undefined ? undefined : left === null || right === null ? null : 0;
}

/** NOT. */
export function negated(value: Value): Value {
  return value === 0 || value === 1 ? 1 - value : value === null ? null : undefined;
}

/** BETWEEN. */
export function isBetween(value: Value, low: Value, high: Value): Value {
  return both(compare('>=', value, low), compare('<=', value, high));
}

/** IN. */
export function isAmong(value: Value, list: readonly Value[]): Value {
  return list.map((each) => compare('=', value, each)).reduce(either, 0);
}

function truth(is: boolean): Value {
  return is ? 1 : 0;
}
