/** What a database says of a duplicate while it builds a unique index. */
import type { Database } from '../../src/operations/migration.ts';

/** Code and words of the error, by database. */
export const duplicateErrors: Partial<Record<Database, string>> = {
  postgres: '23505, could not create unique index',
  mysql: '1062, duplicate entry',
  mariadb: '1062, duplicate entry',
  sqlserver: '1505, duplicate key',
};
