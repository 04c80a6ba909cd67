/** What the query of a view reads and gives. */
import type { Alias, Node, SelectStmt } from 'libpg-query';
import type { ViewQuery } from '../../../operations/object-operation.ts';
import type { DataType } from '../../../operations/column.ts';
import { isBuiltInType } from '../../../operations/facts/assignment-cast.ts';
import { dataTypeOf } from './data-type.ts';
import { notBuiltIn } from './built-in-functions.ts';
import { nodesOf } from './expression.ts';
import { nameOf, nameOfNodes, stringOf, stringsOf } from './names.ts';
import { columnRead, starRead, type Scope, type Source } from './view-scope.ts';

/** The query as rules need it; `written` are the names that stand behind the name of the view. */
export function queryOfView(node: Node | undefined, written: readonly string[]): { query?: ViewQuery } {
  if (!node || !('SelectStmt' in node)) return {};
  const read: Read = { tables: new Set(), columns: new Map(), calls: new Set(), types: new Set() };
  const given = readSelect(node.SelectStmt, { outer: undefined, named: new Map(), depth: 0 }, read);
  const names = given && [...written, ...given.slice(written.length)];
  const calls = notBuiltIn(read.calls);
  return {
    query: {
      tables: [...read.tables],
      columns: [...read.columns.values()],
      ...(names ? { gives: names } : {}),
      ...(calls.length > 0 ? { calls } : {}),
      ...(read.types.size > 0 ? { types: [...read.types] } : {}),
    },
  };
}

type Read = {
  tables: Set<string>;
  columns: Map<string, ViewQuery['columns'][number]>;
  calls: Set<string>;
  types: Set<string>;
};

/** What stands around a query. `named` are the names of WITH, with the columns that each gives. */
type Around = { outer: Scope | undefined; named: ReadonlyMap<string, Given>; depth: number };

/** The columns that a query gives; undefined where a name is not written out. */
type Given = readonly string[] | undefined;

/** What lies deeper than this is not looked at, and nothing is said of it. */
const deepest = 100;

/** Reads a query with all those inside it. The first one of a UNION names the columns. */
function readSelect(body: SelectStmt, around: Around, read: Read): Given {
  if (around.depth > deepest) return undefined;
  const waiting = [{ body, named: around.named }];
  for (let next = waiting.pop(); next; next = waiting.pop()) {
    const named = readNamed(next.body, { ...around, named: next.named }, read);
    const { larg, rarg } = next.body;
    if (larg && rarg) waiting.push({ body: rarg, named }, { body: larg, named });
    else readPlain(next.body, { ...around, named }, read);
  }
  return namesGiven(body);
}

/** The names that WITH adds to those around it. A recursive one knows its own. */
function readNamed({ withClause }: SelectStmt, around: Around, read: Read): Around['named'] {
  const named = new Map(around.named);
  for (const each of withClause?.ctes ?? []) {
    if (!('CommonTableExpr' in each)) continue;
    const { ctename = '', ctequery, aliascolnames } = each.CommonTableExpr;
    const written = stringsOf(aliascolnames);
    if (withClause?.recursive) named.set(ctename, written.length > 0 ? written : undefined);
    const given = readInside(ctequery, { ...around, named }, read);
    named.set(ctename, written.length > 0 ? written : given);
  }
  return named;
}

function readInside(node: Node | undefined, around: Around, read: Read): Given {
  if (!node || !('SelectStmt' in node)) return undefined;
  return readSelect(node.SelectStmt, { ...around, depth: around.depth + 1 }, read);
}

/** One SELECT: its sources first, then all that names their columns. */
function readPlain(body: SelectStmt, around: Around, read: Read): void {
  const sources: Source[] = [];
  const scope: Scope = { sources, ...(around.outer ? { outer: around.outer } : {}) };
  const inside: Around = { ...around, outer: scope };
  const beside: unknown[] = [];
  const waiting = (body.fromClause ?? []).toReversed();
  for (let item = waiting.pop(); item; item = waiting.pop()) {
    if ('JoinExpr' in item) {
      const { larg, rarg, quals, usingClause } = item.JoinExpr;
      for (const side of [rarg, larg]) if (side) waiting.push(side);
      beside.push(quals, stringsOf(usingClause).map(columnNode));
    } else if ('RangeTableSample' in item) {
      const { relation, args } = item.RangeTableSample;
      if (relation) waiting.push(relation);
      beside.push(args);
    } else sources.push(sourceOf(item, around, inside, read, beside));
  }
  const { fromClause: _from, withClause: _with, sortClause, groupClause, ...rest } = body;
  const given = new Set(namesOf(body).filter((name) => name !== undefined));
  beside.push(rest, withoutGiven(sortClause, given), withoutGiven(groupClause, given));
  for (const each of beside) readExpressions(each, scope, inside, read);
}

