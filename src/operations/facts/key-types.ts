/** Which types a foreign key may join. */
import type { Database } from '../migration.ts';
import type { DataType } from '../column.ts';

/** `fails`: the database refuses the key with `error`. Otherwise it takes it, and the column is too small for what the key will reach. */
export type KeyTypeMismatch = { fails: true; error: string } | { fails: false };

/**
 * What is wrong with a column that points to a key of another type; undefined where nothing is, or it is not known.
 * PostgreSQL asks for an operator between the two (https://www.postgresql.org/docs/current/ddl-constraints.html#DDL-CONSTRAINTS-FK),
 * MySQL for the same size and sign of integers (https://dev.mysql.com/doc/refman/8.4/en/create-table-foreign-keys.html).
 */
export function keyTypeMismatch(own: DataType, target: DataType, database: Database): KeyTypeMismatch | undefined {
  const [mine, its] = [family(own), family(target)];
  const error = errors[database];
  if (!mine || !its || error === undefined) return undefined;
  if (mine.kind !== its.kind) return { fails: true, error };
  if (mine.kind !== 'integer') return undefined;
  if (database === 'postgres') return mine.bytes < its.bytes ? { fails: false } : undefined;
  const isSigned = database !== 'sqlserver';
  const isSame = mine.bytes === its.bytes && (!isSigned || own.unsigned === target.unsigned);
  return isSame ? undefined : { fails: true, error };
}

/** True from one integer to a larger one: every value fits, and none changes. */
export function isWidened(from: DataType, to: DataType): boolean {
  const [before, after] = [family(from), family(to)];
  return before?.kind === 'integer' && after?.kind === 'integer' && before.bytes < after.bytes;
}

const errors: Partial<Record<Database, string>> = {
  postgres: '42804',
  mysql: '3780, incompatible columns',
  mariadb: 'errno 150',
  sqlserver: '1778',
};

type Family = { kind: 'integer' | 'text' | 'uuid'; bytes: number };

/** Types that are told apart with certainty; the others are left to the database. */
function family(type: DataType): Family | undefined {
  if (type.array) return undefined;
  const bytes = integers[type.name];
  if (bytes !== undefined) return { kind: 'integer', bytes };
  if (type.name === 'uuid' || type.name === 'uniqueidentifier') return { kind: 'uuid', bytes: 16 };
  return texts.has(type.name) ? { kind: 'text', bytes: 0 } : undefined;
}

const integers: Record<string, number | undefined> = {
  tinyint: 1,
  smallint: 2,
  mediumint: 3,
  int: 4,
  integer: 4,
  bigint: 8,
};
const texts = new Set(['text', 'varchar', 'character varying', 'char', 'character', 'nvarchar', 'nchar']);
