/** Splits SQL as people's files hold it into statements: delimiters, compound bodies, psql lines, COPY data, GO. One broken statement never loses its neighbours. */
import type { Comment } from '../../operations/migration.ts';
import { createLocator, type SqlText } from './text.ts';
import { nextToken, type Dialect, type Token } from './tokens.ts';

/**
 * `statement`: up to, and without, its delimiter. `client`: a line for the client program, such as `\set` of psql, without effect on the server's grammar.
 * SQL Server's pieces are the batches between GO lines: its statements need no delimiter, so its reader looks further.
 */
export type Piece = { kind: 'statement' | 'client'; start: number; end: number; tokens: Token[] };

export type Split = { pieces: Piece[]; comments: Comment[] };

/** Splits a stretch of SQL; offsets are those of the whole text. */
export function split(source: SqlText, dialect: Dialect): Split {
  const locate = createLocator(source.path, source.text);
  const pieces: Piece[] = [];
  const comments: Comment[] = [];
  const state: State = { delimiter: ';', body: false, depth: 0, tokens: [] };
  const psql = dialect === 'postgres';
  let at = source.start;
  while (at < source.end) {
    const clientEnd = state.tokens.length === 0 ? clientLineEnd(source, at, dialect, state) : undefined;
    if (clientEnd !== undefined) {
      const start = skipSpace(source, at);
      pieces.push({ kind: 'client', start, end: clientEnd, tokens: [] });
      at = clientEnd;
      continue;
    }
    const token = tokenBefore(source, at, dialect, state.delimiter);
    if (!token) break;
    if (psql && token.kind === 'symbol' && token.text === '\\') {
      const line = commandAfter(source, token.start);
      if (line.sends) finish(state, pieces, token.start);
      if (line.command !== ';') pieces.push({ kind: 'client', start: token.start, end: line.end, tokens: [] });
      at = line.end;
      continue;
    }
    const stop = delimiterEnd(source, token, dialect, state);
    if (stop !== undefined) {
      const ended = finish(state, pieces, Math.min(token.start, stop.start));
      at = ended && isCopyFromStdin(ended.tokens, dialect) ? copyDataEnd(source, stop.end) : stop.end;
      continue;
    }
    at = token.end;
    if (token.kind === 'comment') comments.push({ text: token.text, span: locate(token.start, token.end) });
    else push(state, token, dialect);
  }
  finish(state, pieces, source.end);
  return { pieces, comments };
}

/**
 * A backslash command of psql behind the beginning of a statement. `\g` and its kin send the statement, as `\;` does later;
 * others, such as `\set`, leave it open.
 */
function commandAfter(source: SqlText, at: number): { command: string; sends: boolean; end: number } {
  if (source.text[at + 1] === ';') return { command: ';', sends: true, end: at + 2 };
  const { end } = lineAround(source, at);
  const command = /^[a-z]*/i.exec(source.text.slice(at + 1, Math.min(end, at + 30)))?.[0] ?? '';
  return { command, sends: /^(g|gx|gdesc|gexec|gset|watch|crosstabview|bind|parse)$/.test(command), end };
}

/** The next token. A delimiter such as `$$` ends the word that it is written against, as in `END$$`. */
function tokenBefore(source: SqlText, at: number, dialect: Dialect, delimiter: string): Token | undefined {
  const token = nextToken(source.text, at, source.end, dialect);
  if (token?.kind !== 'word' || delimiter === ';') return token;
  const stop = source.text.slice(token.start, token.end + delimiter.length - 1).indexOf(delimiter);
  return stop > 0 ? nextToken(source.text, at, token.start + stop, dialect) : token;
}

/** `body`: inside the compound body of a routine; `depth`: its BEGIN and CASE that are open. */
type State = { delimiter: string; body: boolean; depth: number; tokens: Token[] };

function finish(state: State, pieces: Piece[], end: number): Piece | undefined {
  const first = state.tokens[0];
  const last = state.tokens.at(-1);
  const piece: Piece | undefined =
    first && last
      ? { kind: 'statement', start: first.start, end: Math.min(end, last.end), tokens: state.tokens }
      : undefined;
  if (piece) pieces.push(piece);
  state.tokens = [];
  state.body = false;
  state.depth = 0;
  return piece;
}

function push(state: State, token: Token, dialect: Dialect): void {
  state.tokens.push(token);
  if (dialect === 'postgres' && token.kind === 'symbol' && isRule(state.tokens)) {
    if (token.text === '(') state.depth++;
    else if (token.text === ')') state.depth--;
  }
  if (token.kind !== 'word' || dialect === 'sqlserver') return;
  const previous = state.tokens.at(-2);
  if (state.body) state.depth += depthChange(token, previous);
  else if (opensBody(state.tokens, token, previous, dialect)) {
    state.body = true;
    state.depth = 1;
  }
}

