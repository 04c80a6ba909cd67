/** `order`, `opclass` and `include` of an index of PostgreSQL. */
import { indexDefinition } from '../sql/index-definition.ts';
import { entryOf, findText, namesFrom, type Value } from './value.ts';

/** What they say as SQL; undefined where there are none, or one is not known. https://api.rubyonrails.org/classes/ActiveRecord/ConnectionAdapters/SchemaStatements.html#method-i-add_index */
export function definitionFrom(columns: readonly string[], options: Value | undefined): string | undefined {
  const [order, opclass, include] = ['order', 'opclass', 'include'].map((name) => entryOf(options, name));
  if (!order && !opclass && !include) return undefined;
  const elements = columns.map((column) => ({
    column,
    words: [wordOf(opclass, column), wordOf(order, column)?.toUpperCase()].filter((word) => word !== undefined),
  }));
  return indexDefinition(elements, include ? namesFrom(include) : []);
}

/** One word for all columns, or one for each by its name. */
function wordOf(given: Value | undefined, column: string): string | undefined {
  return findText(given?.kind === 'hash' ? entryOf(given, column) : given);
}