function columnNode(name: string): Node {
  return { ColumnRef: { fields: [{ String: { sval: name } }] } };
}

/** What stands in FROM. Only a LATERAL query sees what stands before it. */
function sourceOf(item: Node, around: Around, inside: Around, read: Read, beside: unknown[]): Source {
  if ('RangeVar' in item) {
    const { schemaname, relname = '', alias } = item.RangeVar;
    const own = alias?.aliasname ?? relname;
    if (schemaname === undefined && around.named.has(relname))
      return { alias: own, gives: renamed(around.named.get(relname), alias) };
    const table = nameOf(item.RangeVar);
    read.tables.add(table);
    return { alias: own, table, renamed: new Set(stringsOf(alias?.colnames)) };
  }
  if ('RangeSubselect' in item) {
    const { alias, lateral, subquery } = item.RangeSubselect;
    const given = readInside(subquery, lateral ? { ...inside } : around, read);
    return { alias: alias?.aliasname ?? '', gives: renamed(given, alias) };
  }
  beside.push(item);
  const alias = 'RangeFunction' in item ? item.RangeFunction.alias : undefined;
  return { alias: alias?.aliasname ?? '', gives: undefined };
}

function renamed(given: Given, alias: Alias | undefined): Given {
  const written = stringsOf(alias?.colnames);
  return given && [...written, ...given.slice(written.length)];
}

/** ORDER BY and GROUP BY may name what the query gives. */
function withoutGiven(clause: readonly Node[] | undefined, given: ReadonlySet<string>): readonly Node[] {
  return (clause ?? []).filter((node) => {
    const sorted = 'SortBy' in node ? node.SortBy.node : node;
    const fields = sorted && 'ColumnRef' in sorted ? (sorted.ColumnRef.fields ?? []) : [];
    return fields.length !== 1 || !given.has(stringOf(fields[0]) ?? '');
  });
}

/** Every column that an expression names; a query inside has a scope of its own. */
function readExpressions(root: unknown, scope: Scope, inside: Around, read: Read): void {
  for (const each of nodesOf(root, isQuery)) {
    if (isQuery(each)) readInside(each, inside, read);
    else if ('FuncCall' in each) read.calls.add(nameOfNodes(each.FuncCall.funcname));
    else if ('TypeCast' in each) addType(dataTypeOf(each.TypeCast.typeName), read);
    else if ('ColumnRef' in each) {
      const parts = (each.ColumnRef.fields ?? []).map((field) => stringOf(field) ?? '*');
      const found = parts.at(-1) === '*' ? starRead(parts, scope) : columnRead(parts, scope);
      for (const column of found) read.columns.set(`${column.table ?? column.among?.join()} ${column.name}`, column);
    }
  }
}

function addType(type: DataType | undefined, { types }: Read): void {
  if (type && !isBuiltInType(type)) types.add(type.name);
}

function isQuery(node: Node): boolean {
  return 'SelectStmt' in node;
}

/** The first query of a UNION names the columns. */
function namesGiven(body: SelectStmt): Given {
  let first = body;
  while (first.larg) first = first.larg;
  const names = namesOf(first);
  return names.length > 0 && names.every((name) => name !== undefined) ? names : undefined;
}

function namesOf({ targetList }: SelectStmt): (string | undefined)[] {
  return (targetList ?? []).map(nameGiven);
}

function nameGiven(node: Node): string | undefined {
  if (!('ResTarget' in node)) return undefined;
  const { name, val } = node.ResTarget;
  return name ?? (val && 'ColumnRef' in val ? stringOf(val.ColumnRef.fields?.at(-1)) : undefined);
}
