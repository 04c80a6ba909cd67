/** What becomes of a whole file that is sent as one query string without BEGIN. */
import type { Database, Transaction } from '../../operations/migration.ts';

/**
 * PostgreSQL makes several statements of one query string one transaction
 * (https://www.postgresql.org/docs/current/protocol-flow.html#PROTOCOL-FLOW-MULTI-STATEMENT); the others commit each by itself.
 */
export function transactionOfOneQuery(database: Database): Transaction {
  if (database === 'unknown') return 'unknown';
  return database === 'postgres' ? 'one-query' : 'none';
}
