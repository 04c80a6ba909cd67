/** The types of Rails as each database knows them. */
import type { Database } from '../../operations/migration.ts';
import type { DataType } from '../../operations/column.ts';
import { typeOfSql } from './fragment.ts';

/** Limits and their kin, as far as they are known. */
export type TypeOptions = {
  limit?: number;
  precision?: number;
  /** `precision: nil` was written: not the default one. */
  bare?: boolean;
  scale?: number;
  size?: string;
  array?: boolean;
  unsigned?: boolean;
  collation?: string;
  /** The name that `enum_type:` gives. */
  enumType?: string;
};

/**
 * The type that Rails asks the database for. `version` is that in the brackets of the migration: before 7.0 a datetime has no precision.
 * NATIVE_DATABASE_TYPES and `type_to_sql` of https://github.com/rails/rails/tree/main/activerecord/lib/active_record/connection_adapters
 */
export function columnType(type: string, options: TypeOptions, database: Database, version: number): DataType {
  const isPrecise =
    options.precision !== undefined || options.bare || (options.limit !== undefined && type !== 'datetime');
  const precise = !isPrecise && version >= 7 ? { ...options, precision: 6 } : options;
  const isTime = ['datetime', 'timestamp', 'timestamptz'].includes(type);
  // `aliased_types`: MySQL got no timestamp from it then (https://github.com/rails/rails/issues/25830).
  const meant = type === 'timestamp' && version < 5 ? 'datetime' : type;
  const named = typeNamed(meant, isTime ? precise : options, database);
  if (options.array) named.array = true;
  if (options.unsigned && (database === 'mysql' || database === 'mariadb')) named.unsigned = true;
  if (options.collation !== undefined) named.collation = options.collation;
  return named;
}

function typeNamed(type: string, options: TypeOptions, database: Database): DataType {
  switch (database) {
    case 'mysql':
    case 'mariadb':
      return mysqlType(type, options, database);
    case 'sqlite':
      return sqliteType(type, options);
    default:
      return postgresType(type, options, database);
  }
}

/** What is not known to be another database is spoken of in PostgreSQL's words. */
function postgresType(type: string, options: TypeOptions, database: Database): DataType {
  switch (type) {
    case 'string':
      return sized('varchar', options.limit);
    case 'integer':
      return sized(integerOf(options.limit, { 2: 'smallint', 4: 'integer', 8: 'bigint' }));
    case 'float':
      return sized('double precision');
    case 'decimal':
      return decimal('numeric', options);
    case 'datetime':
    case 'timestamp':
      return sized('timestamp without time zone', options.precision ?? options.limit);
    case 'timestamptz':
      return sized('timestamp with time zone', options.precision ?? options.limit);
    case 'time':
      return sized('time without time zone', options.precision ?? options.limit);
    case 'interval':
      return sized('interval', options.precision ?? options.limit);
    case 'binary':
    case 'blob':
      return sized('bytea');
    case 'bit_varying':
      return sized('bit varying', options.limit);
    case 'enum':
      return sized(options.enumType ?? 'enum');
    case 'virtual':
      return sized('text');
    case 'primary_key':
      return sized('bigint');
    default:
      return written(type, options.limit, database);
  }
}

function mysqlType(type: string, options: TypeOptions, database: Database): DataType {
  switch (type) {
    case 'string':
      return sized('varchar', options.limit ?? 255);
    case 'integer':
      return sized(integerOf(options.limit, { 1: 'tinyint', 2: 'smallint', 3: 'mediumint', 4: 'int', 8: 'bigint' }));
    case 'primary_key':
      return sized('bigint');
    case 'float':
      return sized('float', options.limit ?? 24);
    case 'boolean':
      return sized('tinyint', 1);
    case 'decimal':
    case 'numeric':
      return decimal('decimal', options);
    case 'text':
    case 'blob':
      return sized(`${sizeOf(options)}${type}`);
    case 'binary':
      return options.limit !== undefined && options.limit <= 0xfff
        ? sized('varbinary', options.limit)
        : sized(`${sizeOf(options)}blob`);
    case 'datetime':
    case 'timestamp':
    case 'time':
      return sized(type, options.precision);
    case 'unsigned_integer':
      return { ...sized('int'), unsigned: true };
    case 'unsigned_bigint':
      return { ...sized('bigint'), unsigned: true };
    case 'tinytext':
    case 'mediumtext':
    case 'longtext':
    case 'tinyblob':
    case 'mediumblob':
    case 'longblob':
      return sized(type);
    default:
      return written(type, options.limit, database);
  }
}

function sqliteType(type: string, options: TypeOptions): DataType {
  switch (type) {
    case 'string':
      return sized('varchar', options.limit);
    case 'binary':
      return sized('blob');
    case 'decimal':
      return decimal('decimal', options);
    case 'datetime':
    case 'timestamp':
      return sized('datetime', options.precision);
    case 'primary_key':
      return sized('integer');
    default:
      return written(type, options.limit, 'sqlite');
  }
}

/** A type by the database's own name, also one with arguments in a string: `varchar(20)`, `geometry(Point,4326)`. */
function written(type: string, limit: number | undefined, database: Database): DataType {
  const read = typeOfSql(type, database) ?? sized(type.toLowerCase());
  return limit === undefined || read.arguments.length > 0 ? read : { ...read, arguments: [limit] };
}

/** The smallest type that holds so many bytes; four where none are asked for. */
function integerOf(limit: number | undefined, names: Record<number, string>): string {
  const sizes = Object.keys(names).map(Number);
  const size = sizes.find((each) => each >= (limit ?? 4)) ?? 8;
  return names[size] ?? 'bigint';
}

function decimal(name: string, options: TypeOptions): DataType {
  const given = options.precision === undefined ? [] : [options.precision];
  return { name, arguments: options.scale === undefined || given.length === 0 ? given : [...given, options.scale] };
}

/** `limit_to_size` of Rails' MySQL adapter. */
function sizeOf({ limit, size }: TypeOptions): string {
  if (size !== undefined) return size;
  if (limit === undefined || (limit > 0xff && limit <= 0xffff)) return '';
  if (limit <= 0xff) return 'tiny';
  return limit <= 0xffffff ? 'medium' : 'long';
}

function sized(name: string, argument?: number): DataType {
  return { name, arguments: argument === undefined ? [] : [argument] };
}
