/** What a database says of a table or a column that is there already. */
import type { Database } from '../migration.ts';

/** Code of the error, by database: https://www.postgresql.org/docs/current/errcodes-appendix.html, https://dev.mysql.com/doc/mysql-errors/8.4/en/server-error-reference.html, https://learn.microsoft.com/sql/relational-databases/errors-events/database-engine-events-and-errors */
export const tableTaken: Partial<Record<Database, string>> = {
  postgres: '42P07',
  mysql: '1050',
  mariadb: '1050',
  sqlserver: '2714',
};

/** The same for a column. */
export const columnTaken: Partial<Record<Database, string>> = {
  postgres: '42701',
  mysql: '1060',
  mariadb: '1060',
  sqlserver: '2705',
};
