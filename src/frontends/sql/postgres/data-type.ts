/** Types, named as PostgreSQL names them in SQL. */
import type { CollateClause, Node, TypeName } from 'libpg-query';
import type { DataType } from '../../../operations/column.ts';
import { nameOfNodes, qualified, stringsOf } from './names.ts';

/** Internal names and aliases of https://www.postgresql.org/docs/current/datatype.html */
const sqlNames = new Map([
  ['bool', 'boolean'],
  ['bpchar', 'char'],
  ['char', '"char"'],
  ['float4', 'real'],
  ['float8', 'double precision'],
  ['int2', 'smallint'],
  ['int4', 'integer'],
  ['int8', 'bigint'],
  ['int', 'integer'],
  ['time', 'time without time zone'],
  ['timetz', 'time with time zone'],
  ['timestamp', 'timestamp without time zone'],
  ['timestamptz', 'timestamp with time zone'],
  ['varbit', 'bit varying'],
  ['decimal', 'numeric'],
]);

const serials = new Map([
  ['serial', 'integer'],
  ['serial4', 'integer'],
  ['bigserial', 'bigint'],
  ['serial8', 'bigint'],
  ['smallserial', 'smallint'],
  ['serial2', 'smallint'],
]);

/** The fields of an interval, as the grammar's bit mask; 32767 stands for all. */
const intervalFields = new Map([
  [4, 'year'],
  [2, 'month'],
  [8, 'day'],
  [1024, 'hour'],
  [2048, 'minute'],
  [4096, 'second'],
  [6, 'year to month'],
  [1032, 'day to hour'],
  [3080, 'day to minute'],
  [7176, 'day to second'],
  [3072, 'hour to minute'],
  [7168, 'hour to second'],
  [6144, 'minute to second'],
]);

/** The type that a name of the grammar stands for; `serial` is given where it stands for an identity. */
export function dataTypeOf(type: TypeName | undefined, collate?: CollateClause): DataType | undefined {
  if (!type) return undefined;
  const name = builtInName(type);
  const dataType: DataType = {
    name: serials.get(name) ?? sqlNames.get(name) ?? name,
    arguments: name === 'interval' ? intervalArguments(type.typmods) : argumentsOf(type.typmods),
  };
  if (type.arrayBounds?.length) dataType.array = true;
  if (collate) dataType.collation = nameOfNodes(collate.collname);
  return dataType;
}

/** True for serial and its kin: a type with a sequence behind it. */
export function isSerial(type: TypeName | undefined): boolean {
  return type !== undefined && type.names?.length === 1 && serials.has(builtInName(type));
}

/** A name without the schema of the system; a type of that name in another schema keeps its own. */
function builtInName(type: TypeName): string {
  return qualified(stringsOf(type.names));
}

function argumentsOf(nodes: Node[] | undefined): (string | number)[] {
  return (nodes ?? []).flatMap((node) => argumentOf(node) ?? []);
}

function argumentOf(node: Node): string | number | undefined {
  if ('ColumnRef' in node) return stringsOf(node.ColumnRef.fields).join('.');
  if ('String' in node) return node.String.sval;
  if (!('A_Const' in node)) return undefined;
  const { ival, sval, fval } = node.A_Const;
  if (ival) return ival.ival ?? 0;
  return sval ? sval.sval : fval?.fval;
}

function intervalArguments(nodes: Node[] | undefined): (string | number)[] {
  const [fields, ...precision] = argumentsOf(nodes);
  const named = typeof fields === 'number' ? intervalFields.get(fields) : undefined;
  return named === undefined ? precision : [named, ...precision];
}
