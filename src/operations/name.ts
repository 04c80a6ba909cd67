/** Names as migrations have them, and those that a program puts together. */

/** A name in `tables`, `table`, `type` and so on: unquoted names folded as the database folds them, the default schema (public, dbo) dropped, other schemas kept as `schema.name`. */
export type Name = string;

/** The name that stands for every one of which nothing is known, not even the variable that it comes from. */
export const anyComputedName = '_computed_';

/** True for a name with a part that a program puts in at run time: readers write such a part as `_computed_`, or `_ccc` where it is short. */
export function isComputedName(name: Name): boolean {
  return name.includes('_computed') || /_c{3,}|^_c+$/.test(name);
}
