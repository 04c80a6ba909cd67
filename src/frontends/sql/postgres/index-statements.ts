/** Statements about indexes, and those that write indexes or tables anew. */
import type { IndexStmt, Node, ReindexStmt, VacuumStmt } from 'libpg-query';
import type { Index } from '../../../operations/column.ts';
import { notBuiltIn } from './built-in-functions.ts';
import { expressionOf } from './expression.ts';
import { nameOf, nameOfNodes } from './names.ts';
import {
  findOutsideBrackets,
  closeOf,
  insideBrackets,
  isSymbol,
  isWord,
  itemPlace,
  sourceOf,
  tokenIndexAt,
  type Effect,
  type Statement,
  type StatementReaders,
} from './statement.ts';

/** Readers of CREATE INDEX, REINDEX, CLUSTER and VACUUM. */
export const indexReaders: StatementReaders = {
  IndexStmt: readCreateIndex,
  ReindexStmt: readReindex,
  ClusterStmt: (body) =>
    body.relation
      ? [{ kind: 'rebuildTable', table: nameOf(body.relation), how: 'CLUSTER' }]
      : [{ kind: 'opaque', reason: 'CLUSTER without a table rewrites every table that was clustered before' }],
  VacuumStmt: readVacuum,
};

function readCreateIndex(body: IndexStmt, statement: Statement): Effect[] {
  const created: Extract<Effect, { kind: 'createIndex' }> = {
    kind: 'createIndex',
    table: nameOf(body.relation),
    index: indexOf(body, statement),
  };
  if (body.concurrent) created.concurrently = true;
  if (body.if_not_exists) created.ifNotExists = true;
  if (!body.relation?.inh) created.onlyParent = true;
  return [created];
}

function indexOf(body: IndexStmt, statement: Statement): Index {
  const { tokens } = statement;
  const table = tokenIndexAt(statement, body.relation?.location);
  const open = findOutsideBrackets(tokens, table, (token) => isSymbol(token, '(')) ?? tokens.length;
  const columns = columnsOf(body.indexParams ?? [], open, statement);
  const index: Index = { columns, unique: body.unique === true };
  const read = (body.indexParams ?? []).map((node) => readBy(node, statement));
  const reads = read.flatMap((each) => each.columns);
  const calls = notBuiltIn(read.flatMap((each) => each.functions));
  if (reads.length > 0) index.reads = reads;
  if (calls.length > 0) index.calls = calls;
  if (body.idxname !== undefined) index.name = body.idxname;
  if (isWord(tokens[open - 2], 'USING') && body.accessMethod !== undefined) index.method = body.accessMethod;
  const where = body.whereClause && findOutsideBrackets(tokens, open, (token) => isWord(token, 'WHERE'));
  const start = tokens[open]?.start;
  const end = where === undefined ? statement.end : tokens[where]?.start;
  if (saysMore(body) && start !== undefined && end !== undefined)
    index.definition = sourceOf(statement, { start, end }).trim().replace(/\s+/g, ' ');
  if (!body.whereClause) return index;
  const first = where === undefined ? undefined : tokens[where + 1];
  const place = first && { start: first.start, end: statement.end };
  return { ...index, where: expressionOf(body.whereClause, statement, place) };
}

/** Something that the names of columns do not tell. */
function saysMore(body: IndexStmt): boolean {
  const { indexIncludingParams, options, nulls_not_distinct, tableSpace } = body;
  if (indexIncludingParams?.length || options?.length || nulls_not_distinct || tableSpace !== undefined) return true;
  return (body.indexParams ?? []).some((node) => {
    const element = 'IndexElem' in node ? node.IndexElem : {};
    const isOrdered = element.ordering !== 'SORTBY_DEFAULT' || element.nulls_ordering !== 'SORTBY_NULLS_DEFAULT';
    return isOrdered || element.opclass !== undefined || element.collation !== undefined;
  });
}

/** Columns by name; an expression as its SQL in one pair of parentheses. */
function columnsOf(params: Node[], open: number, statement: Statement): string[] {
  let at = open + 1;
  return params.map((node) => {
    const name = 'IndexElem' in node ? node.IndexElem.name : undefined;
    const first = at;
    const item = itemPlace(statement.tokens, first);
    while (at < statement.tokens.length && (statement.tokens[at]?.start ?? 0) < (item?.end ?? 0)) at++;
    at++;
    return name ?? expressionColumn(first, statement);
  });
}

function readBy(node: Node, statement: Statement): { columns: string[]; functions: string[] } {
  const { expr, opclass } = 'IndexElem' in node ? node.IndexElem : {};
  const { columns, functions } = expr ? expressionOf(expr, statement, undefined) : { columns: [], functions: [] };
  return { columns, functions: opclass ? [...functions, nameOfNodes(opclass)] : functions };
}

/** The grammar takes a bracketed expression or a function call here; what follows is the operator class and the order. */
function expressionColumn(first: number, statement: Statement): string {
  const { tokens } = statement;
  const open = findOutsideBrackets(tokens, first, (token) => isSymbol(token, '('));
  const start = tokens[first];
  if (open === undefined || !start) return '(…)';
  if (open === first) {
    const inside = insideBrackets(tokens, open);
    return inside ? `(${sourceOf(statement, inside)})` : '(…)';
  }
  const close = tokens[closeOf(tokens, open)];
  return close ? `(${sourceOf(statement, { start: start.start, end: close.end })})` : '(…)';
}

const manyTables: Partial<Record<string, string>> = {
  REINDEX_OBJECT_SCHEMA: 'SCHEMA',
  REINDEX_OBJECT_SYSTEM: 'SYSTEM',
  REINDEX_OBJECT_DATABASE: 'DATABASE',
};

function readReindex(body: ReindexStmt): Effect[] {
  const rebuilt: Extract<Effect, { kind: 'rebuildIndex' }> = { kind: 'rebuildIndex' };
  if (body.kind === 'REINDEX_OBJECT_INDEX') rebuilt.name = nameOf(body.relation);
  else if (body.kind === 'REINDEX_OBJECT_TABLE') rebuilt.table = nameOf(body.relation);
  else rebuilt.all = [manyTables[body.kind ?? ''], body.name].filter((word) => word !== undefined).join(' ');
  if (isOn(body.params, 'concurrently')) rebuilt.concurrently = true;
  return [rebuilt];
}

function readVacuum(body: VacuumStmt): Effect[] {
  if (!body.is_vacuumcmd) return [{ kind: 'noEffect', what: 'ANALYZE' }];
  if (!isOn(body.options, 'full')) return [{ kind: 'noEffect', what: 'VACUUM' }];
  if (!body.rels?.length) return [{ kind: 'opaque', reason: 'VACUUM FULL without a table rewrites every table' }];
  return body.rels.flatMap((node) =>
    'VacuumRelation' in node
      ? [{ kind: 'rebuildTable' as const, table: nameOf(node.VacuumRelation.relation), how: 'VACUUM FULL' }]
      : [],
  );
}

/** True for an option that is named and not turned off. */
function isOn(options: Node[] | undefined, name: string): boolean {
  const option = (options ?? []).find((node) => 'DefElem' in node && node.DefElem.defname === name);
  if (!option || !('DefElem' in option)) return false;
  const { arg } = option.DefElem;
  if (arg && 'String' in arg) return !/^(false|off|0)$/i.test(arg.String.sval ?? '');
  if (arg && 'Integer' in arg) return (arg.Integer.ival ?? 0) !== 0;
  return !(arg && 'Boolean' in arg) || arg.Boolean.boolval === true;
}
