/** The one phase of an index that only finds rows: it is told by itself, so that a plan says how it is proven and taken back. */
import type { Database } from '../../operations/migration.ts';
import type { Name, OperationOf } from '../../operations/operation.ts';
import { code } from '../../rule.ts';
import { buildIndex } from '../../writers/build-index.ts';
import { madeUpName, tableSql } from '../../writers/identifier.ts';
import { onlineEdition } from '../phases.ts';
import { isAddedHere, type Draft, type FindRoad } from '../situation.ts';

/** Built while writers go on, where the database can; one that comes with its column is nothing to wait for. */
export const builtIndex: FindRoad<'createIndex'> = (operation, situation) => {
  const { table, index } = operation;
  const { database } = situation.migration;
  const isPart = operation.onlyParent === true || operation.replaces === true;
  if (isPart || !canGoOn(database) || index.columns.some((each) => isAddedHere(table, each, situation)))
    return undefined;
  const name = index.name ?? nameOf(operation);
  const verify = foundBy(table, name, database);
  const phase: Draft = {
    title: `Build ${code(name)} on ${code(table)} while reads and writes go on`,
    when: 'before',
    deploy: 1,
    ...(database === 'sqlserver' ? { note: onlineEdition } : {}),
    migrations: [buildIndex(table, { ...index, name }, database)],
    verify,
    back: 'Its way back drops the index; no value is lost.',
  };
  return { subject: `${code(name)} on ${code(table)}`, phases: [phase] };
};

function canGoOn(database: Database): boolean {
  return database !== 'sqlite' && database !== 'unknown';
}

function nameOf({ table, index }: OperationOf<'createIndex'>): string {
  return madeUpName(table, ...index.columns.map((each) => each.match(/\w+/g)?.join('_') ?? 'expression'), 'idx');
}

/** A build that failed leaves an index behind that is kept up to date and never used: https://www.postgresql.org/docs/current/sql-createindex.html#SQL-CREATEINDEX-CONCURRENTLY */
function foundBy(table: Name, name: string, database: Database): { sql: string; expect: string } {
  const of = literal(tableSql(table, database));
  if (database === 'postgres')
    return {
      sql: `SELECT indexrelid::regclass FROM pg_index WHERE indrelid = ${of}::regclass AND NOT indisvalid;`,
      expect: 'no row: one that is listed is invalid',
    };
  if (database === 'sqlserver')
    return {
      sql: `SELECT is_disabled FROM sys.indexes WHERE object_id = OBJECT_ID(${literal(table)}) AND name = ${literal(name)};`,
      expect: '0',
    };
  return {
    sql: `SHOW INDEX FROM ${tableSql(table, database)} WHERE Key_name = ${literal(name)};`,
    expect: 'its columns',
  };
}

function literal(text: string): string {
  return `'${text.replaceAll("'", "''")}'`;
}
