/** What an index of PostgreSQL says beside its columns, put together from the words of a framework. */

/** One column or expression with what stands behind it: operator class and order. */
export type IndexElement = { column: string; words: readonly string[] };

/** All from the parenthesis on, as `Index.definition` has it. */
export function indexDefinition(elements: readonly IndexElement[], include: readonly string[]): string {
  const each = elements.map(({ column, words }) => [quoted(column), ...words].join(' '));
  return `(${each.join(', ')})${include.length > 0 ? ` INCLUDE (${include.map(quoted).join(', ')})` : ''}`;
}

/** Only a name that needs no quotes is sent without them; an expression stands in its own parentheses. */
function quoted(column: string): string {
  return column.startsWith('(') || /^[a-z_][a-z0-9_]*$/.test(column) ? column : `"${column.replaceAll('"', '""')}"`;
}
