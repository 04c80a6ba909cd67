/** Statements over rows: SELECT, INSERT, UPDATE, DELETE, MERGE, COPY, TRUNCATE and what they call. */
import type {
  CopyStmt,
  DeleteStmt,
  InsertStmt,
  MergeStmt,
  Node,
  SelectStmt,
  TruncateStmt,
  UpdateStmt,
  WithClause,
} from 'libpg-query';
import type { Expression } from '../../../operations/column.ts';
import type { Assigned } from '../../../operations/operation.ts';
import { assigned } from '../said-again.ts';
import { expressionOf, isAlwaysTrue } from './expression.ts';
import { readCalls } from './function-calls.ts';
import { picksFewRows } from './limits.ts';
import { nameOf } from './names.ts';
import {
  findOutsideBrackets,
  isSymbol,
  isWord,
  sourceOf,
  tokenIndexAt,
  type Effect,
  type Place,
  type Statement,
  type StatementReaders,
} from './statement.ts';
import { tableFromQuery } from './table-from-query.ts';

/** Readers of the statements that read and write rows. */
export const queryReaders: StatementReaders = {
  SelectStmt: readSelect,
  InsertStmt: readInsert,
  UpdateStmt: readUpdate,
  DeleteStmt: readDelete,
  MergeStmt: readMerge,
  CopyStmt: readCopy,
  TruncateStmt: readTruncate,
  CallStmt: (_body, statement) => [{ kind: 'runCode', code: codeOf(statement) }],
  ExecuteStmt: (_body, statement) => [{ kind: 'runCode', code: codeOf(statement) }],
  ExplainStmt: (body, statement) => {
    const runs = (body.options ?? []).some((option) => 'DefElem' in option && option.DefElem.defname === 'analyze');
    return runs && body.query ? readQuery(body.query, statement) : [{ kind: 'noEffect', what: 'EXPLAIN' }];
  },
  DeclareCursorStmt: (body, statement) =>
    body.query ? readQuery(body.query, statement) : [{ kind: 'noEffect', what: 'DECLARE CURSOR' }],
};

/** Reads a query inside another statement. */
export function readQuery(node: Node, statement: Statement): Effect[] {
  if ('SelectStmt' in node) return readSelect(node.SelectStmt, statement);
  if ('InsertStmt' in node) return readInsert(node.InsertStmt, statement);
  if ('UpdateStmt' in node) return readUpdate(node.UpdateStmt, statement);
  if ('DeleteStmt' in node) return readDelete(node.DeleteStmt, statement);
  if ('MergeStmt' in node) return readMerge(node.MergeStmt, statement);
  if ('ExecuteStmt' in node) return [{ kind: 'runCode', code: codeOf(statement) }];
  if ('CreateTableAsStmt' in node) return [tableFromQuery(node.CreateTableAsStmt.into)];
  return [{ kind: 'opaque', reason: 'a query of a kind that is not known here' }];
}

function readSelect(body: SelectStmt, statement: Statement): Effect[] {
  const effects = readWith(body.withClause, statement);
  const into = intoOf(body);
  if (into) effects.push(tableFromQuery(into));
  effects.push(...readCalls(body, codeOf(statement)));
  return effects.length > 0 ? effects : [{ kind: 'noEffect', what: 'SELECT' }];
}

/** SELECT INTO stands in the first of the queries that a UNION joins. */
function intoOf(body: SelectStmt): SelectStmt['intoClause'] {
  let query: SelectStmt | undefined = body;
  while (query && !query.intoClause) query = query.larg;
  return query?.intoClause;
}

/** What WITH changes: its queries run whether or not they are read from. */
function readWith(clause: WithClause | undefined, statement: Statement): Effect[] {
  return (clause?.ctes ?? []).flatMap((node) => {
    const query = 'CommonTableExpr' in node ? node.CommonTableExpr.ctequery : undefined;
    if (!query || 'SelectStmt' in query) return [];
    return readQuery(query, statement);
  });
}

function readInsert(body: InsertStmt, statement: Statement): Effect[] {
  const { selectStmt } = body;
  const rows = selectStmt && 'SelectStmt' in selectStmt ? selectStmt.SelectStmt : undefined;
  const source = rows && !rows.valuesLists ? 'query' : 'values';
  return [
    ...readWith(body.withClause, statement),
    ...readWith(rows?.withClause, statement),
    {
      kind: 'insertRows',
      table: nameOf(body.relation),
      source,
      ...(rows && source === 'query' && !body.withClause ? readBy(rows) : {}),
      ...(body.onConflictClause?.action === 'ONCONFLICT_NOTHING' ? { ignores: true } : {}),
    },
  ];
}

/** The one table that a plain query reads, whole or as far as a WHERE picks. */
function readBy(rows: SelectStmt): { readsAll?: string; picks?: string } {
  const { fromClause = [], whereClause, groupClause, limitCount, limitOffset, distinctClause, withClause } = rows;
  const [from] = fromClause;
  if (fromClause.length !== 1 || !from || !('RangeVar' in from)) return {};
  if (groupClause || limitCount || limitOffset || distinctClause || withClause) return {};
  const table = nameOf(from.RangeVar);
  return isFilter(whereClause) ? { picks: table } : { readsAll: table };
}

