/** What does the same on a table that refuses a statement. */
import type { Operation } from '../../src/operations/operation.ts';
import { code, type Context } from '../../src/rule.ts';
import { columnsSql, columnSql, tableSql } from '../../src/writers/identifier.ts';

/** One or two sentences, with the statements of this table. */
export function tookAnother(operation: Operation, table: string, { schema, migration }: Context): string {
  const { kinds = [], history } = schema.tables.get(table) ?? {};
  const on = tableSql(table, migration.database);
  if (migration.database === 'sqlite') return adviseOnSqlite(operation);
  if (operation.kind === 'truncateTable' && kinds.includes('captured'))
    return 'Delete the rows in batches, so that those who follow the table see them go; or `sys.sp_cdc_disable_table` before it, and `sys.sp_cdc_enable_table` behind it, where they begin anew anyway.';
  if (kinds.includes('captured'))
    return 'Keep the name, and give the column another one where it is read; or `sys.sp_cdc_disable_table` before it and `sys.sp_cdc_enable_table` behind it, and tell those who follow the table.';
  if (kinds.includes('in memory')) return adviseInMemory(operation, on);
  const off = code(`ALTER TABLE ${on} SET (SYSTEM_VERSIONING = OFF);`, 300);
  if (operation.kind === 'dropTable' && kinds.includes('versioned'))
    return `${off} before it. The history stays as a table of its own${history === undefined ? '' : `, ${code(history)}`}: drop it too, or keep it where somebody has to be able to look things up.`;
  if (kinds.includes('versioned')) {
    const kept =
      history === undefined ? '…' : tableSql(history.includes('.') ? history : `dbo.${history}`, 'sqlserver');
    const again = code(`ALTER TABLE ${on} SET (SYSTEM_VERSIONING = ON (HISTORY_TABLE = ${kept}));`, 300);
    return `${off} before it and ${again} behind it, in one transaction, so that no change is missed; a new column is needed in the history too.`;
  }
  return 'Old versions go by `HISTORY_RETENTION_PERIOD` of the table that they are kept for. What has to be written here by hand needs `SYSTEM_VERSIONING = OFF` on that table before and `ON` with the same history behind, in one transaction.';
}

/** https://learn.microsoft.com/sql/relational-databases/in-memory-oltp/altering-memory-optimized-tables */
function adviseInMemory(operation: Operation, on: string): string {
  if (operation.kind === 'createIndex' && operation.index.name !== undefined) {
    const { name, columns, unique } = operation.index;
    const index = `${columnSql(name, 'sqlserver')}${unique ? ' UNIQUE' : ''} NONCLUSTERED ${columnsSql(columns, 'sqlserver')}`;
    return `${code(`ALTER TABLE ${on} ADD INDEX ${index};`, 300)} It makes the table anew in memory, and nobody reaches the table until it is done.`;
  }
  if (operation.kind === 'dropIndex')
    return code(`ALTER TABLE ${on} DROP INDEX ${columnSql(operation.name, 'sqlserver')};`, 300);
  if (operation.kind === 'truncateTable') return `${code(`DELETE FROM ${on};`, 300)}, in batches where it is large.`;
  return 'Indexes in memory are made anew at every start of the database: leave it out.';
}

function adviseOnSqlite(operation: Operation): string {
  const { kind } = operation;
  if (kind === 'createTable' && operation.kinds?.includes('without rowid') && !operation.kinds.includes('strict'))
    return 'Give it a `PRIMARY KEY` without `AUTOINCREMENT`, or leave `WITHOUT ROWID` out: it is for tables that are found by a key of their own.';
  if (kind === 'createTable' || kind === 'addColumn')
    return 'Give the column one of `INT`, `INTEGER`, `REAL`, `TEXT`, `BLOB` and `ANY`, without a length: what is longer is for a `CHECK` to refuse.';
  return 'Make a virtual table anew, as it is to be, and fill it from the old one or from what it indexes.';
}
