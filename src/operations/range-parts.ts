/** Partitions of MySQL by their names and ranges, in their order. */
import type { OperationOf } from './operation.ts';

/** `below`: the end of its range, as far as it can be compared; absent where it has none, as in LIST. */
export type RangePart = { name: string; below?: RangeEnd };

/** `by` is the function that the end is worked out with, in upper case; empty for a plain value. */
export type RangeEnd = 'max' | { by: string; value: number | string };

/** True where the second end is known not to lie above the first; undefined where they cannot be compared. */
export function isNotAbove(end: RangeEnd, next: RangeEnd): boolean | undefined {
  if (end === 'max') return true;
  if (next === 'max') return false;
  if (end.by !== next.by || typeof end.value !== typeof next.value) return undefined;
  // Texts are compared by a collation that is not known here; dates are in order under any.
  if (typeof end.value === 'string' && !(isDate(end.value) && isDate(next.value))) return undefined;
  return next.value <= end.value;
}

function isDate(value: number | string): boolean {
  return /^\d{4}-\d\d-\d\d/.test(String(value));
}

/** The partitions after a change of them; undefined where they are not known, or no longer. */
export function changedParts(
  parts: readonly RangePart[] | undefined,
  { action, partition, parts: made }: OperationOf<'alterPartition'>,
): readonly RangePart[] | undefined {
  if (action === 'repartition') return made;
  if (parts === undefined || action === 'truncate' || action === 'exchange') return parts;
  if (action === 'add') return made && [...parts, ...made];
  if (partition === undefined) return undefined;
  const at = parts.findIndex((each) => isSameName(each.name, partition));
  const rest = parts.filter((each) => !isSameName(each.name, partition));
  if (action === 'drop' || action === 'detach') return rest;
  return action === 'reorganize' && at >= 0 ? [...rest.slice(0, at), ...(made ?? []), ...rest.slice(at)] : undefined;
}

/** Names of partitions are told apart without their case: https://dev.mysql.com/doc/refman/8.4/en/partitioning-management.html */
export function isSameName(one: string, other: string): boolean {
  return one.toLowerCase() === other.toLowerCase();
}
