/** What Prisma makes of the types of fields in each database. */
import type { Database } from '../../operations/migration.ts';
import type { Attribute } from './attributes.ts';

type Known = Exclude<Database, 'unknown'>;

/**
 * The types of fields without a native one: https://www.prisma.io/docs/orm/reference/prisma-schema-reference#model-field-scalar-types,
 * as the connectors in https://github.com/prisma/prisma-engines/tree/main/psl/psl-core/src/builtin_connectors have them.
 */
const mysqlTypes: Record<string, string> = {
  String: 'varchar(191)',
  Boolean: 'tinyint(1)',
  Int: 'int',
  BigInt: 'bigint',
  Float: 'double',
  Decimal: 'decimal(65,30)',
  DateTime: 'datetime(3)',
  Json: 'json',
  Bytes: 'longblob',
};

const types: Record<Known, Record<string, string>> = {
  postgres: {
    String: 'text',
    Boolean: 'boolean',
    Int: 'integer',
    BigInt: 'bigint',
    Float: 'double precision',
    Decimal: 'decimal(65,30)',
    DateTime: 'timestamp(3)',
    Json: 'jsonb',
    Bytes: 'bytea',
  },
  mysql: mysqlTypes,
  mariadb: mysqlTypes,
  sqlite: {
    String: 'text',
    Boolean: 'boolean',
    Int: 'integer',
    BigInt: 'bigint',
    Float: 'real',
    Decimal: 'decimal',
    DateTime: 'datetime',
    Json: 'jsonb',
    Bytes: 'blob',
  },
  sqlserver: {
    String: 'nvarchar(1000)',
    Boolean: 'bit',
    Int: 'int',
    BigInt: 'bigint',
    Float: 'float(53)',
    Decimal: 'decimal(32,16)',
    DateTime: 'datetime2',
    Bytes: 'varbinary(max)',
  },
};

/** True for the types that a field of its own column has. */
export function isScalar(type: string): boolean {
  return Object.hasOwn(mysqlTypes, type);
}

/** The type of a field of a scalar type, as SQL of the database; undefined where there is none. */
export function sqlOfScalar(type: string, attributes: readonly Attribute[], database: Known): string | undefined {
  const native = attributes.find(({ name }) => name.startsWith('@db.'));
  if (!native) return Object.hasOwn(types[database], type) ? types[database][type] : undefined;
  const inside = native.given.map((words) => words.join(''));
  return sqlOfNative(native.name.slice('@db.'.length), inside.every((each) => /^\w+$/.test(each)) ? inside : []);
}

/** Most are the name of the database's own type in another case. */
function sqlOfNative(name: string, inside: readonly string[]): string | undefined {
  if (!/^\w+$/.test(name)) return undefined;
  const unsigned = /^Unsigned(\w+)$/.exec(name)?.[1];
  if (unsigned !== undefined) return `${withLength(unsigned.toLowerCase(), inside)} unsigned`;
  if (name === 'DoublePrecision') return 'double precision';
  return withLength(name.toLowerCase(), inside);
}

function withLength(name: string, inside: readonly string[]): string {
  return inside.length === 0 ? name : `${name}(${inside.join(',')})`;
}
