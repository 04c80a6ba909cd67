/** What a SELECT does through the functions that it calls. */
import type { FuncCall, Node, SelectStmt } from 'libpg-query';
import { isBuiltIn } from './built-in-functions.ts';
import { constantText, nodesOf } from './expression.ts';
import { nameOfNodes, qualified, stringsOf } from './names.ts';
import { readSetting } from './session.ts';
import type { Effect } from './statement.ts';

/** The effects of the functions in a query: settings, sequences, and code of the project's own, which is named once as `code`. */
export function readCalls(query: SelectStmt | Node, code: string): Effect[] {
  const effects: Effect[] = [];
  let runsCode = false;
  for (const node of nodesOf(query)) {
    if (!('FuncCall' in node)) continue;
    const name = nameOfNodes(node.FuncCall.funcname);
    if (name === 'set_config') effects.push(readSetConfig(node.FuncCall));
    else if (name === 'setval') effects.push(readSetval(node.FuncCall));
    else if (!isBuiltIn(name) || isOfAnotherSchema(node.FuncCall)) runsCode = true;
  }
  return runsCode ? [...effects, { kind: 'runCode', code }] : effects;
}

/** A function of `public` is the project's own, whatever its name. */
function isOfAnotherSchema(call: FuncCall): boolean {
  const parts = stringsOf(call.funcname);
  return parts.length > 1 && parts[0] !== 'pg_catalog';
}

function readSetConfig(call: FuncCall): Effect {
  const [setting, value, local] = call.args ?? [];
  const name = constantText(setting);
  if (name === undefined) return { kind: 'opaque', reason: 'it sets a setting whose name is put together at run time' };
  return readSetting(name.toLowerCase(), constantText(value), isTrue(local));
}

function isTrue(node: Node | undefined): boolean {
  return node !== undefined && 'A_Const' in node && node.A_Const.boolval?.boolval === true;
}

function readSetval(call: FuncCall): Effect {
  const sequence = constantText(call.args?.[0]);
  if (sequence === undefined) return { kind: 'noEffect', what: 'setval of a sequence' };
  const name = qualified(sequence.split('.').map((part) => part.replace(/^"(.*)"$/, '$1')));
  const number = wholeNumber(call.args?.[1]);
  return {
    kind: 'alterObject',
    object: 'sequence',
    name,
    change: number === undefined ? 'setval' : `setval ${number}`,
  };
}

function wholeNumber(node: Node | undefined): number | undefined {
  return node && 'A_Const' in node && node.A_Const.ival ? (node.A_Const.ival.ival ?? 0) : undefined;
}