function readUpdate(body: UpdateStmt, statement: Statement): Effect[] {
  const updated: Extract<Effect, { kind: 'updateRows' }> = {
    kind: 'updateRows',
    table: nameOf(body.relation),
    columns: assignedColumns(body.targetList),
    filtered: isFilter(body.whereClause),
  };
  if (picksFewRows(body.relation, body.whereClause, body.fromClause, body.withClause)) updated.limited = true;
  Object.assign(updated, assignedBy(body, statement));
  return [...readWith(body.withClause, statement), updated];
}

/** Of a statement on one table, by its own name. */
function assignedBy(body: UpdateStmt, statement: Statement): { assigned: Assigned } | undefined {
  const { relation, fromClause, withClause, targetList = [], whereClause } = body;
  if (fromClause || withClause || relation?.alias || relation?.inh === false) return undefined;
  const values = targetList.map((node) => assignmentOf(node, statement));
  const where = isFilter(whereClause) ? expressionOf(whereClause, statement, wherePlace(statement, body)) : undefined;
  return assigned(values, where);
}

function assignmentOf(node: Node, statement: Statement): readonly [string, Expression] | undefined {
  if (!('ResTarget' in node)) return undefined;
  const { name, indirection, val, location } = node.ResTarget;
  if (name === undefined || indirection || !val || 'MultiAssignRef' in val || 'SetToDefault' in val) return undefined;
  const { tokens } = statement;
  const at = tokenIndexAt(statement, location);
  if (!isSymbol(tokens[at + 1], '=')) return undefined;
  return [name, expressionOf(val, statement, placeUntil(statement, at + 2, afterAssignment))];
}

const afterAssignment = ['WHERE', 'RETURNING'];

function wherePlace(statement: Statement, { targetList }: UpdateStmt): Place | undefined {
  const last = targetList?.at(-1);
  const from = tokenIndexAt(statement, last && 'ResTarget' in last ? last.ResTarget.location : undefined);
  const where = findOutsideBrackets(statement.tokens, from, (token) => isWord(token, 'WHERE'));
  return where === undefined ? undefined : placeUntil(statement, where + 1, ['RETURNING']);
}

/** From a token to the one that ends its part of the statement. */
function placeUntil({ tokens, end }: Statement, from: number, words: readonly string[]): Place | undefined {
  const first = tokens[from];
  if (!first) return undefined;
  const isStop = (token: (typeof tokens)[number]): boolean =>
    token.start >= end ||
    isSymbol(token, ';') ||
    (words === afterAssignment && isSymbol(token, ',')) ||
    words.some((word) => isWord(token, word));
  const stop = findOutsideBrackets(tokens, from, isStop);
  const last = tokens[(stop ?? tokens.length) - 1];
  return last && last.end > first.start ? { start: first.start, end: last.end } : undefined;
}

function readDelete(body: DeleteStmt, statement: Statement): Effect[] {
  const deleted: Extract<Effect, { kind: 'deleteRows' }> = {
    kind: 'deleteRows',
    table: nameOf(body.relation),
    filtered: isFilter(body.whereClause),
  };
  if (picksFewRows(body.relation, body.whereClause, body.usingClause, body.withClause)) deleted.limited = true;
  return [...readWith(body.withClause, statement), deleted];
}

function isFilter(where: Node | undefined): boolean {
  return where !== undefined && !isAlwaysTrue(where);
}

function assignedColumns(targets: Node[] | undefined): string[] {
  return (targets ?? []).flatMap((node) => ('ResTarget' in node ? (node.ResTarget.name ?? []) : []));
}

/** Every WHEN is an operation of its own; the join picks the rows, unless it holds for all of them. */
function readMerge(body: MergeStmt, statement: Statement): Effect[] {
  const table = nameOf(body.relation);
  const effects = readWith(body.withClause, statement);
  for (const node of body.mergeWhenClauses ?? []) {
    if (!('MergeWhenClause' in node)) continue;
    const { commandType, targetList, condition, matchKind } = node.MergeWhenClause;
    const isEvery = matchKind === 'MERGE_WHEN_MATCHED' && !isFilter(body.joinCondition) && !isFilter(condition);
    if (commandType === 'CMD_INSERT') effects.push({ kind: 'insertRows', table, source: 'query' });
    if (commandType === 'CMD_DELETE') effects.push({ kind: 'deleteRows', table, filtered: !isEvery });
    if (commandType === 'CMD_UPDATE')
      effects.push({ kind: 'updateRows', table, columns: assignedColumns(targetList), filtered: !isEvery });
  }
  return effects.length > 0 ? effects : [{ kind: 'noEffect', what: 'MERGE' }];
}

function readCopy(body: CopyStmt, statement: Statement): Effect[] {
  if (body.is_program) return [{ kind: 'opaque', reason: 'COPY runs a program on the server' }];
  if (body.is_from) return [{ kind: 'insertRows', table: nameOf(body.relation), source: 'file' }];
  const inner = body.query ? readQuery(body.query, statement).filter(({ kind }) => kind !== 'noEffect') : [];
  return inner.length > 0 ? inner : [{ kind: 'noEffect', what: 'COPY TO' }];
}

function readTruncate(body: TruncateStmt): Effect[] {
  const cascade: { cascade?: true } = body.behavior === 'DROP_CASCADE' ? { cascade: true } : {};
  return (body.relations ?? []).flatMap((node) =>
    'RangeVar' in node ? [{ kind: 'truncateTable' as const, table: nameOf(node.RangeVar), ...cascade }] : [],
  );
}

function codeOf(statement: Statement): string {
  return sourceOf(statement, statement);
}
