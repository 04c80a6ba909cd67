/** Column definitions, as CREATE TABLE and ALTER TABLE have them. */
import type { Column, Constraint, Expression } from '../../../operations/column.ts';
import { accept, expect, fail, isDone, isNext, take, takeName, takeParentheses, type Cursor } from '../cursor.ts';
import { takeCheck, takeReference } from './constraint.ts';
import { takeCollation, takeDataType } from './data-type.ts';
import { when, type MysqlDialect } from './effect.ts';
import { readExpression, readWithoutParser } from './expression.ts';

/** Moves past a name and its definition. */
export function takeColumn(cursor: Cursor, dialect: MysqlDialect): Column {
  return takeDefinition(cursor, takeName(cursor), dialect);
}

/** Moves past the definition of a column whose name is known: type and attributes, FIRST or AFTER. */
export function takeDefinition(cursor: Cursor, name: string, dialect: MysqlDialect): Column {
  const serial = isNext(cursor, 'SERIAL');
  const column: Column = { name, type: takeDataType(cursor), nullable: true, constraints: [] };
  if (serial) applySerial(column);
  while (!isDone(cursor) && !isNext(cursor, 'PARTITION', 'BY') && !isNext(cursor, 'REMOVE', 'PARTITIONING'))
    takeAttribute(cursor, column, dialect);
  return column;
}

/** SERIAL is BIGINT UNSIGNED NOT NULL AUTO_INCREMENT UNIQUE. */
function applySerial(column: Column): void {
  column.nullable = false;
  column.generated = 'identity';
  column.constraints.push({ kind: 'unique', columns: [column.name] });
}

function takeAttribute(cursor: Cursor, column: Column, dialect: MysqlDialect): void {
  if (accept(cursor, 'NOT', 'NULL')) column.nullable = false;
  else if (accept(cursor, 'NULL')) column.nullable = true;
  else if (accept(cursor, 'DEFAULT')) setDefault(column, takeDefault(cursor));
  else if (accept(cursor, 'ON', 'UPDATE')) setOnUpdate(column, takeDefault(cursor));
  else if (accept(cursor, 'AUTO_INCREMENT')) applyAutoIncrement(column);
  else if (accept(cursor, 'SERIAL', 'DEFAULT', 'VALUE')) applySerial(column);
  else if (accept(cursor, 'COMMENT')) applyComment(cursor, column);
  else if (accept(cursor, 'FIRST')) column.position = 'first';
  else if (accept(cursor, 'AFTER')) applyAfter(cursor, column);
  else if (isNext(cursor, 'GENERATED|AS')) takeGeneration(cursor, column);
  else if (isNext(cursor, 'CHARACTER|CHAR|CHARSET|COLLATE')) applyCollation(cursor, column);
  else if (!takeStorageAttribute(cursor)) takeColumnConstraint(cursor, column, dialect);
}

/** Moves past what follows DEFAULT; undefined for NULL. */
export function takeDefault(cursor: Cursor): Expression | undefined {
  if (accept(cursor, 'NULL')) return undefined;
  const from = cursor.at;
  if (isNext(cursor, '(')) takeParentheses(cursor);
  else takeBareDefault(cursor);
  return readExpression({ ...cursor, at: from, end: cursor.at });
}

/** A literal with its sign or introducer, or a call. */
function takeBareDefault(cursor: Cursor): void {
  const first = take(cursor);
  if (!first) fail(cursor, 'a default');
  if (isNext(cursor, '(')) takeParentheses(cursor);
  else if (first.text === '-' || first.text === '+' || first.text.startsWith('_')) take(cursor);
  else if (isNext(cursor, '.')) takeQualifiedDefault(cursor);
}

/** NEXTVAL(s) and NEXT VALUE FOR are MariaDB's; so is a default such as `db.f()`. */
function takeQualifiedDefault(cursor: Cursor): void {
  take(cursor);
  takeName(cursor);
  if (isNext(cursor, '(')) takeParentheses(cursor);
}

