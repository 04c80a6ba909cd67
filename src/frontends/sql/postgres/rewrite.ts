/** What is changed in a statement before the parser sees it, so that it can be read at all. */
import { tokenize, type Token } from '../tokens.ts';
import { closeOf, findOutsideBrackets, isSymbol, isWord, type Place } from './statement.ts';

/** VALUES with more than this many tokens is read by its first row. */
const manyTokens = 20_000;

/** A statement whose list of VALUES is long, without the rows behind the first: they say the same to every rule. */
export function withoutFurtherRows(
  text: string,
  place: Place,
  tokens: Token[],
): { text: string; end: number; tokens: Token[] } {
  const whole = { text, end: place.end, tokens };
  if (tokens.length < manyTokens || !isWord(tokens[0], 'INSERT')) return whole;
  const values = findOutsideBrackets(tokens, 0, (token) => isWord(token, 'VALUES'));
  if (values === undefined || !isSymbol(tokens[values + 1], '(')) return whole;
  const firstClose = closeOf(tokens, values + 1);
  let next = firstClose + 1;
  while (isSymbol(tokens[next], ',') && isSymbol(tokens[next + 1], '(')) next = closeOf(tokens, next + 1) + 1;
  const cutFrom = tokens[firstClose]?.end;
  const rest = tokens[next];
  if (cutFrom === undefined || next <= firstClose + 1) return whole;
  if (!rest) return { text, end: cutFrom, tokens: tokens.slice(0, firstClose + 1) };
  const cut = rest.start - cutFrom - 1;
  return {
    text: `${text.slice(0, cutFrom)} ${text.slice(rest.start)}`,
    end: place.end - cut,
    tokens: [
      ...tokens.slice(0, firstClose + 1),
      ...tokens.slice(next).map((token) => ({ ...token, start: token.start - cut, end: token.end - cut })),
    ],
  };
}

/**
 * A statement with its variables of psql replaced at equal length, or undefined when it has none:
 * `:'name'` becomes a string, `:"name"` and `:name` a name. The modifier letter ː looks like the colon and may stand in a name.
 */
export function maskVariables(sql: string, start: number, tokens: Token[]): string | undefined {
  const colons = tokens.filter((token, index) => isVariable(token, tokens[index + 1]));
  if (colons.length === 0) return undefined;
  let masked = '';
  let at = 0;
  for (const colon of colons) {
    masked += sql.slice(at, colon.start - start) + (colon.kind === 'variable' ? 'ː' : ' ');
    at = colon.start - start + 1;
  }
  return masked + sql.slice(at);
}

function isVariable(token: Token, next: Token | undefined): boolean {
  if (token.kind === 'variable') return token.text.startsWith(':');
  return isSymbol(token, ':') && next?.start === token.end && (next.kind === 'string' || next.kind === 'name');
}

/**
 * A DO statement with `table%ROWTYPE` replaced by `record` at equal length: the parser alone does not know the table's columns,
 * and refuses to assign to one.
 */
export function withRecords(sql: string, body: Place): string {
  const tokens = tokenize({ path: '', text: sql, ...body }, 'postgres');
  let rewritten = '';
  let at = 0;
  for (const [index, token] of tokens.entries()) {
    if (!isWord(token, 'ROWTYPE') || !isSymbol(tokens[index - 1], '%')) continue;
    let first = index - 2;
    while (isSymbol(tokens[first - 1], '.')) first -= 2;
    const start = tokens[first]?.start;
    if (start === undefined || start < at) continue;
    rewritten += sql.slice(at, start) + 'record'.padEnd(token.end - start);
    at = token.end;
  }
  return rewritten + sql.slice(at);
}
