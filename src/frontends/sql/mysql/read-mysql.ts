/** MySQL and MariaDB: reads statements by their tokens, and expressions and joins through node-sql-parser. */
import type { Comment } from '../../../operations/migration.ts';
import type { Operation } from '../../../operations/operation.ts';
import { createCursor, isDone, isNext, stretchOf, takeUntil, type Cursor } from '../cursor.ts';
import type { SqlReader, SqlReading } from '../read-sql.ts';
import { split, type Piece } from '../split.ts';
import { createLocator, type SqlText } from '../text.ts';
import { isCompoundNext } from './compound.ts';
import type { Effect, MysqlDialect } from './effect.ts';
import { runningTokens } from './executable-comment.ts';
import { isUnfinished } from './literal.ts';
import { readStatement } from './read-statement.ts';
import { readAny } from './routine.ts';
import { createScript } from './script.ts';

/** Reads SQL as MySQL and its client take it. */
export const readMysql: SqlReader = (source) => readFile(source, 'mysql');

/** Reads SQL as MariaDB and its client take it. */
export const readMariadb: SqlReader = (source) => readFile(source, 'mariadb');

function readFile(source: SqlText, dialect: MysqlDialect): SqlReading {
  const { pieces, comments } = split(source, dialect);
  const locate = createLocator(source.path, source.text);
  const script = createScript(dialect);
  const operations: Operation[] = [];
  let statement = 0;
  for (const cursor of pieces.flatMap((piece) => statementsOf(source, piece, dialect))) {
    statement++;
    const whole = stretchOf(cursor);
    const effects = isCutOff(cursor) ? [cutOff] : readAny(cursor, script, readStatement);
    for (const { at = whole, ...effect } of effects)
      operations.push({ ...effect, span: locate(at.start, at.end), statement });
  }
  const open = comments.at(-1);
  if (open && isOpen(open)) operations.push({ ...cutOff, span: open.span, statement });
  return { operations, comments, statements: statement };
}

/** What is never closed has swallowed the rest of the file. */
const cutOff: Effect = {
  kind: 'opaque',
  reason: 'a quote or a comment is never closed, so that what follows is not seen',
};

function isCutOff(cursor: Cursor): boolean {
  const last = cursor.tokens.at(-1);
  return last !== undefined && isUnfinished(last, cursor.text);
}

function isOpen({ text }: Comment): boolean {
  return text.startsWith('/*') && (text.length < 4 || !text.endsWith('*/'));
}

/** Under another delimiter several statements may be sent at once; semicolons in a routine or a block are its own. */
function statementsOf(source: SqlText, piece: Piece, dialect: MysqlDialect): Cursor[] {
  const whole = createCursor(source.text, runningTokens(piece.tokens, dialect));
  if (piece.kind === 'client' || isDone(whole)) return [];
  if (createsRoutine(whole) || isCompoundNext(whole)) return [whole];
  const statements: Cursor[] = [];
  while (!isDone(whole)) {
    const statement = takeUntil(whole, ';');
    if (!isDone(statement)) statements.push(statement);
    whole.at++;
  }
  return statements;
}

function createsRoutine(cursor: Cursor): boolean {
  const head = { ...cursor };
  takeUntil(head, 'PROCEDURE', 'FUNCTION', 'TRIGGER', 'EVENT', ';');
  return isNext(cursor, 'CREATE') && !isDone(head) && !isNext(head, ';') && head.at - cursor.at < 16;
}
