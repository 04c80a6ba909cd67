/** Places where a program names a column that a migration takes away. */
import type { Models } from './models.ts';
import type { Name } from './name.ts';
import type { Span } from './operation.ts';

/** A column that is looked for in programs. */
export type Sought = {
  table: Name;
  column: string;
  /** What programs may call it: its own name, and that of its attribute where a mapper makes another one of it. */
  names: string[];
  /** What a row of the table may be called: in the singular, lower case, without what parts words. */
  rows: string[];
  /** Files that define a class of the table; absent where none is known. */
  modules?: string[];
  /** Rows have types that are made from the schema: what is read from one is checked by the compiler, and is another thing of that name. */
  isTyped?: true;
};

/**
 * `isCertain`: what is named can be no other than the column; else it is a thing that has the name of the rows. `isAnswer`: the
 * class of the rows defines something of its own under the name. `isChanged`: the change touches the file.
 */
export type Mention = {
  table: Name;
  column: string;
  span: Span;
  isCertain: boolean;
  isAnswer?: true;
  isChanged?: true;
};

/** Those of one column: in files that the change touches first, then by path and line, one for a line; none where the class answers without the column. */
export function mentionsOf({ table, column }: Pick<Sought, 'table' | 'column'>, { mentions = [] }: Models): Mention[] {
  const own = mentions.filter((each) => each.table === table && each.column === column);
  if (own.some(({ isAnswer }) => isAnswer)) return [];
  const byLine = new Map<string, Mention>();
  for (const each of own) {
    const key = `${each.span.path}:${each.span.startLine}`;
    if (each.isCertain || !byLine.has(key)) byLine.set(key, each);
  }
  return [...byLine.values()].sort(byPlace);
}

function byPlace(one: Mention, other: Mention): number {
  return (
    Number(other.isChanged ?? false) - Number(one.isChanged ?? false) ||
    collator.compare(one.span.path, other.span.path) ||
    one.span.startLine - other.span.startLine
  );
}

const collator = new Intl.Collator('en');
