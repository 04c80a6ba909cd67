/** What it costs to change the type of a column that holds values. */
import { isAtLeast, type Database } from '../migration.ts';
import type { DataType } from '../column.ts';
import { findWay, type MysqlDatabase } from './mysql-online-ddl.ts';
import { mysqlTypeChange } from './mysql-type-change.ts';
import { canonicalNames, typeName } from './type-name.ts';

/** `unless` says what would make the change free, where that is not known here. `writesGoOn` where they do while the rows are copied. */
export type TypeChange =
  | { kind: 'free' }
  /** Every row is read, to see whether its value fits, and none is written. */
  | { kind: 'reads' }
  | { kind: 'rewrites'; unless?: string; writesGoOn?: true };

/** The cost of a change from one type to another; `from` undefined means that the old type is not known, `timeZone` is that of the session, and `isMade` tells of a type of PostgreSQL that CREATE TYPE made, which is no domain. */
export function typeChange(
  from: DataType | undefined,
  to: DataType,
  database: Database,
  version: string | undefined,
  timeZone?: string,
  isMade: (type: DataType) => boolean = () => false,
): TypeChange {
  if (database === 'mysql' || database === 'mariadb') return mysqlChange(from, to, database, version);
  if (!from) return { kind: 'rewrites', unless: unlessUnknown(database) };
  if (isSameType(from, to)) return { kind: 'free' };
  if (database === 'postgres') return postgresChange(from, to, version, timeZone, isMade);
  if (database === 'sqlserver') return sqlserverChange(from, to);
  return { kind: 'free' };
}

function mysqlChange(
  from: DataType | undefined,
  to: DataType,
  database: MysqlDatabase,
  version: string | undefined,
): TypeChange {
  const found = mysqlTypeChange(from, to, database, version);
  const way = found && findWay(found.change, database, version);
  if (!found || !way || way.algorithm === 'instant' || way.algorithm === 'in place') return { kind: 'free' };
  return {
    kind: 'rewrites',
    ...(found.unless === undefined ? {} : { unless: found.unless }),
    ...(way.writes ? { writesGoOn: true } : {}),
  };
}

/** True when both say the same type, also under another name. */
export function isSameType(one: DataType, other: DataType): boolean {
  return (
    typeName(one) === typeName(other) &&
    one.array === other.array &&
    one.unsigned === other.unsigned &&
    one.arguments.join() === other.arguments.join()
  );
}

function unlessUnknown(database: Database): string {
  if (database === 'sqlserver') return 'the column has this type already, or is a shorter `varchar`';
  return 'the old type is a shorter `varchar`, or otherwise stored in the same way';
}

const builtIn = new Set(
  canonicalNames.concat('bytea cidr citext date inet interval json jsonb macaddr money text uuid xml bit'.split(' ')),
);
const lengthened = new Set(['character varying', 'bit varying']);
const sharpened = new Set([
  'timestamp with time zone',
  'timestamp without time zone',
  'time with time zone',
  'time without time zone',
  'interval',
]);

/**
 * Types that take the bytes of another as they are: https://www.postgresql.org/docs/current/catalog-pg-cast.html, castmethod `b`;
 * citext: https://github.com/postgres/postgres/blob/master/contrib/citext/citext--1.4.sql, WITHOUT FUNCTION.
 */
const coercible: Partial<Record<string, string[]>> = {
  'character varying': ['text', 'citext'],
  text: ['character varying', 'citext'],
  citext: ['text', 'character varying'],
  xml: ['text', 'character varying'],
  bit: ['bit varying'],
  cidr: ['inet'],
};

/**
 * True where an index that PostgreSQL has on the column itself serves after a free change as before: both types are compared alike, in one collation.
 * https://github.com/postgres/postgres/blob/master/src/backend/commands/indexcmds.c, CheckIndexCompatible: the operator class stays.
 */
export function keepsIndex(from: DataType, to: DataType): boolean {
  return comparedAs(from) === comparedAs(to) && from.collation === to.collation;
}

