/** The limit of the wait for a lock, where nothing else sets one. */
import type { TableSize } from '../../src/operations/configuration.ts';
import type { Database } from '../../src/operations/migration.ts';
import type { Step } from '../../src/writers/step.ts';

/** Without one it is waited without end: https://www.postgresql.org/docs/current/runtime-config-client.html#GUC-LOCK-TIMEOUT, https://learn.microsoft.com/sql/t-sql/statements/set-lock-timeout-transact-sql */
export const lockLimits: Partial<Record<Database, { words: string; unless: string; error: string }>> = {
  postgres: {
    words: "SET lock_timeout = '2s';",
    unless: 'the role or the connection has a `lock_timeout`',
    error: '55P03',
  },
  sqlserver: {
    words: 'SET LOCK_TIMEOUT 2000;',
    unless: 'the connection has set `LOCK_TIMEOUT`',
    error: '1222',
  },
};

/** What a corrected migration of a busy table begins with, so that `missing-lock-timeout` is silent. */
export function lockLimit(database: Database, size: TableSize | undefined): Step[] {
  const limit = lockLimits[database];
  return limit && (size === 'large' || size === 'hot') ? [{ kind: 'sql', sql: limit.words }] : [];
}
