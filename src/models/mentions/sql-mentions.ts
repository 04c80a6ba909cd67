/** Columns that SQL names: behind their table or its alias, or in a statement that is about that table alone. */
import type { SqlText } from '../../frontends/sql/text.ts';
import { tokenize, type Dialect, type Token } from '../../frontends/sql/tokens.ts';
import type { Sought } from '../../operations/mentions.ts';

/** A column that was found; offsets are those of the file. */
export type Found = { sought: Sought; start: number; end: number; isCertain: boolean; isAnswer?: true };

/** Reads a stretch of SQL, or a piece of it such as `users.email = ?`. A piece names a column only behind the name of its table. */
export function readSqlMentions(stretch: SqlText, sought: readonly Sought[], dialect: Dialect): Found[] {
  return statementsIn(tokenize(stretch, dialect)).flatMap((tokens) => [
    ...sought.flatMap((each) => namedIn(tokens, each)),
    ...tokens.flatMap((token) => bodyOf(token, stretch, sought, dialect)),
  ]);
}

/** True where a text can be a statement rather than words of a person. */
export function beginsStatement(text: string): boolean {
  return beginnings.has(/^[\s(]*(\w+)/.exec(text)?.[1]?.toUpperCase() ?? '');
}

const beginnings = new Set(['SELECT', 'INSERT', 'UPDATE', 'DELETE', 'WITH', 'MERGE', 'REPLACE', 'CREATE']);

/** The body of a function between dollars is SQL as well. */
function bodyOf(token: Token, { path, text }: SqlText, sought: readonly Sought[], dialect: Dialect): Found[] {
  const open = token.kind === 'string' && token.text.startsWith('$') ? token.text.indexOf('$', 1) + 1 : 0;
  if (open === 0 || token.text.length < 2 * open) return [];
  return readSqlMentions({ path, text, start: token.start + open, end: token.end - open }, sought, dialect);
}

function statementsIn(tokens: readonly Token[]): Token[][] {
  const statements: Token[][] = [[]];
  for (const token of tokens) {
    if (token.text === ';' && token.kind === 'symbol') statements.push([]);
    else statements.at(-1)?.push(token);
  }
  return statements;
}

function namedIn(tokens: readonly Token[], sought: Sought): Found[] {
  const table = lastOf(sought.table);
  const read = tablesIn(tokens);
  const own = read.filter((each) => each.table === table);
  const qualifiers = new Set([table, ...own.flatMap(({ alias }) => alias ?? [])]);
  const isAlone = own.length > 0 && own.length === read.length;
  const named = tokens.map((token) => isName(token) && token.text.toLowerCase() === sought.column.toLowerCase());
  // Behind AS it is the name of something that the statement makes, and so it may be wherever it stands alone.
  const isMade = tokens.some((_, at) => named[at] && tokens[at - 1]?.upper === 'AS');
  return tokens.flatMap((token, at) => {
    if (!named[at] || tokens[at - 1]?.upper === 'AS' || isParameter(tokens[at - 1], token)) return [];
    const qualifier = isDot(tokens[at - 1]) ? tokens[at - 2]?.text.toLowerCase() : undefined;
    const isOwn = qualifier === undefined ? isAlone && !opens(tokens[at + 1]) : qualifiers.has(qualifier);
    const isCertain = qualifier === undefined ? !isMade : !isOnlyName(tokens);
    return isOwn ? [{ sought, start: token.start, end: token.end, isCertain }] : [];
  });
}

/** `users.email` and nothing else may be a key of texts or a name of a permission. */
function isOnlyName(tokens: readonly Token[]): boolean {
  return tokens.every((token) => isName(token) || isDot(token)) && tokens.length <= 3;
}

/** `:email`, `@email`: what the program gives. */
function isParameter(before: Token | undefined, { start }: Token): boolean {
  return before !== undefined && before.end === start && /^[:@$]$/.test(before.text);
}

type Read = { table: string; alias?: string };

const leading = new Set(['FROM', 'JOIN', 'UPDATE', 'INTO', 'USING']);
const following = new Set(
  'AS CROSS DEFAULT FOR FULL GROUP HAVING INNER JOIN LEFT LIMIT NATURAL OFFSET ON ORDER OUTER RETURNING RIGHT SELECT SET UNION USING VALUES WHERE WINDOW'.split(
    ' ',
  ),
);

/** The tables that a statement reads or writes, with their aliases. A list with commas is followed, a query in its place is not a table. */
function tablesIn(tokens: readonly Token[]): Read[] {
  const read: Read[] = [];
  for (const [index, token] of tokens.entries()) {
    if (token.kind !== 'word' || !leading.has(token.upper)) continue;
    let at: number | undefined = tokens[index + 1]?.upper === 'ONLY' ? index + 2 : index + 1;
    while (at !== undefined) at = addTable(tokens, at, read);
  }
  return read;
}

/** Adds one, and gives the place of the next in its list. */
function addTable(tokens: readonly Token[], from: number, read: Read[]): number | undefined {
  let at = from;
  let name = tokens[at];
  while (isDot(tokens[at + 1])) {
    at += 2;
    name = tokens[at];
  }
  if (!name || !isName(name)) return undefined;
  at += tokens[at + 1]?.upper === 'AS' ? 2 : 1;
  const next = tokens[at];
  const alias = next && isName(next) && !(next.kind === 'word' && following.has(next.upper)) ? next : undefined;
  read.push({ table: name.text.toLowerCase(), ...(alias && { alias: alias.text.toLowerCase() }) });
  return tokens[alias ? at + 1 : at]?.text === ',' ? (alias ? at + 2 : at + 1) : undefined;
}

function isName(token: Token): boolean {
  return token.kind === 'word' || token.kind === 'name';
}

function isDot(token: Token | undefined): boolean {
  return token?.kind === 'symbol' && token.text === '.';
}

function opens(token: Token | undefined): boolean {
  return token?.kind === 'symbol' && (token.text === '(' || token.text === '.');
}

function lastOf(table: string): string {
  return table.slice(table.lastIndexOf('.') + 1).toLowerCase();
}
