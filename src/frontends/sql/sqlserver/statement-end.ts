/** Where a statement of SQL Server ends: at a semicolon, or where the next one begins. */
import { accept, isDone, isName, isNext, peek, take, takeParentheses, type Cursor } from '../cursor.ts';
import type { Token } from '../tokens.ts';

/** Moves past the statement that comes next, but not past its semicolon. It always moves. */
export function skipToStatementEnd(cursor: Cursor): void {
  if (takesRestOfBatch(cursor)) {
    cursor.at = cursor.end;
    return;
  }
  const begin = cursor.at;
  const state = openStatement(cursor);
  let depth = 0;
  let cases = 0;
  for (; !isDone(cursor); take(cursor)) {
    if (isNext(cursor, '(')) depth++;
    else if (isNext(cursor, ')')) depth = Math.max(0, depth - 1);
    if (depth > 0) continue;
    if (isNext(cursor, ';')) return;
    if (isNext(cursor, 'CASE')) cases++;
    else if (isNext(cursor, 'END') && cases > 0) cases--;
    else if (cases === 0 && !isRowEnd(cursor) && (isNext(cursor, 'END|ELSE') || endsBefore(cursor, state))) return;
  }
  if (depth > 0) stopAtSemicolon(cursor, begin);
}

/** The second column of a period, GENERATED ALWAYS AS ROW END. */
function isRowEnd(cursor: Cursor): boolean {
  const [as, row] = cursor.tokens.slice(Math.max(0, cursor.at - 2), cursor.at);
  return isNext(cursor, 'END') && as?.upper === 'AS' && row?.upper === 'ROW';
}

/** A parenthesis that is never closed costs this statement, not those after its semicolon. */
function stopAtSemicolon(cursor: Cursor, begin: number): void {
  cursor.at = begin + 1;
  while (!isDone(cursor) && !isNext(cursor, ';')) take(cursor);
}

/** True where a statement begins, for a place that does not continue one. */
export function isStatementStart(cursor: Cursor): boolean {
  const token = peek(cursor);
  if (token?.kind !== 'word') return false;
  if (token.upper === 'WITH') return isCommonTable(cursor);
  if (token.upper === 'DISABLE' || token.upper === 'ENABLE') return isNext(cursor, token.upper, 'TRIGGER');
  if (token.upper === 'THROW') return isThrow(cursor);
  return starts.has(token.upper);
}

/** CREATE and ALTER of these are alone in their batch: https://learn.microsoft.com/sql/t-sql/statements/create-procedure-transact-sql */
export function takesRestOfBatch(cursor: Cursor): boolean {
  const kinds = 'PROC|PROCEDURE|FUNCTION|TRIGGER|VIEW';
  return isNext(cursor, 'CREATE|ALTER', kinds) || isNext(cursor, 'CREATE', 'OR', 'ALTER', kinds);
}

/** `verb` is what the statement does, which may stand after its common tables; `awaits` are the words that belong to it once. */
type State = { verb: string; awaits: Set<string> };

/** Moves past the words at the beginning that could be taken for another statement. */
function openStatement(cursor: Cursor): State {
  if (isNext(cursor, 'ALTER')) skipAlterHead(cursor);
  if (accept(cursor, 'WITH')) skipCommonTables(cursor);
  if (accept(cursor, 'BULK')) skip(cursor);
  const verb = skip(cursor)?.upper ?? '';
  return { verb, awaits: new Set(isNext(cursor, 'STATISTICS') ? [] : awaited[verb]) };
}

/** Moves past one token, but never out of the statement. */
function skip(cursor: Cursor): Token | undefined {
  return isNext(cursor, ';') ? undefined : take(cursor);
}

const awaited: Partial<Record<string, string[]>> = {
  INSERT: ['SELECT', 'EXEC', 'EXECUTE', 'VALUES'],
  UPDATE: ['SET'],
  GRANT: ['TO'],
  DENY: ['TO'],
  REVOKE: ['TO', 'FROM'],
};

function endsBefore(cursor: Cursor, state: State): boolean {
  const word = peek(cursor)?.upper ?? '';
  if (state.awaits.has(word)) {
    state.awaits.clear();
    return false;
  }
  if (/^(GRANT|DENY|REVOKE)$/.test(state.verb) && state.awaits.size > 0) return false;
  // MERGE has to end with a semicolon.
  if (state.verb === 'MERGE') return false;
  return isStatementStart(cursor) && !isContinuation(cursor, word);
}

