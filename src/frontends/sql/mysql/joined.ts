/** UPDATE and DELETE of several tables: which table stands behind which alias is read from the parser's tree. */
import type { Tail } from './data.ts';
import type { Effect } from './effect.ts';
import { isNode, parseStatement, type Node } from './expression.ts';

/** One operation per table that is written, or undefined when the parser does not read the statement. */
export function readJoinedUpdate(sql: string, tail: Tail): Effect[] | undefined {
  const tree = parseStatement(sql);
  if (!isNode(tree) || tree['type'] !== 'update') return undefined;
  const tables = nodesOf(tree['table']);
  const written = new Map<string, string[]>();
  for (const assignment of nodesOf(tree['set'])) {
    const table = tableBehind(tables, assignment['table']);
    const column = assignment['column'];
    if (table === undefined || typeof column !== 'string') return undefined;
    written.set(table, [...(written.get(table) ?? []), column]);
  }
  if (written.size === 0) return undefined;
  const filtered = tail.filtered || tables.some(picksRows);
  return [...written].map(([table, columns]) => ({ kind: 'updateRows', table, columns, ...tail, filtered }));
}

/** One operation per target, or undefined when the parser does not read the statement. `from` is all that follows FROM or USING. */
export function readJoinedDelete(targets: string[], from: string, tail: Tail): Effect[] | undefined {
  const tree = parseStatement(`DELETE ${targets.map(quoted).join(', ')} FROM ${from}`);
  if (!isNode(tree) || tree['type'] !== 'delete') return undefined;
  const tables = nodesOf(tree['from']);
  const filtered = tail.filtered || tables.some(picksRows);
  return targets.map((target) => ({
    kind: 'deleteRows',
    table: tableBehind(tables, target) ?? target,
    ...tail,
    filtered,
  }));
}

/** An inner join keeps only the rows that match; a comma and an outer join keep them all. */
function picksRows(table: Node): boolean {
  const join = table['join'];
  return (
    typeof join === 'string' && /^(INNER )?JOIN$|STRAIGHT_JOIN/.test(join) && (table['on'] ?? table['using']) != null
  );
}

/** A column without a table is taken for one of the first table: which one has it is not known here. */
function tableBehind(tables: Node[], name: unknown): string | undefined {
  const table = typeof name === 'string' ? tables.find((table) => isCalled(table, name)) : tables[0];
  if (!table || typeof table['table'] !== 'string') return undefined;
  return typeof table['db'] === 'string' ? `${table['db']}.${table['table']}` : table['table'];
}

function isCalled(table: Node, name: string): boolean {
  return table['as'] === name || (table['as'] === null && table['table'] === name);
}

function nodesOf(value: unknown): Node[] {
  return Array.isArray(value) ? value.filter(isNode) : [];
}

function quoted(name: string): string {
  return name
    .split('.')
    .map((part) => `\`${part.replaceAll('`', '')}\``)
    .join('.');
}
