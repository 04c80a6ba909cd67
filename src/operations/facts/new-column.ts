/** What it costs to give the existing rows of a table a value in a new column. */
import type { Column, DataType } from '../column.ts';
import { isAtLeast, type Database } from '../migration.ts';
import type { Schema } from '../schema.ts';
import { isExpressionDefault } from './mysql-change.ts';
import { findWay, type MysqlChange, type MysqlDatabase } from './mysql-online-ddl.ts';
import { fillsRows, onlineEditions } from './sqlserver-change.ts';
import { volatilityOf } from './volatility.ts';

/**
 * `rewrites`: every row is written; `why` completes "because …". `unless` says what would make it free, where that is not known, and `byEdition` that it is what was paid for.
 * `fails`: the statement fails as soon as the table holds a row; `error` is what the database says.
 */
export type ColumnCost =
  | { kind: 'free' }
  | { kind: 'rewrites'; why: string; unless?: string; blocks: Blocked; byEdition?: true }
  | { kind: 'fails'; error: string };

type Own = { [Kind in 'functions' | 'domains']?: Schema[Kind] | undefined };

/** What waits meanwhile; `unstated` where the database does not say. */
type Blocked = 'reads and writes' | 'writes' | 'unstated';

/** The cost of ADD COLUMN for a column on a table that holds rows. Functions and domains of the project's own stand in `own`. */
export function newColumnCost(
  column: Column,
  database: Database,
  version: string | undefined,
  own: Own = {},
): ColumnCost {
  if (database === 'postgres') return postgresCost(column, version, own);
  if (database === 'mysql' || database === 'mariadb') return mysqlCost(column, database, version);
  if (database === 'sqlserver') return sqlserverCost(column);
  return database === 'sqlite' ? sqliteCost(column) : { kind: 'free' };
}

/** https://www.postgresql.org/docs/current/sql-altertable.html#SQL-ALTERTABLE-NOTES; constants are stored once since 11: https://www.postgresql.org/docs/release/11.0/ */
function postgresCost(column: Column, version: string | undefined, { functions, domains }: Own): ColumnCost {
  if (column.ownCheck === 'broken')
    return { kind: 'fails', error: `23514, a check of its own does not let ${column.default?.sql ?? 'NULL'} pass` };
  if (column.generated === 'identity')
    return rewrites('every row draws its own number from a sequence', 'reads and writes');
  if (column.generated === 'stored')
    return rewrites('a stored generated column is computed for every row', 'reads and writes');
  const asks = column.type?.array ? undefined : domains?.get(column.type?.name ?? '');
  if (asks === 'value' && !column.default)
    return { kind: 'fails', error: `23502, domain ${column.type?.name} does not allow null values` };
  if (asks) return rewrites('its type is a domain with a constraint', 'reads and writes');
  if (!column.default) return { kind: 'free' };
  if (version !== undefined && !isAtLeast(version, '11'))
    return rewrites('PostgreSQL before 11 writes every default into the rows', 'reads and writes');
  const volatility = volatilityOf(column.default, 'postgres', functions);
  if (volatility === 'volatile') return rewrites('its default has another value for every row', 'reads and writes');
  if (volatility !== 'unknown') return { kind: 'free' };
  return {
    kind: 'rewrites',
    why: 'its default may have another value for every row',
    unless: 'every function in it is immutable or stable',
    blocks: 'reads and writes',
  };
}

/** What is not computed for every row may be written all the same: `rebuild-table` tells where. */
function mysqlCost(column: Column, database: MysqlDatabase, version: string | undefined): ColumnCost {
  const blocked = (change: MysqlChange) => (findWay(change, database, version).writes ? 'unstated' : 'writes');
  if (column.generated === 'identity')
    return rewrites('AUTO_INCREMENT numbers every row', blocked('numbered column added'));
  if (column.generated === 'stored')
    return rewrites('a stored generated column is computed for every row', blocked('stored column added'));
  if (!column.default || !isExpressionDefault(column.default, database)) return { kind: 'free' };
  const isVolatile = volatilityOf(column.default, database) === 'volatile';
  const why = isVolatile
    ? 'its default has another value for every row'
    : 'its default is an expression, not a literal';
  return rewrites(why, blocked('column with an expression added'));
}

/**
 * https://learn.microsoft.com/sql/t-sql/statements/alter-table-transact-sql#add-not-null-columns-as-an-online-operation: runtime constants
 * are stored once, in some editions since 2012, and never for large and user-defined types.
 */
function sqlserverCost(column: Column): ColumnCost {
  if (column.generated === 'identity') return rewrites('IDENTITY numbers every row', 'reads and writes');
  if (column.generated === 'stored')
    return rewrites('a persisted computed column is computed for every row', 'reads and writes');
  if (column.generated === 'rowversion') return rewrites('every row gets a version of its own', 'reads and writes');
  if (!column.default || !fillsRows(column)) return { kind: 'free' };
  const volatility = volatilityOf(column.default, 'sqlserver');
  if (volatility === 'volatile') return rewrites('its default has another value for every row', 'reads and writes');
  if (isStoredApart(column.type))
    return rewrites('a default of this type is written into every row', 'reads and writes');
  const unless = volatility === 'unknown' ? ', and every function in its default has one value for all rows' : '';
  return {
    kind: 'rewrites',
    why: 'its default is written into every row',
    unless: `the edition stores it once (${onlineEditions})${unless}`,
    blocks: 'reads and writes',
    byEdition: true,
  };
}

function isStoredApart(type: DataType | undefined): boolean {
  return type?.arguments[0] === 'max' || largeTypes.has(type?.name ?? '');
}

const largeTypes = new Set(['text', 'ntext', 'image', 'xml', 'json', 'hierarchyid', 'geometry', 'geography']);

/** https://www.sqlite.org/lang_altertable.html#alter_table_add_column */
function sqliteCost(column: Column): ColumnCost {
  if (column.generated === 'stored') return { kind: 'fails', error: 'cannot add a STORED column' };
  if (column.ownCheck === 'broken') return { kind: 'fails', error: 'CHECK constraint failed' };
  // Where the connection checks foreign keys, as most drivers have it.
  if (column.default && column.constraints.some(({ kind }) => kind === 'foreignKey'))
    return { kind: 'fails', error: 'Cannot add a REFERENCES column with non-NULL default value' };
  if (!column.default || volatilityOf(column.default, 'sqlite') === 'constant') return { kind: 'free' };
  return { kind: 'fails', error: 'Cannot add a column with non-constant default' };
}

function rewrites(why: string, blocks: Blocked): ColumnCost {
  return { kind: 'rewrites', why, blocks };
}
