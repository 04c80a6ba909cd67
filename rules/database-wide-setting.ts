import type { OperationOf } from '../src/operations/operation.ts';
import { code, type Context, type Found, type Rule } from '../src/rule.ts';
import { findOnMysql } from './advice/mysql-settings.ts';
import { isMysql } from './advice/online-change.ts';
import { findOnDatabase, findOnServer } from './advice/database-settings.ts';

/** A setting that waits for, or changes, more than the tables of the migration. */
export const databaseWideSetting: Rule = {
  id: 'database-wide-setting',
  title: 'A setting of the whole database or server',
  severity: 'warning',
  concerns: 'locks',
  check: {
    alterObject: (operation, context) => {
      const { object, name, change, conditional } = operation;
      const { database } = context.migration;
      if (isMysql(database)) return object === 'system setting' ? findOnMysql(operation, context) : undefined;
      if (database === 'postgres' && object === 'system setting') return findAlterSystem(operation, context);
      if (database !== 'sqlserver' || conditional) return undefined;
      if (object === 'system setting') return findOnServer(name, change, context.before);
      // In a transaction it is refused, of which `refused-in-transaction` speaks.
      if (object !== 'database' || context.inTransaction === true) return undefined;
      return findOnDatabase(`ALTER DATABASE ${name} ${change}`, change);
    },
  },
};

/** https://www.postgresql.org/docs/current/sql-altersystem.html; of tablespaces nothing is said, and in a transaction it is refused, of which `refused-in-transaction` speaks. */
function findAlterSystem({ name, change }: OperationOf<'alterObject'>, context: Context): Found | undefined {
  if (!/^(set|reset) /.test(change) || context.inTransaction === true) return undefined;
  if (context.before.some((each) => each.kind === 'alterObject' && each.object === 'system setting')) return undefined;
  return {
    concerns: 'code',
    message: `\`ALTER SYSTEM\` changes ${code(name)} for every database and application on the server, once that reads its configuration again or is started again. Replicas do not get it, a new server starts without it, and the migration stops there if its role may not do this.`,
    advice:
      'For the connection alone, `SET`; for one application, `ALTER ROLE … SET`. What the server is to have belongs into its configuration, by whoever runs it.',
  };
}
