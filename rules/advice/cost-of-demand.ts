/** What a statement that requires something of every row costs, where it is told beside something worse. */
import { isAtLeast, type Database } from '../../src/operations/migration.ts';
import type { Operation } from '../../src/operations/operation.ts';
import { isProven } from '../../src/operations/proven-columns.ts';
import { code, type Context } from '../../src/rule.ts';
import { describeBuild } from './index-build.ts';
import { sqlserverWorkAt } from './sqlserver-work.ts';

/** Who waits for it, as a sentence; empty where nobody does. */
export function costOfDemand(operation: Operation, context: Context): string {
  switch (operation.kind) {
    case 'alterColumn': {
      if (isProvenBefore(operation.table, operation.column, context)) return '';
      if (sqlserverWorkAt(operation, context)?.online) return '';
      return requiring(operation.column, operation.table, context);
    }
    case 'createIndex':
      return describeBuild(operation, context) ?? '';
    case 'addConstraint': {
      const { table, constraint } = operation;
      if (constraint.kind === 'notNull') return requiring(constraint.columns[0], table, context);
      if (constraint.kind !== 'unique' || context.migration.database !== 'postgres') return '';
      return `Its index is built under ACCESS EXCLUSIVE on ${code(table)}: reads and writes wait until the whole table is read.`;
    }
    default:
      return '';
  }
}

/** True where the server need not look: a validated CHECK spares the scan since 12: https://www.postgresql.org/docs/release/12.0/ */
export function isProvenBefore(table: string, column: string, { migration, schema }: Context): boolean {
  return sparesScan(migration) && isProven(schema, table, column);
}

/** True for a server that takes a CHECK for a proof. */
export function sparesScan({ database, databaseVersion }: Context['migration']): boolean {
  return database === 'postgres' && isAtLeast(databaseVersion ?? '12', '12');
}

/** What NOT NULL does to the table, up to its name. */
export function costsOfRequiring(database: Database): string {
  switch (database) {
    case 'postgres':
      return 'holds ACCESS EXCLUSIVE, so that reads and writes wait, for a scan of the whole of';
    case 'sqlserver':
      return 'holds Sch-M, so that reads and writes wait, for a scan of the whole of';
    case 'unknown':
      return 'may keep reads and writes waiting for a scan of the whole of';
    default:
      return 'rebuilds';
  }
}

function requiring(column: string, table: string, { migration }: Context): string {
  return `Requiring ${code(column)} ${costsOfRequiring(migration.database)} ${code(table)}.`;
}