function setDefault(column: Column, expression: Expression | undefined): void {
  if (expression) column.default = expression;
  else delete column.default;
}

function setOnUpdate(column: Column, expression: Expression | undefined): void {
  if (expression) column.onUpdate = expression.sql;
}

function applyComment(cursor: Cursor, column: Column): void {
  accept(cursor, '=');
  const text = take(cursor);
  if (text) column.comment = text.text;
}

function applyAutoIncrement(column: Column): void {
  column.generated = 'identity';
  column.nullable = false;
}

function applyAfter(cursor: Cursor, column: Column): void {
  column.position = { after: takeName(cursor) };
}

/** A generated column is virtual unless it says STORED, or PERSISTENT in MariaDB. ROW START and ROW END are the stored marks of system versioning. */
function takeGeneration(cursor: Cursor, column: Column): void {
  if (accept(cursor, 'GENERATED')) expect(cursor, 'ALWAYS');
  expect(cursor, 'AS');
  if (accept(cursor, 'ROW', 'START|END')) {
    column.generated = 'stored';
    return;
  }
  const { columns } = readWithoutParser(takeParentheses(cursor));
  if (columns.length > 0) column.reads = columns;
  column.generated = accept(cursor, 'STORED|PERSISTENT') ? 'stored' : 'virtual';
  accept(cursor, 'VIRTUAL');
}

function applyCollation(cursor: Cursor, column: Column): void {
  const collation = takeCollation(cursor);
  if (column.type && collation) column.type.collation = collation;
}

/** Attributes that change neither meaning nor cost here. */
function takeStorageAttribute(cursor: Cursor): boolean {
  if (accept(cursor, 'VISIBLE|INVISIBLE') || accept(cursor, 'WITH|WITHOUT', 'SYSTEM', 'VERSIONING')) return true;
  if (accept(cursor, 'NOT', 'SECONDARY')) return true;
  if (accept(cursor, 'COMPRESSED')) return takeOptionalValue(cursor);
  const named =
    'COLUMN_FORMAT|STORAGE|ENGINE_ATTRIBUTE|SECONDARY_ENGINE_ATTRIBUTE|SRID|REF_SYSTEM_ID|ENCRYPTED|ENCRYPTION_KEY_ID';
  if (!accept(cursor, named)) return false;
  accept(cursor, '=');
  take(cursor);
  return true;
}

function takeOptionalValue(cursor: Cursor): boolean {
  if (accept(cursor, '=')) take(cursor);
  return true;
}

function takeColumnConstraint(cursor: Cursor, column: Column, dialect: MysqlDialect): void {
  const constraint = takeConstraint(cursor, column, dialect);
  if (constraint) column.constraints.push(constraint);
}

function takeConstraint(cursor: Cursor, column: Column, dialect: MysqlDialect): Constraint | undefined {
  const columns = [column.name];
  const name = accept(cursor, 'CONSTRAINT') && !isNext(cursor, 'CHECK') ? takeName(cursor) : undefined;
  if (isNext(cursor, 'CHECK')) return { ...when(name !== undefined, { name: name ?? '' }), ...takeCheck(cursor) };
  if (accept(cursor, 'UNIQUE')) {
    accept(cursor, 'KEY|INDEX');
    return { kind: 'unique', columns };
  }
  if (accept(cursor, 'PRIMARY', 'KEY') || accept(cursor, 'KEY')) {
    column.nullable = false;
    return { kind: 'primaryKey', columns };
  }
  if (!isNext(cursor, 'REFERENCES')) fail(cursor, 'an attribute of a column');
  const references = takeReference(cursor);
  // MySQL reads REFERENCES at a column and, before 9.0, ignores it; MariaDB honours it from 10.5 on.
  if (dialect === 'mariadb') return { kind: 'foreignKey', columns, references, validated: true };
  column.inlineReference = references;
  return undefined;
}
