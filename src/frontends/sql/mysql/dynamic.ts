/** SQL in strings: which texts a user variable may hold, as far as the migration itself says. */
import {
  accept,
  isDone,
  isName,
  isNext,
  peek,
  splitAtCommas,
  stretchOf,
  take,
  takeParentheses,
  takeUntil,
  type Cursor,
  type Stretch,
} from '../cursor.ts';
import { literalText } from './literal.ts';
import { acceptUserVariable, localName } from './session.ts';

/** The texts that an expression may have, with their places, and whether there is no choice between them. */
export type Texts = { choices: { text: string; at: Stretch }[]; sure: boolean };

/** What the user variables are known to hold, by name; undefined for one whose value is made up at run time. */
export type Variables = Map<string, Texts | undefined>;

/** The texts that an expression may have, or undefined when a part of it is not in the migration. */
export function possibleTexts(cursor: Cursor, variables: Variables, depth = 0): Texts | undefined {
  if (depth > 8 || isDone(cursor)) return undefined;
  const rest = { ...cursor };
  const inside = takeOperand(rest, variables, depth);
  return isDone(rest) ? inside : undefined;
}

/** Both values may stand after an assignment that runs only under a condition. */
export function eitherOf(before: Texts | undefined, after: Texts | undefined): Texts | undefined {
  if (!before || !after) return undefined;
  return joined([before, after]);
}

function takeOperand(cursor: Cursor, variables: Variables, depth: number): Texts | undefined {
  if (peek(cursor)?.kind === 'string') return takeLiterals(cursor);
  const variable = acceptUserVariable(cursor);
  if (variable !== undefined) return variables.get(variable);
  if (isNext(cursor, '(')) return textsInParentheses(takeParentheses(cursor), variables, depth);
  const word = take(cursor);
  if (word && isName(word) && !isNext(cursor, '(')) return variables.get(localName(word.text));
  const name = word?.upper ?? '';
  if (!isNext(cursor, '(')) return undefined;
  const whole = stretchOf({ ...cursor, at: cursor.at - 1 });
  const parts = splitAtCommas(takeParentheses(cursor));
  if (name === 'IF' && parts.length === 3)
    return joined(parts.slice(1).map((part) => possibleTexts(part, variables, depth + 1)));
  if (name === 'CONCAT')
    return concatenated(
      parts.map((part) => possibleTexts(part, variables, depth + 1)),
      whole,
    );
  return undefined;
}

/** Neighbouring literals are one string. */
function takeLiterals(cursor: Cursor): Texts {
  const from = { ...cursor };
  let text = '';
  while (peek(cursor)?.kind === 'string') {
    const token = take(cursor);
    if (token) text += literalText(token);
  }
  return { choices: [{ text, at: stretchOf({ ...from, end: cursor.at }) }], sure: true };
}

/** `(expression)` or `(SELECT expression FROM …)`. */
function textsInParentheses(inside: Cursor, variables: Variables, depth: number): Texts | undefined {
  const isQuery = accept(inside, 'SELECT');
  const expression = isQuery ? takeUntil(inside, 'FROM', 'WHERE', 'LIMIT') : inside;
  return possibleTexts(expression, variables, depth + 1);
}

function joined(parts: (Texts | undefined)[]): Texts | undefined {
  const choices: Texts['choices'] = [];
  for (const part of parts) {
    if (!part || choices.length + part.choices.length > mostChoices) return undefined;
    choices.push(...part.choices);
  }
  return { choices, sure: false };
}

const mostChoices = 50;
const longestText = 100_000;

function concatenated(parts: (Texts | undefined)[], at: Stretch): Texts | undefined {
  let text = '';
  for (const part of parts) {
    const only = part?.sure && part.choices.length === 1 ? part.choices[0] : undefined;
    if (!only || text.length + only.text.length > longestText) return undefined;
    text += only.text;
  }
  return { choices: [{ text, at }], sure: true };
}
