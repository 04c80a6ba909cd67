/** How a column that SQLite or SQL Server holds back is let go. */
import type { Database } from '../../src/operations/migration.ts';
import { code } from '../../src/rule.ts';
import { columnSql, tableSql } from '../../src/writers/identifier.ts';
import type { Holder } from './holders.ts';

/** What is dropped first, by its name where that is known; and made again, unless the column goes. */
export function freeColumn(holder: Holder, database: Database, goes: boolean): string {
  const { kind, name, table } = holder;
  if (kind === 'computed' && name !== undefined)
    return firstDrop(`ALTER TABLE ${tableSql(table, database)} DROP COLUMN ${columnSql(name, database)};`, goes, true);
  if (name !== undefined && isReader(kind)) return freeReader(kind, name, goes, database);
  return database === 'sqlite' ? adviseOnSqlite(holder) : adviseOnSqlserver(holder, goes);
}

type Reader = 'view' | 'trigger' | 'function' | 'procedure';

/** True for what goes by a query of its own. */
export function isReader(kind: Holder['kind']): kind is Reader {
  return kind === 'view' || kind === 'trigger' || kind === 'function' || kind === 'procedure';
}

function freeReader(kind: Reader, name: string, goes: boolean, database: Database): string {
  const drop = code(`DROP ${kind.toUpperCase()} ${tableSql(name, database)};`, 300);
  const without = goes ? ' without it' : '';
  const indexes = database === 'sqlserver' && kind === 'view' ? ', with its indexes' : '';
  return `First ${drop}, and make the ${kind} again behind this${without}${indexes}.`;
}

function adviseOnSqlite({ kind, name, table }: Holder): string {
  if (kind === 'index' && name !== undefined) return `First ${code(`DROP INDEX ${tableSql(name, 'sqlite')};`)}.`;
  return `Make a new table without it, copy the rows, drop ${code(table)} and give the new one its name, with foreign keys off and outside a transaction of the tool.`;
}

function adviseOnSqlserver({ kind, name, table }: Holder, goes: boolean): string {
  const on = tableSql(table, 'sqlserver');
  if (name === undefined)
    return `First drop it, under the name that \`sys.default_constraints\`, \`sys.key_constraints\`, \`sys.check_constraints\` or \`sys.foreign_keys\` has for it${goes ? '' : '; give it a name of its own where it is made again'}.`;
  const quoted = columnSql(name, 'sqlserver');
  const sql = kind === 'index' ? `DROP INDEX ${quoted} ON ${on};` : `ALTER TABLE ${on} DROP CONSTRAINT ${quoted};`;
  return firstDrop(sql, goes, false);
}

function firstDrop(sql: string, goes: boolean, isWorkedOut: boolean): string {
  if (goes && !isWorkedOut) return `First ${code(sql, 300)}.`;
  return `First ${code(sql, 300)}, and make it again behind this where it is still wanted.`;
}
