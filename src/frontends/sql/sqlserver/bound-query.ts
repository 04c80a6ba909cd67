/** What a view, function, procedure or trigger of SQL Server is bound to. */
import type { ObjectKind, ViewQuery } from '../../../operations/object-operation.ts';
import { accept, isDone, isName, isNext, peek, take, takeUntil, type Cursor } from '../cursor.ts';
import { joinName, takeAlias, takeParts } from './names.ts';

/**
 * Its tables and the columns that it names, where SCHEMABINDING is said: nothing else keeps a table as it is. Tables have two parts there, and
 * no `*` stands for columns: https://learn.microsoft.com/sql/t-sql/statements/create-view-transact-sql#schemabinding
 */
export function boundQuery(cursor: Cursor, object: ObjectKind): { query?: ViewQuery } {
  const head = takeUntil({ ...cursor }, 'AS');
  takeUntil(head, 'SCHEMABINDING');
  if (isDone(head)) return {};
  const body = { ...cursor, at: head.end };
  const called = tablesIn({ ...body });
  const tables = [...new Set(called.values())];
  const of = object === 'function' || object === 'procedure' || object === 'trigger' ? { of: object } : {};
  return { query: { tables, columns: columnsIn(body, called, tables), ...of } };
}

/** Each table under every name that it goes by. */
function tablesIn(body: Cursor): Map<string, string> {
  const called = new Map<string, string>();
  while (!isDone(body)) {
    if (!accept(body, 'FROM|JOIN|APPLY|UPDATE|INTO')) {
      take(body);
      continue;
    }
    do noteTable(body, called);
    while (accept(body, ','));
  }
  return called;
}

function noteTable(body: Cursor, called: Map<string, string>): void {
  if (!isName(peek(body)) || peek(body, 1)?.text !== '.') return;
  const parts = takeParts(body);
  if (isNext(body, '(')) return;
  const table = joinName(parts);
  called.set((parts.at(-1) ?? '').toLowerCase(), table);
  const alias = takeAlias(body);
  if (alias !== undefined) called.set(alias.toLowerCase(), table);
}

const clauses =
  'AS|SELECT|FROM|WHERE|JOIN|INNER|LEFT|RIGHT|FULL|OUTER|CROSS|APPLY|ON|AND|OR|NOT|IN|IS|NULL|LIKE|BETWEEN|EXISTS|CASE|WHEN|THEN|ELSE|END|GROUP|ORDER|BY|HAVING|UNION|ALL|ANY|DISTINCT|TOP|ASC|DESC|RETURN|RETURNS|BEGIN|IF|SET|DECLARE|INSERT|INTO|UPDATE|DELETE|VALUES|WITH|OVER';

function columnsIn(body: Cursor, called: ReadonlyMap<string, string>, tables: string[]): ViewQuery['columns'] {
  const columns = new Map<string, ViewQuery['columns'][number]>();
  while (!isDone(body)) {
    if (!isName(peek(body)) || isNext(body, clauses)) {
      take(body);
      continue;
    }
    const parts = takeParts(body);
    const name = parts.at(-1) ?? '';
    const table = called.get(parts.at(-2)?.toLowerCase() ?? '');
    if (isNext(body, '(') || (parts.length > 1 && table === undefined) || tables.length === 0) continue;
    if (tables.includes(joinName(parts)) || (parts.length === 1 && called.has(name.toLowerCase()))) continue;
    columns.set(`${table ?? ''}.${name}`, table === undefined ? { among: tables, name } : { table, name });
  }
  return [...columns.values()];
}
