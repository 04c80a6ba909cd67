/** What SQL Server does for an operation where it stands. */
import { sqlserverWork, type SqlserverWork } from '../../src/operations/facts/sqlserver-change.ts';
import type { Operation } from '../../src/operations/operation.ts';
import type { Context } from '../../src/rule.ts';
import { tableOf } from './describe.ts';

/** With its table as it is before; undefined for other databases, and for what touches no table. */
export function sqlserverWorkAt(operation: Operation, { migration, schema }: Context): SqlserverWork | undefined {
  if (migration.database !== 'sqlserver') return undefined;
  return sqlserverWork(operation, schema.tables.get(tableOf(operation) ?? ''), migration.databaseVersion);
}
