/** `sa.Column` and what stands in it. */
import type { Column, Constraint, Index } from '../../operations/column.ts';
import type { Name } from '../../operations/name.ts';
import { defaultOf, sqlOf } from './expression.ts';
import { literalText } from '../syntax/generated-sql.ts';
import { isComputed } from '../syntax/embedded-sql.ts';
import { deferralOf, readConstraint, referenceOf } from './constraint.ts';
import { enumOf, typeOf, type EnumType } from './type.ts';
import { readGeneration } from './read-fragment.ts';
import type { Run } from './run.ts';
import { argumentOf, nameOfValue, pathOf, textOfValue, truthOf, type CallValue, type Value } from './value.ts';

export type ColumnReading = {
  column: Column;
  /** CREATE INDEX that follows the statement. */
  index?: Index;
  enumType?: EnumType;
  /** An integer that may count by itself when it is the only key; `always`: it is told to. */
  counts: boolean | 'always';
};

/** The column that a value defines, or undefined when it is none. */
export function readColumn(run: Run, value: Value | undefined, table: Name, schema?: Value): ColumnReading | undefined {
  if (value?.kind !== 'call' || !isColumn(value)) return undefined;
  const rest = [...value.positional];
  const name = nameOfValue(rest[0]?.kind === 'string' ? rest.shift() : argumentOf(value, undefined, 'name'));
  const typeValue = isType(rest[0]) ? rest.shift() : argumentOf(value, undefined, 'type_');
  const isKey = truthOf(argumentOf(value, undefined, 'primary_key')) === true;
  const column: Column = { name, nullable: nullableOf(value, isKey), constraints: [] };
  const type = typeOf(run, typeValue);
  if (type) column.type = type;
  if (isKey) column.constraints.push({ kind: 'primaryKey', columns: [name] });
  addDefault(run, column, value);
  const comment = textOfValue(argumentOf(value, undefined, 'comment'));
  if (comment !== undefined) column.comment = literalText(comment, run.database);
  if (truthOf(argumentOf(value, undefined, 'unique')) === true && !isIndexed(value))
    column.constraints.push({ kind: 'unique', columns: [name] });
  for (const item of rest) addItem(run, column, item);
  const counts = canCount(column, argumentOf(value, undefined, 'autoincrement'));
  const reading: ColumnReading = { column, counts };
  if (isIndexed(value)) reading.index = indexOf(value, labelOf(table, schema), name);
  const enumType = enumOf(typeValue);
  if (enumType) reading.enumType = enumType;
  return reading;
}

/** An integer key counts by itself: SERIAL, AUTO_INCREMENT, IDENTITY; SQLite does it without a word. */
export function makeCounting(run: Run, column: Column, table: Name): void {
  if (run.database === 'sqlite' || run.database === 'unknown') return;
  column.generated = 'identity';
  if (run.database !== 'postgres') return;
  const sql = `nextval('${table}_${column.name}_seq'::regclass)`;
  column.default = { sql, functions: ['nextval'], columns: [], known: true };
}

function isColumn(call: CallValue): boolean {
  return /(^|\.)(Column|mapped_column)$/.test(pathOf(call.callee) ?? '');
}

/** Anything in the second place is the type, unless it is a constraint, a default or a sequence. */
function isType(value: Value | undefined): boolean {
  if (!value || value.kind === 'none' || value.kind === 'string') return false;
  const path = value.kind === 'call' ? pathOf(value.callee) : undefined;
  return path === undefined || !/\.(ForeignKey|CheckConstraint|Computed|Identity|Sequence|FetchedValue)$/.test(path);
}

function nullableOf(call: CallValue, isKey: boolean): boolean {
  const given = argumentOf(call, undefined, 'nullable');
  return truthOf(given) ?? !isKey;
}

function isIndexed(call: CallValue): boolean {
  return truthOf(argumentOf(call, undefined, 'index')) === true;
}

/** `default=` is the application's; the database knows of `server_default=` alone. */
function addDefault(run: Run, column: Column, call: CallValue): void {
  const given = argumentOf(call, undefined, 'server_default');
  if (!given) return;
  if (given.kind === 'call' && addGenerated(run, column, given)) return;
  const value = defaultOf(run, given);
  if (value) column.default = value;
}

function addItem(run: Run, column: Column, item: Value): void {
  if (item.kind !== 'call') return;
  if (addGenerated(run, column, item)) return;
  const path = pathOf(item.callee) ?? '';
  if (path.endsWith('.ForeignKey')) {
    const references = referenceOf(item);
    const key: Constraint = { kind: 'foreignKey', columns: [column.name], references, validated: true };
    column.constraints.push(named(item, { ...key, ...deferralOf(item) }));
    return;
  }
  const constraint = readConstraint(run, item);
  if (constraint) column.constraints.push(constraint);
}

function addGenerated(run: Run, column: Column, call: CallValue): boolean {
  const path = pathOf(call.callee) ?? '';
  if (path.endsWith('.Identity')) column.generated = 'identity';
  else if (path.endsWith('.Computed')) addComputed(run, column, call);
  else return false;
  return true;
}

function addComputed(run: Run, column: Column, call: CallValue): void {
  column.generated = truthOf(argumentOf(call, 1, 'persisted')) === false ? 'virtual' : 'stored';
  const given = argumentOf(call, 0, 'sqltext');
  const sql = given?.kind === 'string' ? given.text : given && sqlOf(run, given);
  if (sql !== undefined && !isComputed(sql)) Object.assign(column, readGeneration(sql, run.database));
}

function named(call: CallValue, constraint: Constraint): Constraint {
  const name = argumentOf(call, undefined, 'name');
  return name?.kind === 'string' ? { ...constraint, name: name.text } : constraint;
}

function canCount(column: Column, autoincrement: Value | undefined): boolean | 'always' {
  if (autoincrement?.kind === 'boolean') return autoincrement.value && 'always';
  const isReference = column.constraints.some((constraint) => constraint.kind === 'foreignKey');
  const isInteger = /^(int|integer|bigint|smallint)$/.test(column.type?.name ?? '');
  return isInteger && !isReference && !column.default && !column.generated;
}

/** What SQLAlchemy begins the names of indexes with; a schema that is given counts even where it is the standard one. */
function labelOf(table: Name, schema: Value | undefined): string {
  const plain = table.slice(table.lastIndexOf('.') + 1);
  return schema?.kind === 'string' ? `${schema.text}_${plain}` : plain;
}

function indexOf(call: CallValue, label: string, column: string): Index {
  const isUnique = truthOf(argumentOf(call, undefined, 'unique')) === true;
  return { name: `ix_${label}_${column}`, columns: [column], unique: isUnique };
}
