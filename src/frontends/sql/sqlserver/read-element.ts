/** One element of a table in SQL Server, of CREATE TABLE or ALTER TABLE ADD: a column, a constraint, an index. */
import type { Column, Constraint, Expression, Index } from '../../../operations/column.ts';
import { accept, expect, fail, isDone, isNext, takeName, takeUntil, type Cursor } from '../cursor.ts';
import { isConstraintNext, skipStorage, takeConstraint } from './read-constraint.ts';
import { readColumn, takeDefault } from './read-column.ts';
import { readInlineIndex } from './read-index.ts';

/** `default` is a constraint in SQL Server; `period` names the two columns of a table that keeps its history. */
export type Element =
  | { kind: 'column'; column: Column }
  | { kind: 'constraint'; constraint: Constraint }
  | { kind: 'index'; index: Index }
  | { kind: 'default'; name?: string; column: string; expression: Expression | undefined }
  | { kind: 'period' };

/** Reads the whole cursor as one element; `validated` says whether existing rows are checked. */
export function readElement(cursor: Cursor, validated: boolean): Element {
  const element = readStart(cursor, validated);
  if (!isDone(cursor)) fail(cursor, 'the end of the column or constraint');
  return element;
}

function readStart(cursor: Cursor, validated: boolean): Element {
  if (accept(cursor, 'PERIOD', 'FOR')) {
    takeUntil(cursor, ',');
    return { kind: 'period' };
  }
  if (accept(cursor, 'INDEX')) {
    const index = readInlineIndex(cursor);
    takeUntil(cursor, ',');
    return { kind: 'index', index };
  }
  const isNamed = isNext(cursor, 'CONSTRAINT');
  const name = accept(cursor, 'CONSTRAINT') ? { name: takeName(cursor) } : {};
  if (accept(cursor, 'DEFAULT')) return { ...readDefault(cursor), ...name };
  if (!isNamed && !isConstraintNext(cursor)) return { kind: 'column', column: readColumn(cursor, validated) };
  const constraint = takeConstraint(cursor, { ...name, validated });
  skipStorage(cursor);
  return { kind: 'constraint', constraint };
}

function readDefault(cursor: Cursor): Extract<Element, { kind: 'default' }> {
  const expression = takeDefault(cursor);
  expect(cursor, 'FOR');
  const column = takeName(cursor);
  accept(cursor, 'WITH', 'VALUES');
  return { kind: 'default', column, expression };
}
