/** A value as another type, as it is written into the column beside it. */
import type { DataType } from '../operations/column.ts';
import type { Database } from '../operations/migration.ts';
import { columnSql, typeSql } from './identifier.ts';

/** SQL that fails where the change in place would, rather than write something else. */
export function convertedSql(column: string, type: DataType, database: Database): string {
  const named = columnSql(column, database);
  return isChecked(type, database) ? named : `CAST(${named} AS ${castSql(type, database)})`;
}

/** A text that is too long fails where it is assigned, as it would in place; CAST cuts it off without a word: https://www.postgresql.org/docs/current/datatype-character.html */
function isChecked({ name, array }: DataType, database: Database): boolean {
  return /char|text/.test(name) && !array && !isMysql(database);
}

/** What MySQL takes behind AS is no type of a column: https://dev.mysql.com/doc/refman/8.4/en/cast-functions.html#function_cast */
function castSql(type: DataType, database: Database): string {
  if (!isMysql(database)) return typeSql(type);
  if (type.name.endsWith('int')) return type.unsigned ? 'UNSIGNED' : 'SIGNED';
  if (/char|text|enum|set/.test(type.name)) return 'CHAR';
  return type.name === 'timestamp' ? 'DATETIME' : typeSql(type);
}

function isMysql(database: Database): boolean {
  return database === 'mysql' || database === 'mariadb';
}
