/** Columns of SQL Server, computed ones too. */
import type { Column } from '../../../operations/column.ts';
import { accept, fail, isDone, isNext, takeName, takeParentheses, takeUntil, type Cursor } from '../cursor.ts';
import { takeParts } from './names.ts';
import { isConstraintNext, takeConstraint } from './read-constraint.ts';
import { readExpression } from './read-expression.ts';
import { takeType } from './read-type.ts';

/** Reads the whole cursor as one column of CREATE TABLE or ADD. Nullability unsaid means nullable, but for keys, identities and rowversions. */
export function readColumn(cursor: Cursor, validated: boolean): Column {
  const name = takeName(cursor);
  const column: Column = { name, nullable: true, constraints: [] };
  if (accept(cursor, 'AS')) readComputed(cursor, column);
  else {
    column.type = takeType(cursor);
    if (column.type.name === 'rowversion') column.generated = 'rowversion';
    column.nullable = column.type.name !== 'rowversion' && column.type.name !== 'sysname';
  }
  while (!isDone(cursor)) readOption(cursor, column, validated);
  const isKey = column.constraints.some((constraint) => constraint.kind === 'primaryKey');
  if (isKey || column.generated === 'identity') column.nullable = false;
  return column;
}

/** Moves past what stands after DEFAULT and sets it; NULL is no default. */
export function takeDefault(cursor: Cursor): Column['default'] {
  if (accept(cursor, 'NULL') || accept(cursor, '(', 'NULL', ')')) return undefined;
  const from = cursor.at;
  if (accept(cursor, 'NEXT', 'VALUE', 'FOR')) takeParts(cursor);
  else takeUntil(cursor, optionWords);
  if (from === cursor.at) fail(cursor, 'a default');
  return readExpression({ ...cursor, at: from, end: cursor.at });
}

/** The words that end a default which stands without parentheses. */
const optionWords =
  'NOT|NULL|CONSTRAINT|WITH|IDENTITY|ROWGUIDCOL|SPARSE|PRIMARY|UNIQUE|REFERENCES|FOREIGN|CHECK|COLLATE|INDEX|FOR|HIDDEN|GENERATED|MASKED|DEFAULT';

function readComputed(cursor: Cursor, column: Column): void {
  const expression = takeUntil(cursor, 'PERSISTED|NOT|NULL|CONSTRAINT|PRIMARY|UNIQUE|CHECK|FOREIGN|REFERENCES');
  column.reads = readExpression(expression).columns;
  column.generated = accept(cursor, 'PERSISTED') ? 'stored' : 'virtual';
}

function readOption(cursor: Cursor, column: Column, validated: boolean): void {
  if (accept(cursor, 'NOT', 'NULL')) column.nullable = false;
  else if (accept(cursor, 'NULL')) column.nullable = true;
  else if (accept(cursor, 'COLLATE')) setCollation(column, takeName(cursor));
  else if (accept(cursor, 'IDENTITY')) readIdentity(cursor, column);
  else if (isNext(cursor, 'CONSTRAINT|DEFAULT') || isConstraintNext(cursor)) readNamed(cursor, column, validated);
  else if (accept(cursor, 'GENERATED', 'ALWAYS', 'AS')) cursor.at += 2;
  else if (accept(cursor, 'MASKED|ENCRYPTED', 'WITH')) takeParentheses(cursor);
  else if (accept(cursor, 'NOT', 'FOR', 'REPLICATION')) return;
  else if (accept(cursor, 'WITH', 'VALUES')) column.withValues = true;
  else if (accept(cursor, 'INDEX')) takeUntil(cursor, 'CONSTRAINT|NOT|NULL|DEFAULT');
  else if (!accept(cursor, 'ROWGUIDCOL|SPARSE|FILESTREAM|HIDDEN')) fail(cursor, 'an option of the column');
}

function setCollation(column: Column, collation: string): void {
  if (column.type) column.type.collation = collation;
}

function readIdentity(cursor: Cursor, column: Column): void {
  column.generated = 'identity';
  if (isNext(cursor, '(')) takeParentheses(cursor);
  accept(cursor, 'NOT', 'FOR', 'REPLICATION');
}

function readNamed(cursor: Cursor, column: Column, validated: boolean): void {
  const name = accept(cursor, 'CONSTRAINT') ? { name: takeName(cursor) } : {};
  if (accept(cursor, 'DEFAULT')) {
    const value = takeDefault(cursor);
    if (value) column.default = value;
    if (value && name.name !== undefined) column.defaultName = name.name;
    return;
  }
  column.constraints.push(takeConstraint(cursor, { ...name, column: column.name, validated }));
}