/** Types that share the operators of another. */
function comparedAs(type: DataType): string {
  const name = typeName(type);
  if (name === 'character varying') return 'text';
  return name === 'cidr' ? 'inet' : name;
}

/** Names under which PostgreSQL knows a zone that is never off: https://www.postgresql.org/docs/current/datatype-datetime.html#DATATYPE-TIMEZONES */
const utc: ReadonlySet<string> = new Set(['utc', 'etc/utc', 'gmt', 'etc/gmt', 'uct', 'zulu', 'universal', '0']);

/**
 * Times without a precision have six digits, the most there is.
 * https://www.postgresql.org/docs/current/sql-altertable.html#SQL-ALTERTABLE-NOTES: binary coercible types are not rewritten;
 * length, precision: https://www.postgresql.org/docs/release/9.2.0/; time zones: https://www.postgresql.org/docs/release/12.0/.
 */
function postgresChange(
  from: DataType,
  to: DataType,
  version: string | undefined,
  timeZone: string | undefined,
  isMade: (type: DataType) => boolean,
): TypeChange {
  const [old, next] = [typeName(from), typeName(to)];
  const others = [from, to].filter((each) => !builtIn.has(typeName(each)));
  if (others.length > 0)
    return others.every(isMade)
      ? { kind: 'rewrites' }
      : { kind: 'rewrites', unless: 'one type is a plain domain over the other' };
  // Elements are converted one by one, also where nothing is converted; it is seen that nothing is to be done only where no length is left to be checked.
  if (from.array || to.array)
    return { kind: old === next && from.array && to.array && to.arguments.length === 0 ? 'free' : 'rewrites' };
  if (old === next && lengthened.has(old)) return growth(from.arguments, to.arguments);
  if (old === next && sharpened.has(old)) return growth(from.arguments.length > 0 ? from.arguments : [6], to.arguments);
  if (old === next && old === 'numeric') return numericGrowth(from.arguments, to.arguments);
  const unlimited = to.arguments.length === 0;
  if (unlimited && coercible[old]?.includes(next)) return { kind: 'free' };
  const zoneOnly = old.startsWith('timestamp') && next.startsWith('timestamp');
  if (!zoneOnly || (version !== undefined && !isAtLeast(version, '12'))) return { kind: 'rewrites' };
  if (timeZone === undefined)
    return { kind: 'rewrites', unless: 'the session that runs it has its time zone set to UTC' };
  return utc.has(timeZone.toLowerCase()) ? { kind: 'free' } : { kind: 'rewrites' };
}

function growth(from: DataType['arguments'], to: DataType['arguments']): TypeChange {
  if (to.length === 0) return { kind: 'free' };
  return from.length > 0 && Number(to[0]) >= Number(from[0]) ? { kind: 'free' } : { kind: 'rewrites' };
}

function numericGrowth(from: DataType['arguments'], to: DataType['arguments']): TypeChange {
  if (to.length === 0) return { kind: 'free' };
  const sameScale = Number(from[1] ?? 0) === Number(to[1] ?? 0);
  return sameScale ? growth(from, to) : { kind: 'rewrites' };
}

/**
 * https://learn.microsoft.com/sql/t-sql/statements/alter-table-transact-sql#alter-column: a longer variable-length column changes metadata only.
 * A shorter one is read: https://learn.microsoft.com/answers/questions/1049402/alter-column
 */
function sqlserverChange(from: DataType, to: DataType): TypeChange {
  const [old, next] = [typeName(from), typeName(to)];
  const variable = old === next && ['character varying', 'nvarchar', 'varbinary'].includes(old);
  if (!variable) return { kind: 'rewrites' };
  const [was, becomes] = [lengthOf(from), lengthOf(to)];
  // `max` is kept elsewhere than in the row, so that going to or from it counts as a rewrite.
  if (was === undefined || becomes === undefined) return { kind: 'rewrites' };
  return becomes >= was ? { kind: 'free' } : { kind: 'reads' };
}

/** One where none is written. Undefined for `max`. */
function lengthOf({ arguments: [length = 1] }: DataType): number | undefined {
  return length === 'max' ? undefined : Number(length);
}
