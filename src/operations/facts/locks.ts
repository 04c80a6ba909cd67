/** Which lock an operation takes on a table, and what is undone when a migration fails halfway. */
import type { Database } from '../migration.ts';
import type { Operation } from '../operation.ts';
import type { ObjectKind } from '../object-operation.ts';
import { sqlserverWork } from './sqlserver-change.ts';

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
 * and https://learn.microsoft.com/sql/relational-databases/sql-server-transaction-locking-and-row-versioning-guide#schema; of SQL Server as `sqlserver-change.ts` says.
 */
export function writerLock(operation: Operation, database: Database): string | undefined {
  if (database === 'postgres') return postgresLock(operation);
  if (database !== 'sqlserver') return undefined;
  const work = sqlserverWork(operation, undefined, undefined);
  return work?.online ? undefined : work?.lock;
}

function postgresLock(operation: Operation): string | undefined {
  if ('concurrently' in operation) return undefined;
  switch (operation.kind) {
    case 'addConstraint':
      return operation.constraint.kind === 'foreignKey' ? 'SHARE ROW EXCLUSIVE' : 'ACCESS EXCLUSIVE';
    case 'createIndex':
    case 'rebuildIndex':
      return 'SHARE';
    case 'addColumn':
    case 'dropColumn':
    case 'renameColumn':
    case 'alterColumn':
    case 'dropConstraint':
    case 'dropTable':
    case 'renameTable':
    case 'rebuildTable':
      return 'ACCESS EXCLUSIVE';
    case 'alterTable':
      return settingLock(operation.change);
    case 'alterPartition':
      return operation.action === 'detach' ? 'ACCESS EXCLUSIVE' : undefined;
    case 'createObject':
      return operation.object === 'trigger' ? 'SHARE ROW EXCLUSIVE' : objectLock(operation.object);
    case 'alterObject':
    case 'renameObject':
    case 'dropObject':
      return objectLock(operation.object);
    case 'lockTable':
      return weakModes.has(operation.mode.toUpperCase()) ? undefined : operation.mode.toUpperCase();
  }
  return undefined;
}

/** Objects that are part of their table. */
function objectLock(object: ObjectKind): string | undefined {
  return ['constraint', 'policy', 'rule', 'trigger'].includes(object) ? 'ACCESS EXCLUSIVE' : undefined;
}

/** Settings that let writers through, and those of triggers; the others take the strongest lock. */
function settingLock(change: string): string | undefined {
  const words = change.toUpperCase().split(' ');
  const rest = words[0] === 'ALTER' ? words.slice(words[1] === 'COLUMN' ? 3 : 2) : words;
  const [first = '', second = ''] = rest;
  if (first === 'COMMENT' || first === 'CLUSTER') return undefined;
  if (['SET', 'RESET'].includes(first) && (second.startsWith('(') || second === 'STATISTICS' || second === 'WITHOUT'))
    return undefined;
  return words.includes('TRIGGER') ? 'SHARE ROW EXCLUSIVE' : 'ACCESS EXCLUSIVE';
}

/** Modes of LOCK TABLE that let writers through. */
const weakModes = new Set(['ACCESS SHARE', 'ROW SHARE', 'ROW EXCLUSIVE', 'SHARE UPDATE EXCLUSIVE']);
