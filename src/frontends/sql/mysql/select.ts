/** SELECT and DO: questions, unless they call a function of the project's own; and what they put into variables. */
import { accept, isDone, isNext, peek, splitAtCommas, take, takeUntil, textOf, type Cursor } from '../cursor.ts';
import { builtInFunctions, wordsBeforeParentheses } from './built-in-functions.ts';
import { eitherOf, possibleTexts } from './dynamic.ts';
import type { Effect } from './effect.ts';
import type { Script } from './script.ts';
import { acceptUserVariable, localName, type Assignment } from './session.ts';

/** Reads SELECT and DO. */
export function readSelect(cursor: Cursor, script: Script): Effect[] {
  const code = textOf(cursor);
  const isAsking = !callsOwnFunction(cursor);
  const verb = take(cursor)?.upper ?? '';
  readInto({ ...cursor }, script);
  return isAsking ? [{ kind: 'noEffect', what: verb }] : [{ kind: 'runCode', code }];
}

/** Remembers what a variable may hold. Under a condition it may still hold what it held before. */
export function assignVariable({ variable, value }: Assignment, script: Script): void {
  const { variables } = script;
  const texts = possibleTexts(value, variables);
  const isSecond = script.conditional && variables.has(variable);
  variables.set(variable, isSecond ? eitherOf(variables.get(variable), texts) : texts);
}

/** A word before a parenthesis is a call, unless it is a keyword; one behind a dot is a function of a database. */
function callsOwnFunction(cursor: Cursor): boolean {
  for (let at = cursor.at; at + 1 < cursor.end; at++) {
    const token = cursor.tokens[at];
    if (!token || cursor.tokens[at + 1]?.text !== '(' || cursor.tokens[at + 1]?.kind !== 'symbol') continue;
    if (token.kind === 'name') return true;
    if (token.kind !== 'word' || wordsBeforeParentheses.has(token.upper)) continue;
    if (!builtInFunctions.has(token.text.toLowerCase())) return true;
  }
  return false;
}

/** SELECT expression INTO @a, and SELECT @a := expression. */
function readInto(cursor: Cursor, script: Script): void {
  const expressions = splitAtCommas(takeUntil({ ...cursor }, 'INTO', 'FROM', 'WHERE', 'LIMIT'));
  for (const expression of expressions) {
    const variable = acceptUserVariable(expression);
    if (variable !== undefined && accept(expression, ':=')) assignVariable({ variable, value: expression }, script);
  }
  takeUntil(cursor, 'INTO');
  if (!accept(cursor, 'INTO') || isNext(cursor, 'OUTFILE|DUMPFILE')) return;
  for (const [index, target] of splitAtCommas(takeUntil(cursor, 'FROM', 'WHERE', 'LIMIT')).entries()) {
    const variable = acceptUserVariable(target) ?? localName(peek(target)?.text ?? '');
    const value = expressions[index];
    if (value && !isDone(value)) assignVariable({ variable, value }, script);
  }
}
