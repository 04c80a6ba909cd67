import { frameworkName } from '../src/operations/facts/framework-name.ts';
import type { Database } from '../src/operations/migration.ts';
import type { Operation } from '../src/operations/operation.ts';
import { outsideTransaction } from '../src/operations/facts/frameworks.ts';
import { code, type Context, type Found, type Rule } from '../src/rule.ts';

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
    dropDatabase: ({ database }, context) =>
      context.migration.database === 'postgres' || context.migration.database === 'sqlserver'
        ? find(`DROP DATABASE ${database}`, context)
        : undefined,
  },
};

function refusedObject(operation: Operation, context: Context): string | undefined {
  return context.migration.database === 'sqlserver' ? sqlserverOnly(operation) : postgresOnly(operation, context);
}

/** https://learn.microsoft.com/sql/t-sql/language-elements/transactions-transact-sql, https://learn.microsoft.com/sql/t-sql/statements/create-fulltext-index-transact-sql */
function sqlserverOnly(operation: Operation): string | undefined {
  if (!('object' in operation)) return undefined;
  const verb = verbs[operation.kind];
  if (verb === undefined) return undefined;
  if (operation.object === 'text search') return `${verb} FULLTEXT INDEX or CATALOG`;
  const isScoped = operation.kind === 'alterObject' && operation.change.startsWith('SCOPED');
  return operation.object === 'database' && !isScoped ? `${verb} DATABASE ${operation.name}` : undefined;
}

const verbs: Partial<Record<Operation['kind'], string>> = {
  createObject: 'CREATE',
  alterObject: 'ALTER',
  dropObject: 'DROP',
};

/** https://www.postgresql.org/docs/current/sql-createdatabase.html and https://www.postgresql.org/docs/current/sql-altersystem.html */
function postgresOnly(operation: Operation, { migration }: Context): string | undefined {
  if (migration.database !== 'postgres' || !('object' in operation)) return undefined;
  if (operation.kind === 'createObject') {
    if (operation.object === 'database') return `CREATE DATABASE ${operation.name}`;
    return operation.object === 'system setting' ? `CREATE TABLESPACE ${operation.name}` : undefined;
  }
  return operation.kind === 'alterObject' && operation.object === 'system setting'
    ? `ALTER SYSTEM ${operation.change}`
    : undefined;
}

const errors: Partial<Record<Database, string>> = { postgres: ' (25001)', sqlserver: ' (226 or 574)' };

function find(statement: string | undefined, { migration, inTransaction }: Context, of = ''): Found | undefined {
  if (statement === undefined || inTransaction === false) return undefined;
  const error = errors[migration.database] ?? '';
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