/** The actions of CREATE RULE stand in parentheses, with semicolons between them. */
function isRule(tokens: Token[]): boolean {
  return tokens[0]?.upper === 'CREATE' && (tokens[1]?.upper === 'RULE' || tokens[3]?.upper === 'RULE');
}

/** Every block is closed by one END, whatever word follows it; IF and REPEAT are functions too, except where a statement begins. */
function depthChange(token: Token, previous: Token | undefined): number {
  if (token.upper === 'END') return -1;
  if (previous?.upper === 'END') return 0;
  if (token.upper === 'BEGIN' || token.upper === 'CASE') return 1;
  return isBlock(token) && isStatementStart(previous) ? 1 : 0;
}

function isBlock(token: Token): boolean {
  return /^(IF|CASE|LOOP|WHILE|REPEAT|FOR)$/.test(token.upper);
}

function isStatementStart(previous: Token | undefined): boolean {
  return previous !== undefined && /^(;|:|BEGIN|ATOMIC|THEN|ELSE|DO|LOOP|REPEAT)$/.test(previous.upper);
}

function opensBody(tokens: Token[], token: Token, previous: Token | undefined, dialect: Dialect): boolean {
  if (dialect === 'postgres') return token.upper === 'ATOMIC' && previous?.upper === 'BEGIN';
  if (dialect === 'mariadb' && tokens.length === 1 && isBlock(token)) return true;
  if (dialect === 'mariadb' && token.upper === 'ATOMIC' && previous?.upper === 'NOT' && tokens.length === 3)
    return true;
  if (tokens[0]?.upper.replace(/^\/\*M?!\d*/, 'CREATE') !== 'CREATE') return false;
  const mayOpen = token.upper === 'BEGIN' || (isBlock(token) && /^(\)|ROW|DO)$/.test(previous?.upper ?? ''));
  return (
    mayOpen &&
    tokens.slice(0, 16).some((word) => word.kind === 'word' && /^(PROCEDURE|FUNCTION|TRIGGER|EVENT)$/.test(word.upper))
  );
}

/** The delimiter that begins at the token, if one does; GO counts where it stands alone on its line. */
function delimiterEnd(
  source: SqlText,
  token: Token,
  dialect: Dialect,
  state: State,
): { start: number; end: number } | undefined {
  if (dialect === 'sqlserver') {
    if (token.upper !== 'GO' || token.kind !== 'word') return undefined;
    const line = lineAround(source, token.start);
    return /^\s*GO(\s+\d+)?\s*;?\s*(--.*)?$/i.test(source.text.slice(line.start, line.end))
      ? { start: token.start, end: line.end }
      : undefined;
  }
  if (state.delimiter === ';')
    return state.depth === 0 && token.kind === 'symbol' && token.text === ';' ? token : undefined;
  const end = token.start + state.delimiter.length;
  return source.text.slice(token.start, end) === state.delimiter ? { start: token.start, end } : undefined;
}

/** The end of a line for the client, where one begins here: psql's backslash commands and mysql's DELIMITER, which also takes effect. */
function clientLineEnd(source: SqlText, from: number, dialect: Dialect, state: State): number | undefined {
  if (dialect === 'sqlite' || dialect === 'sqlserver') return undefined;
  const at = skipSpace(source, from);
  if (dialect === 'postgres') return source.text[at] === '\\' ? lineAround(source, at).end : undefined;
  if (dialect !== 'mysql' && dialect !== 'mariadb') return undefined;
  // Finding the line costs its length, and a file may be one long line of statements.
  if (source.text.slice(at, at + 9).toUpperCase() !== 'DELIMITER') return undefined;
  const line = lineAround(source, at);
  const delimiter = /^DELIMITER\s+(\S+)/i.exec(source.text.slice(at, line.end))?.[1];
  if (delimiter === undefined) return undefined;
  state.delimiter = delimiter;
  return line.end;
}

function isCopyFromStdin(tokens: Token[], dialect: Dialect): boolean {
  if (dialect !== 'postgres' || tokens[0]?.upper !== 'COPY') return false;
  return tokens.some((token, index) => token.upper === 'STDIN' && tokens[index - 1]?.upper === 'FROM');
}

/** Data of COPY runs from the next line to a line that holds `\.` alone, or to the end. */
function copyDataEnd(source: SqlText, from: number): number {
  let at = lineAround(source, from).end;
  while (at < source.end) {
    const line = lineAround(source, at + 1);
    if (source.text.slice(line.start, line.end).trimEnd() === '\\.') return line.end;
    at = Math.max(line.end, at + 1);
  }
  return source.end;
}

function skipSpace(source: SqlText, from: number): number {
  let at = from;
  while (at < source.end && /\s/.test(source.text[at] ?? '')) at++;
  return at;
}

function lineAround(source: SqlText, at: number): { start: number; end: number } {
  const start = source.text.lastIndexOf('\n', at - 1) + 1;
  const newline = source.text.indexOf('\n', at);
  return { start: Math.max(start, source.start), end: newline === -1 || newline > source.end ? source.end : newline };
}
