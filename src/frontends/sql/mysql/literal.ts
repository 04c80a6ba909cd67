/** String literals as the server reads them. */
import type { Token } from '../tokens.ts';

const escapes: Record<string, string> = { n: '\n', t: '\t', r: '\r', b: '\b', '0': '\0', Z: '\u001a' };

/** The text that a string token stands for: without quotes, doubled quotes and backslashes undone. */
export function literalText(token: Token): string {
  const open = /^[^'"]*/.exec(token.text)?.[0].length ?? 0;
  const quote = token.text[open] ?? "'";
  const closed = token.text.length > open + 1 && token.text.endsWith(quote);
  const inner = token.text.slice(open + 1, closed ? -1 : undefined);
  return inner.replaceAll(
    /\\(.)|(['"])\2/gs,
    (pair: string, escaped: string | undefined, doubled: string | undefined) =>
      escaped === undefined ? (doubled === quote ? quote : pair) : unescape(escaped),
  );
}

/** True for a string or a quoted name that does not end before the text does. */
export function isUnfinished(token: Token, text: string): boolean {
  const written = text.slice(token.start, token.end);
  if (token.kind === 'name') return written.split('`').length % 2 === 0;
  if (token.kind !== 'string') return false;
  const open = /^[^'"]*/.exec(written)?.[0].length ?? 0;
  for (let at = open + 1; at < written.length; at++) {
    if (written[at] === '\\') at++;
    else if (written[at] === written[open]) {
      if (written[at + 1] !== written[open]) return false;
      at++;
    }
  }
  return true;
}

/** A backslash before % and _ stays: they mean something to LIKE. */
function unescape(letter: string): string {
  return letter === '%' || letter === '_' ? `\\${letter}` : (escapes[letter] ?? letter);
}
