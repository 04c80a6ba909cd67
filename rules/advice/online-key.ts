/** A key of SQL Server that is built while reads and writes go on: https://learn.microsoft.com/sql/t-sql/statements/alter-table-table-constraint-transact-sql */
import type { Name } from '../../src/operations/name.ts';
import { columnSql, columnsSql, tableSql } from '../../src/writers/identifier.ts';

/** The statement that adds it, for the editions that can. */
export function onlineKeySql(
  table: Name,
  name: string,
  kind: 'UNIQUE' | 'PRIMARY KEY' | 'PRIMARY KEY NONCLUSTERED',
  columns: readonly string[],
): string {
  return `ALTER TABLE ${tableSql(table, 'sqlserver')} ADD CONSTRAINT ${columnSql(name, 'sqlserver')} ${kind} ${columnsSql(columns, 'sqlserver')} WITH (ONLINE = ON);`;
}
