/** A batch as SQL that runs until it changes no row. */
import { isAtLeast } from '../operations/migration.ts';
import { indented } from './lines.ts';
import { stepSql } from './sql.ts';
import type { FillColumn } from './step.ts';
import type { Target } from './writer.ts';

type Server = Pick<Target, 'database' | 'databaseVersion'>;

/** The statements of a loop that commits each batch; the one statement for all rows where the database has no batch; undefined where it has none at all. */
export function batchLoopSql(step: FillColumn, { database, databaseVersion }: Server): string[] | undefined {
  const sql = stepSql(step, database);
  if (sql === undefined) return undefined;
  switch (database) {
    case 'sqlserver':
      // https://learn.microsoft.com/en-us/sql/t-sql/functions/rowcount-transact-sql
      return [`WHILE 1 = 1 BEGIN ${sql} IF @@ROWCOUNT = 0 BREAK; END;`];
    case 'postgres':
      return isByScript({ database, ...(databaseVersion !== undefined && { databaseVersion }) })
        ? [`${untilNone}\n${sql}`]
        : [postgresLoop(sql)];
    case 'mysql':
    case 'mariadb':
      // A loop stands in a procedure alone: https://dev.mysql.com/doc/refman/8.4/en/flow-control-statements.html
      return [`${untilNone}\n${sql}`];
    default:
      return [sql];
  }
}

/** For a script: a migration runs once. */
const untilNone = '-- by a script and not as a migration, which runs once: again until it changes no row';

/** True where a file of SQL has no loop that commits each batch, so that a script outside the tool runs the batch. */
export function isByScript({ database, databaseVersion }: Server): boolean {
  if (database === 'postgres') return !isAtLeast(databaseVersion ?? '11', '11');
  return database === 'mysql' || database === 'mariadb';
}

/** One statement, which commits as long as no transaction is around it: https://www.postgresql.org/docs/current/plpgsql-transactions.html */
function postgresLoop(sql: string): string {
  const loop = ['LOOP', ...indented([sql, 'EXIT WHEN NOT FOUND;', 'COMMIT;']), 'END LOOP;'];
  return ['DO $$', 'BEGIN', ...indented(loop), 'END $$;'].join('\n');
}
