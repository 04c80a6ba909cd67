/** Types that go by several names. */
import type { DataType } from '../column.ts';

/** The one name of a type that goes by several. */
export function typeName(type: DataType): string {
  return aliases[type.name] ?? type.name;
}

const aliases: Record<string, string> = {
  varchar: 'character varying',
  bpchar: 'character',
  char: 'character',
  varbit: 'bit varying',
  decimal: 'numeric',
  dec: 'numeric',
  int: 'integer',
  int2: 'smallint',
  int4: 'integer',
  int8: 'bigint',
  bool: 'boolean',
  float8: 'double precision',
  float4: 'real',
  timestamptz: 'timestamp with time zone',
  timestamp: 'timestamp without time zone',
  timetz: 'time with time zone',
  time: 'time without time zone',
};

/** Every name that others stand for. */
export const canonicalNames: readonly string[] = Object.values(aliases);
