/** Statements about what is no table, which no transaction may hold. */
import type { Operation } from '../../src/operations/operation.ts';
import type { Context } from '../../src/rule.ts';

/** The statement, as its first words; undefined for what a transaction holds. */
export function refusedObject(operation: Operation, context: Context): string | undefined {
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
