import type { Database } from '../src/operations/migration.ts';
import type { Constraint, DataType, Name, Reference } from '../src/operations/operation.ts';
import { findColumn } from '../src/operations/schema.ts';
import { code, type Context, type Found, type Rule } from '../src/rule.ts';
import { typeSql } from './advice/identifier.ts';

/** A column points to a key of another type. */
export const foreignKeyType: Rule = {
  id: 'foreign-key-type',
  title: 'A foreign key to a column of another type',
  severity: 'error',
  check: {
    addConstraint: ({ table, constraint }, context) =>
      find(table, constraint, (column) => findColumn(context.schema, table, column)?.type, context),
    addColumn: ({ table, column }, context) => firstOf(table, column.constraints, () => column.type, context),
    createTable: (operation, context) => {
      const typeOf = (name: string) => operation.columns.find((column) => column.name === name)?.type;
      const all = [...operation.constraints, ...operation.columns.flatMap((column) => column.constraints)];
      return firstOf(operation.table, all, typeOf, context);
    },
  },
};

type TypeOf = (column: string) => DataType | undefined;

function firstOf(table: Name, constraints: readonly Constraint[], typeOf: TypeOf, context: Context): Found | undefined {
  for (const constraint of constraints) {
    const found = find(table, constraint, typeOf, context);
    if (found) return found;
  }
  return undefined;
}

function find(table: Name, constraint: Constraint, typeOf: TypeOf, context: Context): Found | undefined {
  if (constraint.kind !== 'foreignKey') return undefined;
  const keys = keyOf(constraint.references, context);
  for (const [index, column] of constraint.columns.entries()) {
    const [own, key] = [typeOf(column), keys[index]];
    const target = key === undefined ? undefined : findColumn(context.schema, constraint.references.table, key)?.type;
    const happens = own && target && whatHappens(own, target, context.migration.database);
    if (!own || !target || !happens) continue;
    const pointing = `${code(`${table}.${column}`)} (${code(typeSql(own))})`;
    const pointed = `${code(`${constraint.references.table}.${key}`)} (${code(typeSql(target))})`;
    return {
      ...(happens.severity ? { severity: happens.severity } : {}),
      message: `${pointing} points to ${pointed}: ${happens.what}`,
      advice: `Give ${code(column)} the type ${code(typeSql(target))}.`,
    };
  }
  return undefined;
}

function keyOf({ table, columns }: Reference, { schema }: Context): readonly string[] {
  if (columns.length > 0) return columns;
  return schema.tables.get(table)?.constraints.find((each) => each.kind === 'primaryKey')?.columns ?? [];
}

type Happens = { what: string; severity?: 'warning' };

/** PostgreSQL asks for an operator between the two, MySQL for the same size and sign of integers: https://dev.mysql.com/doc/refman/8.4/en/create-table-foreign-keys.html */
function whatHappens(own: DataType, target: DataType, database: Database): Happens | undefined {
  const [mine, its] = [family(own), family(target)];
  if (!mine || !its) return undefined;
  const error = errors[database];
  if (mine.kind !== its.kind) return error === undefined ? undefined : { what: `this fails (${error}).` };
  if (mine.kind !== 'integer') return undefined;
  const isMysql = database === 'mysql' || database === 'mariadb';
  const isSame = mine.bytes === its.bytes && own.unsigned === target.unsigned;
  if (isMysql && !isSame) return { what: `this fails (${error}).` };
  if (database === 'sqlserver' && mine.bytes !== its.bytes) return { what: `this fails (${error}).` };
  if (database !== 'postgres' || mine.bytes >= its.bytes) return undefined;
  return {
    severity: 'warning',
    what: 'it cannot hold the larger numbers that the key will reach, and INSERTs fail then.',
  };
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
