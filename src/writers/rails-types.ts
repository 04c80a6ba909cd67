/** Types and defaults as Rails says them: `native_database_types` of https://github.com/rails/rails/tree/main/activerecord/lib/active_record/connection_adapters */
import type { Database } from '../operations/migration.ts';
import type { DataType, Expression } from '../operations/column.ts';
import { typeSql } from './identifier.ts';
import { rubyString } from './ruby.ts';
import { textOf } from './values.ts';

/** The word for the type, as Ruby, and the options that belong to it. */
export type RailsType = { word: string; options: Record<string, string | number | undefined> };

/** The type as Rails says it: a symbol where it has one, else the database's own type as a string, which every adapter passes on; undefined where that would have to be the type of an unknown database. */
export function railsType(type: DataType, database: Database): RailsType | undefined {
  const isCharset = isMysql(database) && type.collation?.includes('_') === false;
  if (isCharset) return undefined;
  const own = wordFor(type, database) ?? (database === 'unknown' ? undefined : asWritten(type));
  if (own === undefined) return undefined;
  const unsigned = type.unsigned && own.word.startsWith(':') ? { unsigned: 'true' } : {};
  return {
    word: own.word,
    options: {
      ...own.options,
      ...unsigned,
      ...(type.array && { array: 'true' }),
      collation: type.collation && rubyString(type.collation),
    },
  };
}

function isMysql(database: Database): boolean {
  return database === 'mysql' || database === 'mariadb';
}

function asWritten(type: DataType): RailsType {
  return { word: rubyString(typeSql(scalar(type))), options: {} };
}

function scalar({ array: _array, ...type }: DataType): DataType {
  return type;
}

function wordFor(type: DataType, database: Database): RailsType | undefined {
  // Migrations for an unknown database are read in the words of PostgreSQL, as `column-type.ts` of the reader says.
  if (database === 'postgres' || database === 'unknown') return postgresWord(type);
  if (isMysql(database)) return mysqlWord(type);
  return database === 'sqlite' ? sqliteWord(type) : undefined;
}

function postgresWord(type: DataType): RailsType | undefined {
  const [first] = type.arguments;
  switch (type.name) {
    case 'character varying':
    case 'varchar':
      return sized(':string', first);
    case 'smallint':
      return { word: ':integer', options: { limit: 2 } };
    case 'double precision':
      return { word: ':float', options: {} };
    case 'numeric':
      return decimal(type);
    // Six digits are what PostgreSQL keeps without being told, and what Rails asks for since 7.0.
    case 'timestamp without time zone':
      return { word: ':datetime', options: { precision: first === 6 ? undefined : (first ?? 'nil') } };
    case 'timestamp with time zone':
      return { word: ':timestamptz', options: { precision: first === 6 ? undefined : (first ?? 'nil') } };
    case 'time without time zone':
      return { word: ':time', options: { precision: first } };
    case 'bytea':
      return { word: ':binary', options: {} };
    default:
      return plain(type, 'integer bigint boolean text date uuid json jsonb citext inet cidr macaddr hstore xml');
  }
}

const mysqlLimits: Record<string, number> = { smallint: 2, mediumint: 3, int: 4 };

function mysqlWord(type: DataType): RailsType | undefined {
  const [first] = type.arguments;
  const limit = mysqlLimits[type.name];
  if (limit !== undefined && type.arguments.length === 0)
    return { word: ':integer', options: { limit: limit === 4 ? undefined : limit } };
  switch (type.name) {
    case 'varchar':
      return sized(':string', first === 255 ? undefined : first);
    case 'tinyint':
      return first === 1 && !type.unsigned ? { word: ':boolean', options: {} } : undefined;
    case 'decimal':
      return decimal(type);
    // Since 7.0 Rails asks for six digits where it is not told.
    case 'datetime':
    case 'timestamp':
      return { word: `:${type.name}`, options: { precision: first ?? 'nil' } };
    default:
      return plain(type, 'bigint text date json');
  }
}

function sqliteWord(type: DataType): RailsType | undefined {
  const [first] = type.arguments;
  if (type.name === 'varchar') return sized(':string', first);
  if (type.name === 'decimal') return decimal(type);
  if (type.name === 'datetime') return { word: ':datetime', options: { precision: first ?? 'nil' } };
  return plain(type, 'integer text boolean date json float');
}

function sized(word: string, limit: string | number | undefined): RailsType {
  return { word, options: { limit } };
}

function decimal({ arguments: [precision, scale] }: DataType): RailsType {
  return { word: ':decimal', options: { precision, scale } };
}

/** A type that Rails calls as the database does. */
function plain(type: DataType, names: string): RailsType | undefined {
  const isKnown = type.arguments.length === 0 && names.split(' ').includes(type.name);
  return isKnown ? { word: `:${type.name}`, options: {} } : undefined;
}

/**
 * A default as Ruby: a literal where the database gets the same one, else a lambda, which is passed on as it is.
 * Rails writes a string through the type of the column, so that one of JSON would be quoted twice. MySQL is told
 * expressions in its own way: undefined there.
 */
export function railsDefault(value: Expression, type: DataType | undefined, database: Database): string | undefined {
  if (!value.known) return undefined;
  const { sql } = value;
  if (sql === String(Number(sql))) return sql;
  if (/^(true|false)$/i.test(sql)) return sql.toLowerCase();
  const text = textOf(sql);
  const isText = type && !type.array && /^(character varying|varchar|text|citext)$/.test(type.name);
  if (text !== undefined && isText) return rubyString(text);
  const isPassedOn = database === 'postgres' || /^current_timestamp(\(\d\))?$/i.test(sql);
  return isPassedOn ? `-> { ${rubyString(sql)} }` : undefined;
}
