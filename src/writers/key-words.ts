/** What keeps a column of a key as it is, in words. Names go through `code`, which whoever writes Markdown brings along. */
import type { Hindrance, KeyFamily } from '../operations/key-family.ts';

type Code = (text: string) => string;

/** Completes "by hand, since …". */
export function hindranceWords(hindrances: readonly Hindrance[], code: Code): string {
  return hindrances.map(({ what, name, does }) => `${what} ${code(name)} ${does}`).join(', and ');
}

/** The columns of foreign keys that hold a family together, and those that take another type. */
export function keyHolders(family: KeyFamily, code: Code): { foreignKeys: string[]; columns: string[] } {
  const pointing = family.columns.flatMap(({ table, foreignKeys }) => foreignKeys.map(({ key }) => ({ table, key })));
  const all = [...pointing, ...family.staying];
  return {
    foreignKeys: [...new Set(all.map(({ table, key }) => code(`${table}.${key.columns.join(', ')}`)))],
    columns: family.columns.map(({ table, column }) => code(`${table}.${column}`)),
  };
}