/** The words that are a statement of their own elsewhere, and not after the one that stands before them. */
function isContinuation(cursor: Cursor, word: string): boolean {
  const previous = cursor.tokens[cursor.at - 1]?.upper ?? '';
  if (word === 'IF') return isNext(cursor, 'IF', 'EXISTS') && !isNext(cursor, 'IF', 'EXISTS', '(');
  if (word === 'WITH') return previous === 'FOR' || previous === 'AS';
  if (word === 'DROP') return isNext(cursor, 'DROP', 'PERSISTED|ROWGUIDCOL|MASKED|HIDDEN|SPARSE|MEMBER');
  if (word === 'MERGE') return isNext(cursor, 'MERGE', 'JOIN');
  return continues[word]?.includes(previous) ?? false;
}

const continues: Partial<Record<string, string[]>> = {
  SELECT: ['UNION', 'ALL', 'EXCEPT', 'INTERSECT', 'FOR', 'AS'],
  SET: ['DELETE', 'UPDATE'],
  DELETE: ['ON'],
  UPDATE: ['ON', 'FOR'],
  FETCH: ['ROW', 'ROWS'],
  ROLLBACK: ['WITH'],
  GRANT: ['WITH'],
  EXEC: ['WITH'],
  EXECUTE: ['WITH'],
};

/** ALTER, what is altered and its name, so that the next word is what is done with it. */
function skipAlterHead(cursor: Cursor): void {
  take(cursor);
  if (accept(cursor, 'INDEX')) {
    skipName(cursor);
    accept(cursor, 'ON');
  } else {
    if (isNext(cursor, 'PARTITION|SERVER|SECURITY|FULLTEXT', 'FUNCTION|SCHEME|ROLE|POLICY|INDEX|CATALOG')) take(cursor);
    skip(cursor);
    while (accept(cursor, 'SCOPED|CONFIGURATION|ON'));
  }
  if (!isNext(cursor, 'SET')) skipName(cursor);
  if (isNext(cursor, '(', ')')) cursor.at += 2;
  accept(cursor, 'WITH', 'CHECK|NOCHECK');
  if (accept(cursor, 'ALTER', 'COLUMN')) skip(cursor);
}

function skipName(cursor: Cursor): void {
  if (!isName(peek(cursor))) return;
  take(cursor);
  while (accept(cursor, '.')) if (isName(peek(cursor))) take(cursor);
}

/** `WITH a AS (…), b (x) AS (…)`, after WITH; what is not of this shape stops the moving. */
export function skipCommonTables(cursor: Cursor): void {
  do {
    skip(cursor);
    if (isNext(cursor, '(')) skipParentheses(cursor);
    if (accept(cursor, 'AS')) skipParentheses(cursor);
  } while (accept(cursor, ','));
}

/** Stays where nothing closes, which the scan of the statement notices. */
function skipParentheses(cursor: Cursor): void {
  try {
    takeParentheses(cursor);
  } catch {
    return;
  }
}

function isCommonTable(cursor: Cursor): boolean {
  const rest = { ...cursor, at: cursor.at + 1 };
  if (accept(rest, 'XMLNAMESPACES')) return isNext(rest, '(');
  if (!isName(take(rest))) return false;
  if (isNext(rest, 'AS', '(')) return true;
  if (!isNext(rest, '(')) return false;
  skipParentheses(rest);
  return isNext(rest, 'AS', '(');
}

/** THROW is no reserved word, so that only its own shapes count. */
function isThrow(cursor: Cursor): boolean {
  const next = peek(cursor, 1);
  return next === undefined || next.kind === 'number' || next.kind === 'variable' || /^(;|END)$/.test(next.upper);
}

/** Reserved words that begin a statement: https://learn.microsoft.com/sql/t-sql/language-elements/reserved-keywords-transact-sql */
const starts = new Set(
  `ALTER BACKUP BEGIN BREAK BULK CHECKPOINT CLOSE COMMIT CONTINUE CREATE DBCC DEALLOCATE DECLARE DELETE DENY DROP EXEC EXECUTE
  FETCH GOTO GRANT IF INSERT KILL MERGE OPEN PRINT RAISERROR READTEXT RECONFIGURE RESTORE RETURN REVERT REVOKE ROLLBACK SAVE
  SELECT SET SHUTDOWN TRUNCATE UPDATE UPDATETEXT USE WAITFOR WHILE WRITETEXT`.split(/\s+/),
);
