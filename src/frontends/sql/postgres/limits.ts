/** Tells statements in batches: those that reach at most as many rows of their table as a LIMIT allows. */
import type { Node, RangeVar, SelectStmt, WithClause } from 'libpg-query';
import type { Name } from '../../../operations/name.ts';
import { nodesOf } from './expression.ts';
import { nameOf, stringOf } from './names.ts';

/**
 * True when the rows are picked by a sub-select of the same table with a LIMIT: `id IN (SELECT … LIMIT n)`,
 * `ctid = ANY (ARRAY(SELECT … LIMIT n))`, or a join with such a query in FROM, USING or WITH.
 */
export function picksFewRows(
  target: RangeVar | undefined,
  where: Node | undefined,
  from: Node[] | undefined,
  clause: WithClause | undefined,
): boolean {
  const table = nameOf(target);
  const batches = batchesOf(table, clause);
  if (where && (from ?? []).some((node) => isBatch(node, table, batches))) return true;
  return conjuncts(where).some((condition) => {
    const query = pickedFrom(condition);
    return query !== undefined && isLimited(query, table, batches) && !asksPerRow(query, target);
  });
}

/** A sub-select that names the row it is asked for gives other rows for each: `id = (SELECT … WHERE p2.name = posts.name LIMIT 1)`. */
function asksPerRow(query: SelectStmt, target: RangeVar | undefined): boolean {
  const outer = calledIn(target);
  for (const node of nodesOf(query.fromClause))
    if ('RangeVar' in node && calledIn(node.RangeVar) === outer) return false;
  for (const node of nodesOf(query))
    if ('ColumnRef' in node && stringOf(node.ColumnRef.fields?.at(-2)) === outer) return true;
  return false;
}

function calledIn(table: RangeVar | undefined): string | undefined {
  return table?.alias?.aliasname ?? table?.relname;
}

/** Names of the queries in WITH that are a batch of the table. */
function batchesOf(table: Name, clause: WithClause | undefined): Set<string> {
  const names = new Set<string>();
  for (const node of clause?.ctes ?? []) {
    if (!('CommonTableExpr' in node)) continue;
    const { ctename, ctequery } = node.CommonTableExpr;
    if (ctename !== undefined && ctequery && 'SelectStmt' in ctequery && isLimited(ctequery.SelectStmt, table, names))
      names.add(ctename);
  }
  return names;
}

function isBatch(node: Node, table: Name, batches: Set<string>): boolean {
  if ('RangeVar' in node) return node.RangeVar.schemaname === undefined && batches.has(node.RangeVar.relname ?? '');
  if (!('RangeSubselect' in node)) return false;
  const { subquery } = node.RangeSubselect;
  return subquery !== undefined && 'SelectStmt' in subquery && isLimited(subquery.SelectStmt, table, batches);
}

/** A query that reads from a batch is one itself. */
function isLimited(query: SelectStmt, table: Name, batches: Set<string>): boolean {
  const from = query.fromClause ?? [];
  if (
    from.some(
      (node) =>
        'RangeVar' in node && node.RangeVar.schemaname === undefined && batches.has(node.RangeVar.relname ?? ''),
    )
  )
    return true;
  return query.limitCount !== undefined && from.some((node) => 'RangeVar' in node && nameOf(node.RangeVar) === table);
}

/** The conditions that all must hold. */
function conjuncts(where: Node | undefined): Node[] {
  if (!where) return [];
  if ('BoolExpr' in where && where.BoolExpr.boolop === 'AND_EXPR') return where.BoolExpr.args ?? [];
  return [where];
}

/** The query of `x IN (SELECT …)`, `x = (SELECT …)` or `x = ANY (ARRAY(SELECT …))`. */
function pickedFrom(condition: Node): SelectStmt | undefined {
  if ('SubLink' in condition) {
    const { subLinkType, operName, subselect } = condition.SubLink;
    const equals = !operName || stringOf(operName[0]) === '=';
    return subLinkType === 'ANY_SUBLINK' && equals ? selectOf(subselect) : undefined;
  }
  if (!('A_Expr' in condition) || stringOf(condition.A_Expr.name?.[0]) !== '=') return undefined;
  for (const node of nodesOf(condition.A_Expr.rexpr)) if ('SubLink' in node) return selectOf(node.SubLink.subselect);
  return undefined;
}

function selectOf(node: Node | undefined): SelectStmt | undefined {
  return node && 'SelectStmt' in node ? node.SelectStmt : undefined;
}
