/** An index of SQL Server that is switched off: what is said of it. */
import { isNameOf } from '../../src/operations/named-keys.ts';
import type { Operation, OperationOf } from '../../src/operations/operation.ts';
import type { Table } from '../../src/operations/table.ts';
import { code, type Context, type Found } from '../../src/rule.ts';
import { columnSql, tableSql } from '../../src/writers/identifier.ts';

/** Undefined where it is built again: https://learn.microsoft.com/sql/relational-databases/indexes/disable-indexes-and-constraints#limitations */
export function findDisabledIndex(operation: OperationOf<'alterObject'>, context: Context): Found | undefined {
  const { object, name, table, change } = operation;
  if (object !== 'index' || change !== 'DISABLE' || table === undefined || context.isNew(table)) return undefined;
  if (context.after.some((each) => rebuilds(each, name, table))) return undefined;
  const what = name === 'all' ? `Every index of ${code(table)}` : `${code(name)} of ${code(table)}`;
  const again = `ALTER INDEX ${name === 'all' ? 'ALL' : columnSql(name, 'sqlserver')} ON ${tableSql(table, 'sqlserver')} REBUILD;`;
  const holdsRows = name === 'all' || isClustered(name, context.schema.tables.get(table));
  return {
    ...(holdsRows ? { severity: 'error' as const } : {}),
    message: `${what} is switched off and stays off: ${holdsRows ? 'the clustered index is the table itself, and each query of it fails (8655)' : 'queries that found rows by it read all of them, and what it kept unique is no longer'}. Foreign keys that point to a key that is off are off too, and no rebuild switches them on again.`,
    advice: `${code(again)} in the same migration, then \`WITH CHECK CHECK CONSTRAINT\` for the foreign keys; or drop what is not wanted.`,
  };
}

function rebuilds(each: Operation, name: string, table: string): boolean {
  if (each.kind === 'rebuildIndex') return each.table === table && (each.name === undefined || each.name === name);
  return (each.kind === 'dropIndex' && each.name === name) || (each.kind === 'dropTable' && each.table === table);
}

/** The primary key is, unless it says that it is not. */
function isClustered(name: string, known: Table | undefined): boolean {
  const index = known?.indexes.find((each) => each.name === name);
  if (index) return index.method?.split(' ').includes('clustered') ?? false;
  const key = known?.constraints.find((each) => isNameOf(name, each, known.name));
  return key?.kind === 'primaryKey' && key.clustered !== false;
}
