/** Expressions, as far as rules need them. */
import type { Node, SQLValueFunction } from 'libpg-query';
import type { Expression } from '../../../operations/column.ts';
import { nameOfNodes, stringOf } from './names.ts';
import { sourceOf, type Place, type Statement } from './statement.ts';

/** The expression of a node; its SQL is what stands at `place`. A sub-select makes it unknown: what it gives depends on rows. */
export function expressionOf(node: Node | undefined, statement: Statement, place: Place | undefined): Expression {
  const sql = place ? sourceOf(statement, place).trim() : '';
  if (!node) return { sql, functions: [], columns: [], known: false };
  const functions = new Set<string>();
  const columns = new Set<string>();
  let known = true;
  for (const each of nodesOf(node)) {
    if ('FuncCall' in each) functions.add(nameOfNodes(each.FuncCall.funcname));
    else if ('SQLValueFunction' in each) functions.add(keywordOf(each.SQLValueFunction));
    else if ('ColumnRef' in each) addDefined(columns, stringOf(each.ColumnRef.fields?.at(-1)));
    else if ('SubLink' in each) known = false;
  }
  return { sql, functions: [...functions], columns: [...columns], known };
}

/** A node and every node below it, outermost first, without those inside types and below what is a leaf to the caller. Keeps its own stack: a tree may be as deep as an attacker likes. */
export function* nodesOf(root: unknown, isLeaf: (node: Node) => boolean = () => false): Generator<Node> {
  const waiting: unknown[] = [root];
  while (waiting.length > 0) {
    const value = waiting.pop();
    if (typeof value !== 'object' || value === null) continue;
    if (isNode(value)) {
      yield value;
      if (isLeaf(value)) continue;
    }
    const inside = Object.entries(value);
    for (const [key, below] of inside.toReversed()) if (key !== 'typeName') waiting.push(below);
  }
}

/** The SQL names of functions that are written as keywords. */
function keywordOf(call: SQLValueFunction): string {
  return (call.op ?? '')
    .replace(/^SVFOP_/, '')
    .replace(/_N$/, '')
    .toLowerCase();
}

/** True for NULL, also a cast one. */
export function isNull(node: Node | undefined): boolean {
  if (!node) return false;
  if ('TypeCast' in node) return isNull(node.TypeCast.arg);
  return 'A_Const' in node && node.A_Const.isnull === true;
}

/** The text of a string constant, also a cast one, or of several put together with ||; undefined for all else. */
export function constantText(node: Node | undefined): string | undefined {
  if (!node) return undefined;
  if ('TypeCast' in node) return constantText(node.TypeCast.arg);
  if ('A_Const' in node) return node.A_Const.sval ? (node.A_Const.sval.sval ?? '') : undefined;
  if (!('A_Expr' in node) || node.A_Expr.kind !== 'AEXPR_OP' || stringOf(node.A_Expr.name?.[0]) !== '||')
    return undefined;
  const left = constantText(node.A_Expr.lexpr);
  const right = constantText(node.A_Expr.rexpr);
  return left === undefined || right === undefined ? undefined : left + right;
}

/** True for a condition that holds for every row: true, 1 = 1, and what AND, OR and NOT make of them. */
export function isAlwaysTrue(node: Node | undefined): boolean {
  return truthOf(node) === true;
}

function truthOf(node: Node | undefined): boolean | undefined {
  if (!node) return undefined;
  if ('TypeCast' in node) return truthOfText(constantText(node)) ?? truthOf(node.TypeCast.arg);
  if ('A_Const' in node) return node.A_Const.boolval ? node.A_Const.boolval.boolval === true : undefined;
  if ('BoolExpr' in node) {
    const inside = (node.BoolExpr.args ?? []).map(truthOf);
    if (node.BoolExpr.boolop === 'NOT_EXPR') return inside[0] === undefined ? undefined : !inside[0];
    const decides = node.BoolExpr.boolop === 'OR_EXPR';
    if (inside.includes(decides)) return decides;
    return inside.includes(undefined) ? undefined : !decides;
  }
  if (!('A_Expr' in node) || node.A_Expr.kind !== 'AEXPR_OP') return undefined;
  const left = constantKey(node.A_Expr.lexpr);
  const right = constantKey(node.A_Expr.rexpr);
  if (left === undefined || right === undefined) return undefined;
  if (stringOf(node.A_Expr.name?.[0]) === '=') return left === right;
  return stringOf(node.A_Expr.name?.[0]) === '<>' ? left !== right : undefined;
}

function truthOfText(text: string | undefined): boolean | undefined {
  if (text === undefined) return undefined;
  if (/^(t|true|y|yes|on|1)$/i.test(text)) return true;
  return /^(f|false|n|no|off|0)$/i.test(text) ? false : undefined;
}

function constantKey(node: Node | undefined): string | undefined {
  if (!node || !('A_Const' in node) || node.A_Const.isnull) return undefined;
  return JSON.stringify({ ...node.A_Const, location: undefined });
}

function isNode(value: object): value is Node {
  const keys = Object.keys(value);
  return keys.length === 1 && /^[A-Z]/.test(keys[0] ?? '');
}

function addDefined(names: Set<string>, name: string | undefined): void {
  if (name !== undefined) names.add(name);
}
