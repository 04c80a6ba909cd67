/** What the query of a view of SQLite reads. */
import type { AstNode, QualifiedName, Select } from 'sqlite3-parser';
import type { ViewQuery } from '../../../operations/object-operation.ts';
import { columnName, nodesOf } from './read-expression.ts';

/**
 * Its tables, and the columns that it names. A `*` names none: SQLite reads it anew each time, so that a column may go from under it.
 * https://www.sqlite.org/lang_altertable.html#alter_table_drop_column
 */
export function queryOfView(select: Select, nameOf: (name: QualifiedName) => string): ViewQuery {
  return readNodes([...nodesOf(select)], new Map(), nameOf);
}

/** The same of any nodes that are read together; `outside` are names that stand for tables from outside. */
export function readNodes(
  nodes: readonly AstNode[],
  outside: ReadonlyMap<string, string>,
  nameOf: (name: QualifiedName) => string,
): ViewQuery {
  const tables = new Set<string>();
  const called = new Map(outside);
  const common = new Set<string>();
  for (const node of nodes) if (node.type === 'CommonTableExpr') common.add(node.tblName.text.toLowerCase());
  for (const node of nodes) {
    if (!namesTable(node)) continue;
    const table = nameOf(node.tblName);
    if (common.has(table.toLowerCase())) continue;
    tables.add(table);
    const alias = node.type === 'TableSelectTable' ? node.alias?.name.text : undefined;
    called.set((alias ?? node.tblName.objName.text).toLowerCase(), table);
  }
  const columns = nodes.flatMap((node): ViewQuery['columns'] => {
    const name = columnName(node);
    if (name === undefined) return [];
    if (node.type !== 'QualifiedExpr') return tables.size > 0 ? [{ among: [...tables], name }] : [];
    const table = called.get(node.table.text.toLowerCase());
    return table === undefined ? [] : [{ table, name }];
  });
  return { tables: [...tables], columns };
}

type NamesTable = Extract<AstNode, { type: 'TableSelectTable' | `${'Update' | 'Insert' | 'Delete'}TriggerCmd` }>;

function namesTable(node: AstNode): node is NamesTable {
  return node.type === 'TableSelectTable' || /^(Update|Insert|Delete)TriggerCmd$/.test(node.type);
}
