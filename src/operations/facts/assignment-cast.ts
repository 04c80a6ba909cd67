/** Which types PostgreSQL turns into another by itself where a value is stored. */
import type { DataType } from '../column.ts';
import { typeName } from './type-name.ts';

/**
 * Whether values of one type become another without being told how, as `ALTER COLUMN … TYPE` without USING and a default need it:
 * https://www.postgresql.org/docs/current/catalog-pg-cast.html, castcontext `a` and `i`. Undefined where a type is not known;
 * `isOwn` says of a type that is not built in that CREATE TYPE has made it.
 */
export function isCastBySelf(
  from: DataType,
  to: DataType,
  isOwn: (type: DataType) => boolean = () => false,
): boolean | undefined {
  const [old, next] = [typeName(from), typeName(to)];
  const isKnown = (type: DataType) => isBuiltInType(type) || isOwn(type);
  if (!isKnown(from) || !isKnown(to)) return undefined;
  if (old === next && from.array === to.array) return true;
  // Everything can be written out as a text.
  if (texts.has(next) && (from.array === true || !to.array)) return true;
  if (from.array !== to.array) return false;
  return (texts.has(old) && texts.has(next)) || (casts[old]?.includes(next) ?? false);
}

/** True for the types that most columns have. */
export function isBuiltInType(type: DataType): boolean {
  return builtIn.has(typeName(type));
}

const texts: ReadonlySet<string> = new Set(['text', 'character varying', 'character']);

const times = ['timestamp without time zone', 'timestamp with time zone'];
const numbers = ['smallint', 'integer', 'bigint', 'numeric', 'real', 'double precision'];

const casts: Record<string, readonly string[]> = {
  smallint: numbers,
  integer: [...numbers, 'money'],
  bigint: [...numbers, 'money'],
  numeric: [...numbers, 'money'],
  real: numbers,
  'double precision': numbers,
  money: ['numeric'],
  date: times,
  'timestamp without time zone': [...times, 'date', 'time without time zone'],
  'timestamp with time zone': [...times, 'date', 'time without time zone', 'time with time zone'],
  'time without time zone': ['interval', 'time with time zone'],
  'time with time zone': ['time without time zone'],
  interval: ['time without time zone'],
  json: ['jsonb'],
  jsonb: ['json'],
  cidr: ['inet'],
  inet: ['cidr'],
  macaddr: ['macaddr8'],
  macaddr8: ['macaddr'],
  bit: ['bit varying'],
  'bit varying': ['bit'],
};

const builtIn: ReadonlySet<string> = new Set([...Object.keys(casts), ...texts, 'boolean', 'bytea', 'uuid', 'xml']);
