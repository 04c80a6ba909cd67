/** Values for rows that have none, as SQL. */
import type { Database } from '../operations/migration.ts';
import type { DataType } from '../operations/column.ts';

/** A function that gives each row a value of its own; undefined for types where only the team knows one. */
export function ownValue(type: DataType, database: Database): string | undefined {
  if (type.name === 'uuid' || type.name === 'uniqueidentifier') return functions[database];
  if (type.name === 'binary' && type.arguments[0] === 16 && database === 'mysql') return 'UUID_TO_BIN(UUID())';
  // As mappers keep them where the database has no such type.
  const written = type.name === 'char' && type.arguments[0] === 36;
  // https://dev.mysql.com/doc/refman/8.4/en/encryption-functions.html#function_random-bytes; REPLACE(UUID(), …) may be worked out once for all rows.
  if (type.name === 'char' && type.arguments[0] === 32 && database === 'mysql') return 'LOWER(HEX(RANDOM_BYTES(16)))';
  return written && (database === 'mysql' || database === 'mariadb') ? 'UUID()' : undefined;
}

const functions: Partial<Record<Database, string>> = {
  postgres: 'gen_random_uuid()',
  mariadb: 'UUID()',
  sqlserver: 'NEWID()',
};

/** The text of a literal, where every database reads it alike; undefined for any other. */
export function textOf(literal: string): string | undefined {
  return /^'((?:[^'\\]|'')*)'$/.exec(literal)?.[1]?.replaceAll("''", "'");
}

/** The plainest value of the type, which stands for the one that the team knows; undefined where there is none. */
export function plainValue({ name, array }: DataType, database: Database): string | undefined {
  if (array) return database === 'postgres' ? "'{}'" : undefined;
  if (/int|numeric|decimal|real|double|float|money/.test(name)) return '0';
  if (name === 'boolean' || name === 'bit') return database === 'sqlserver' ? '0' : 'false';
  if (/char|text|string/.test(name)) return "''";
  if (/^(?:timestamp|datetime|date)/.test(name)) return database === 'sqlserver' ? 'GETDATE()' : 'CURRENT_TIMESTAMP';
  return name === 'jsonb' || name === 'json' ? "'{}'" : undefined;
}
