/** A tolerant tokenizer for the SQL of every database: it never throws, and an unfinished string or comment ends with the text. */
import type { SqlText } from './text.ts';

export type Dialect = 'postgres' | 'mysql' | 'mariadb' | 'sqlite' | 'sqlserver';

export type Token = {
  /** `word`: bare identifier or keyword. `name`: quoted identifier. `variable`: @x, @@x, :x, $1. `comment` is only given when asked for. */
  kind: 'word' | 'name' | 'string' | 'number' | 'symbol' | 'variable' | 'comment';
  /** As written; a quoted name without its quotes and with doubled ones undone. */
  text: string;
  /** Upper case for words, else as `text`: what keywords are compared with. */
  upper: string;
  /** Offsets in the whole text. */
  start: number;
  end: number;
};

/** The tokens of a stretch of SQL; comments are kept only when `comments` is given to collect them. */
export function tokenize(source: SqlText, dialect: Dialect, comments?: Token[]): Token[] {
  const tokens: Token[] = [];
  let at = source.start;
  while (at < source.end) {
    const token = nextToken(source.text, at, source.end, dialect);
    if (!token) break;
    at = token.end;
    if (token.kind === 'comment') comments?.push(token);
    else tokens.push(token);
  }
  return tokens;
}

/** The next token at or after an offset, or undefined at the end. An executable comment of MySQL is no comment: its opening and its close stand as symbols around the tokens inside. */
export function nextToken(text: string, from: number, end: number, dialect: Dialect): Token | undefined {
  let at = from;
  while (at < end && isSpace(text.charCodeAt(at))) at++;
  if (at >= end) return undefined;
  const unit = text.charCodeAt(at);
  // Most tokens are words, numbers, brackets and commas.
  if (isWordStart(unit)) return word(text, at, end, dialect);
  if (isDigit(unit)) return token('number', text, at, numberEnd(text, at, end));
  if (unit === 40 || unit === 41 || unit === 44 || unit === 59) return token('symbol', text, at, at + 1);
  const char = text[at] ?? '';
  const two = text.slice(at, at + 2);
  const mysql = dialect === 'mysql' || dialect === 'mariadb';
  if (two === '--' || (mysql && char === '#')) return token('comment', text, at, lineEnd(text, at, end));
  if (two === '/*') return blockComment(text, at, end, dialect);
  if (mysql && two === '*/') return token('symbol', text, at, at + 2);
  if (char === "'") return token('string', text, at, quoteEnd(text, at, end, "'", mysql));
  if (char === '"')
    return mysql ? token('string', text, at, quoteEnd(text, at, end, '"', true)) : quotedName(text, at, end, '"');
  if (char === '`' && dialect !== 'postgres') return quotedName(text, at, end, '`');
  if (char === '[' && (dialect === 'sqlserver' || dialect === 'sqlite')) return quotedName(text, at, end, ']');
  if (char === '$' && dialect === 'postgres') return dollarQuoted(text, at, end);
  if (char === '#' && dialect === 'sqlserver') return word(text, at, end, dialect);
  if (char === '.' && isDigit(text.charCodeAt(at + 1))) return token('number', text, at, numberEnd(text, at, end));
  if (char === '@' || (char === ':' && isWordStart(text.charCodeAt(at + 1)) && text[at - 1] !== ':'))
    return variable(text, at, end);
  if (two === '::' || two === '<=' || two === '>=' || two === '<>' || two === '!=' || two === '||' || two === ':=')
    return token('symbol', text, at, at + 2);
  return token('symbol', text, at, at + 1);
}

function token(kind: Token['kind'], text: string, start: number, end: number, value = text.slice(start, end)): Token {
  return { kind, text: value, upper: kind === 'word' ? value.toUpperCase() : value, start, end };
}

function blockComment(text: string, start: number, end: number, dialect: Dialect): Token {
  const executable = /^\/\*M?!\d*/.exec(text.slice(start, start + 12));
  if (executable && (dialect === 'mysql' || dialect === 'mariadb'))
    return token('symbol', text, start, start + executable[0].length);
  const nests = dialect === 'postgres' || dialect === 'sqlserver';
  let depth = 1;
  let at = start + 2;
  while (at < end && depth > 0) {
    const two = text.slice(at, at + 2);
    if (two === '*/') depth--;
    else if (nests && two === '/*') depth++;
    else {
      at++;
      continue;
    }
    at += 2;
  }
  return token('comment', text, start, Math.min(at, end));
}

function quoteEnd(text: string, start: number, end: number, quote: string, backslash: boolean): number {
  let at = start + 1;
  while (at < end) {
    if (backslash && text[at] === '\\') at += 2;
    else if (text[at] !== quote) at++;
    else if (text[at + 1] === quote) at += 2;
    else return at + 1;
  }
  return end;
}

function quotedName(text: string, start: number, end: number, close: string): Token {
  const stop = quoteEnd(text, start, end, close, false);
  const inner = text.slice(start + 1, text[stop - 1] === close ? stop - 1 : stop);
  return token('name', text, start, stop, inner.replaceAll(close + close, close));
}

function dollarQuoted(text: string, start: number, end: number): Token {
  const tag = /^\$(?:[A-Za-z_\u0080-\uffff][\w\u0080-\uffff]*)?\$/.exec(text.slice(start, start + 70))?.[0];
  if (!tag) return variable(text, start, end);
  const close = text.indexOf(tag, start + tag.length);
  return token('string', text, start, close === -1 || close + tag.length > end ? end : close + tag.length);
}

function word(text: string, start: number, end: number, dialect: Dialect): Token {
  if (text.charCodeAt(start + 1) === 39 && /[EeBbXxNn]/.test(text[start] ?? '')) {
    const escapes =
      (dialect === 'postgres' && /[Ee]/.test(text[start] ?? '')) || dialect === 'mysql' || dialect === 'mariadb';
    return token('string', text, start, quoteEnd(text, start + 1, end, "'", escapes));
  }
  let at = start + 1;
  while (at < end && isInWord(text.charCodeAt(at), dialect)) at++;
  return token('word', text, start, at);
}

/** Behind the first character digits and `$` may stand too; for SQL Server `#` and `@`. */
function isInWord(unit: number, dialect: Dialect): boolean {
  return isWordStart(unit) || isDigit(unit) || unit === 36 || (dialect === 'sqlserver' && (unit === 35 || unit === 64));
}

function variable(text: string, start: number, end: number): Token {
  let at = start + 1;
  while (
    at < end &&
    (text[at] === '@' || isWordStart(text.charCodeAt(at)) || isDigit(text.charCodeAt(at)) || text[at] === '$')
  )
    at++;
  return token(at === start + 1 ? 'symbol' : 'variable', text, start, at);
}

function numberEnd(text: string, start: number, end: number): number {
  let at = start;
  while (at < end && /[\w.]/.test(text[at] ?? '')) at++;
  return at;
}

function lineEnd(text: string, start: number, end: number): number {
  let at = start;
  while (at < end && text.charCodeAt(at) !== 10 && text.charCodeAt(at) !== 13) at++;
  return at;
}

function isSpace(unit: number): boolean {
  return unit <= 32 || unit === 0xa0 || unit === 0xfeff;
}

function isDigit(unit: number): boolean {
  return unit >= 48 && unit <= 57;
}

function isWordStart(unit: number): boolean {
  return (
    (unit >= 65 && unit <= 90) ||
    (unit >= 97 && unit <= 122) ||
    unit === 95 ||
    (unit >= 128 && unit !== 0xa0 && unit !== 0xfeff)
  );
}
