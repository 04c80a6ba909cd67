/** The default of a required column goes, which INSERTs of the release that runs may rely on. */
import type { Database } from '../../src/operations/migration.ts';
import type { Column, Name, Operation, OperationOf } from '../../src/operations/operation.ts';
import { code, type Context, type Found } from '../../src/rule.ts';
import { printable } from '../../src/writers/identifier.ts';
import { isMysql } from './online-change.ts';

/** By the name that SQL Server knows the default by, or of a column; undefined where another default takes its place, or the column goes. */
export function findDroppedDefault(
  table: Name,
  of: { column: string } | { name: string },
  context: Context,
): Found | undefined {
  const { schema, migration, after } = context;
  if (!tellsDroppedDefault(migration.database)) return undefined;
  const columns = [...(schema.tables.get(table)?.columns.values() ?? [])];
  const column = columns.find((each) =>
    'column' in of ? each.name === of.column : each.defaultName?.toLowerCase() === of.name.toLowerCase(),
  );
  if (!column?.default || column.nullable || column.generated || isNewHere(table, column, context)) return undefined;
  if (after.some((each) => takesOver(each, table, column.name))) return undefined;
  const error = migration.database === 'sqlserver' ? '515' : '1364, in strict mode';
  return {
    severity: 'warning',
    concerns: 'code',
    message: `${code(`${table}.${column.name}`)} has to have a value and loses its default ${code(printable(column.default.sql))}: every INSERT into ${code(table)} of the release that still runs that leaves it out fails (${error}).`,
    advice: 'First a release that gives the column a value in every INSERT, then this; or let the default stay.',
  };
}

/** The databases of which it is told. */
export function tellsDroppedDefault(database: Database): boolean {
  return isMysql(database) || database === 'sqlserver';
}

/** Neither the column nor its default is known to the release that runs. */
function isNewHere(table: Name, { name }: Column, { schema, isNew, before }: Context): boolean {
  if (isNew(table) || schema.tables.get(table)?.newColumns?.has(name)) return true;
  return before.some(
    (each) => each.kind === 'alterColumn' && each.table === table && each.column === name && isDefault(each.default),
  );
}

function isDefault(value: OperationOf<'alterColumn'>['default']): boolean {
  return value !== undefined && value !== 'none';
}

function takesOver(each: Operation, table: Name, column: string): boolean {
  if (!('table' in each) || each.table !== table) return false;
  if (each.kind === 'dropTable' || each.kind === 'renameTable') return true;
  if (!('column' in each) || each.column !== column) return false;
  return each.kind === 'alterColumn' ? each.default !== undefined || each.nullable === true : true;
}
