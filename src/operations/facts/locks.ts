/** Which lock an operation takes on a table, and what is undone when a migration fails halfway. */
import type { Database } from '../migration.ts';
import type { Operation } from '../operation.ts';

/**
 * True where a schema statement can be rolled back. MySQL and MariaDB commit before and after each:
 * https://dev.mysql.com/doc/refman/8.4/en/implicit-commit.html, https://mariadb.com/docs/server/reference/sql-statements/transactions/sql-statements-that-cause-an-implicit-commit.
 */
export function rollsBackSchema(database: Database): boolean {
  return database !== 'mysql' && database !== 'mariadb';
}

/**
 * The lock that a schema operation takes on an existing table and that keeps writers out until the transaction ends; undefined for weaker ones.
 * https://www.postgresql.org/docs/current/sql-altertable.html, https://www.postgresql.org/docs/current/explicit-locking.html#LOCKING-TABLES
 * and https://learn.microsoft.com/sql/relational-databases/sql-server-transaction-locking-and-row-versioning-guide#schema.
 */
export function writerLock(operation: Operation, database: Database): string | undefined {
  if (database === 'postgres') return postgresLock(operation);
  if (database !== 'sqlserver' || operation.kind === 'lockTable' || operation.kind === 'createObject') return undefined;
  if (operation.kind === 'createIndex') return operation.online?.online ? undefined : 'S';
  return postgresLock(operation) ? 'Sch-M' : undefined;
}

function postgresLock(operation: Operation): string | undefined {
  switch (operation.kind) {
    case 'addConstraint':
      return operation.constraint.kind === 'foreignKey' ? 'SHARE ROW EXCLUSIVE' : 'ACCESS EXCLUSIVE';
    case 'createIndex':
      return operation.concurrently ? undefined : 'SHARE';
    case 'addColumn':
    case 'dropColumn':
    case 'renameColumn':
    case 'alterColumn':
    case 'dropConstraint':
    case 'dropTable':
    case 'renameTable':
    case 'rebuildTable':
      return 'ACCESS EXCLUSIVE';
    case 'createObject':
      return operation.object === 'trigger' ? 'SHARE ROW EXCLUSIVE' : undefined;
    case 'lockTable':
      return operation.mode.toUpperCase();
  }
  return undefined;
}
