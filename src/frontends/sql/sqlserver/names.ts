/** Names of SQL Server: up to four parts, brackets undone, `dbo` left out. */
import type { Name } from '../../../operations/name.ts';
import { accept, createCursor, fail, isDone, isName, isNext, peek, take, takeName, type Cursor } from '../cursor.ts';
import { wholeFile } from '../text.ts';
import { tokenize, type Token } from '../tokens.ts';

/** Moves past the name of a table or another object. */
export function takeObjectName(cursor: Cursor): Name {
  return joinName(takeParts(cursor));
}

/** Moves past a name of several parts; a part that is left out, as in `tempdb..#t`, is not given. */
export function takeParts(cursor: Cursor): string[] {
  const parts = [takeName(cursor)];
  while (accept(cursor, '.')) {
    while (accept(cursor, '.'));
    parts.push(takeName(cursor));
  }
  return parts;
}

/** The parts as one name: `dbo` is the default schema, and a temporary table needs no other part. */
export function joinName(parts: readonly string[]): Name {
  const last = parts.at(-1) ?? '';
  if (last.startsWith('#')) return last;
  return [...parts.slice(0, -1).filter((part) => part.toLowerCase() !== 'dbo'), last].join('.');
}

/** The mark of a table that lives in tempdb. */
export function temporary(table: Name): { temporary?: true } {
  return table.startsWith('#') ? { temporary: true } : {};
}

/** What stands between the quotes of a string, with doubled ones undone. */
export function literalText(token: Token): string {
  const open = token.text.indexOf("'");
  const close = token.text.length > open + 1 && token.text.endsWith("'") ? -1 : undefined;
  return token.text.slice(open + 1, close).replaceAll("''", "'");
}

/** The parts of a name that is given as text, as procedures of the system take it. */
export function partsOfText(text: string): string[] {
  const cursor = createCursor(text, tokenize(wholeFile('', text), 'sqlserver'));
  const parts = takeParts(cursor);
  return isDone(cursor) ? parts : fail(cursor, 'the end of the name');
}

/** Moves past a string and gives its text. */
export function takeLiteral(cursor: Cursor): string {
  const token = peek(cursor);
  if (token?.kind !== 'string') fail(cursor, 'a string');
  take(cursor);
  return literalText(token);
}

/** True when the statement goes on with a variable where a table may stand: `INSERT INTO @rows`. */
export function isTableVariable(cursor: Cursor): boolean {
  return peek(cursor)?.kind === 'variable';
}

/** The alias that may follow a table. */
export function takeAlias(cursor: Cursor): string | undefined {
  if (accept(cursor, 'AS')) return takeName(cursor);
  const token = peek(cursor);
  if (!isName(token) || isNext(cursor, clauseWords)) return undefined;
  return takeName(cursor);
}

const clauseWords =
  'WITH|WHERE|INNER|LEFT|RIGHT|FULL|CROSS|OUTER|JOIN|ON|GROUP|ORDER|OPTION|USING|SET|OUTPUT|HAVING|UNION|PIVOT|UNPIVOT|FOR|TABLESAMPLE|VALUES|SELECT|DEFAULT|WHEN|EXCEPT|INTERSECT|EXEC|EXECUTE|FROM';
