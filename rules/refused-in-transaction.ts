import { frameworkName } from '../src/operations/facts/framework-name.ts';
import type { Database } from '../src/operations/migration.ts';
import { outsideTransaction } from '../src/operations/facts/frameworks.ts';
import { code, type Context, type Found, type Rule } from '../src/rule.ts';
import { refusedObject } from './advice/refused-object.ts';

/** A statement that the database refuses inside a transaction stands in one; those with CONCURRENTLY have a rule of their own. */
export const refusedInTransaction: Rule = {
  id: 'refused-in-transaction',
  title: 'A statement that no transaction may hold',
  severity: 'error',
  concerns: 'process',
  check: {
    noEffect: ({ what }, context) => (what === 'VACUUM' ? find('VACUUM', context) : undefined),
    rebuildTable: ({ how, table }, context) =>
      how.startsWith('VACUUM') ? find(how, context, ` of ${code(table)}`) : undefined,
    rebuildIndex: ({ all }, context) => (all === undefined ? undefined : find(`REINDEX ${all}`, context)),
    createObject: (operation, context) => find(refusedObject(operation, context), context),
    alterObject: (operation, context) => find(refusedObject(operation, context), context),
    dropObject: (operation, context) => find(refusedObject(operation, context), context),
    // https://www.sqlite.org/pragma.html#pragma_synchronous, https://www.sqlite.org/pragma.html#pragma_journal_mode
    setSession: ({ setting, value }, context) =>
      context.migration.database === 'sqlite' &&
      (setting === 'synchronous' || (setting === 'journal_mode' && value === 'wal'))
        ? find(`PRAGMA ${setting} = ${value}`, context)
        : undefined,
    commit: ({ inBlock }, context) => (inBlock ? find('COMMIT', context, inADo, endedInBlock) : undefined),
    rollback: ({ inBlock }, context) => (inBlock ? find('ROLLBACK', context, inADo, endedInBlock) : undefined),
    dropDatabase: ({ database }, context) =>
      context.migration.database === 'postgres' || context.migration.database === 'sqlserver'
        ? find(`DROP DATABASE ${database}`, context)
        : undefined,
  },
};

const errors: Partial<Record<Database, string>> = { postgres: ' (25001)', sqlserver: ' (226 or 574)' };

const inADo = ' in a `DO` block';

/** https://www.postgresql.org/docs/current/plpgsql-transactions.html */
const endedInBlock = ' (2D000)';

function find(
  statement: string | undefined,
  { migration, inTransaction }: Context,
  of = '',
  error = errors[migration.database] ?? '',
): Found | undefined {
  if (statement === undefined || inTransaction === false) return undefined;
  const what = `${code(statement, 60)}${of}`;
  const { how } = outsideTransaction(migration.framework);
  const advice = `Put it in a migration of its own, ${how}; or outside migrations: what keeps a database in shape is not part of its schema.`;
  if (inTransaction === undefined)
    return {
      severity: 'notice',
      message: `${what} fails inside a transaction, and whether ${code(migration.path)} is run in one is not known here (${frameworkName(migration.framework)}).`,
      advice,
    };
  return {
    message: `${what} fails${error}: ${code(migration.path)} is run in a transaction, which cannot hold it.`,
    advice,
  };
}
