import type { Column, Constraint, Index } from '../src/operations/operation.ts';
import { code, sizeNote, type Context, type Found, type Rule } from '../src/rule.ts';
import { onlineEditions } from '../src/operations/facts/sqlserver-change.ts';
import { findColumn } from '../src/operations/schema.ts';
import { buildIndex, noDuplicates } from '../src/writers/build-index.ts';
import { columnSql, columnsSql, madeUpName, printable, tableSql } from '../src/writers/identifier.ts';
import { emptyColumn } from '../src/writers/step.ts';
import { builtOutside } from './advice/built-outside.ts';
import { columnAlone } from './advice/column-alone.ts';
import { led, paragraphs, phaseFence } from './advice/fence.ts';
import { indexThenConstraint, stepsToConstraint } from './advice/concurrent-index.ts';
import {
  areKeptApart,
  areNullHere,
  columnWithOneValue,
  hasRefusedKey,
  isFilledHere,
  isUniqueWithDefault,
} from './advice/one-cause.ts';
import { atLeastWarning, costOf } from './advice/severity.ts';

/** Rows that exist are to be unique from now on. */
export const addedUniqueConstraint: Rule = {
  id: 'added-unique-constraint',
  title: 'Existing rows become unique',
  severity: 'warning',
  concerns: 'rows',
  check: {
    addConstraint: (operation, context) => {
      const { table, constraint, online } = operation;
      if (hasRefusedKey(operation, context)) return undefined;
      if (constraint.kind === 'exclusion') return find(table, constraint.columns, constraint, context);
      if (constraint.kind !== 'unique' || constraint.usingIndex !== undefined) return undefined;
      return find(table, constraint.columns, online?.online ? undefined : constraint, context);
    },
    createIndex: (operation, context) => {
      const { table, index } = operation;
      const { database } = context.migration;
      // What is built online keeps nobody out, and of an unknown database nobody knows, so that `blocking-index-build` is silent.
      const online = database === 'sqlserver' && operation.online?.online === true && !operation.replaces;
      const speaks = ['mysql', 'mariadb', 'sqlite', 'unknown'].includes(database) || online;
      if (!index.unique || !speaks || hasRefusedKey(operation, context)) return undefined;
      return find(table, index.columns, undefined, context, index);
    },
    addColumn: (operation, context) => {
      const { table, column } = operation;
      const unique = column.constraints.some((constraint) => constraint.kind === 'unique');
      if (!unique || context.isNew(table)) return undefined;
      if (context.migration.database === 'sqlite') return sqliteRefuses(table, column, context);
      if (isUniqueWithDefault(column)) return undefined;
      if (!column.nullable || context.migration.database !== 'postgres') return undefined;
      // Its index is built over what it adds.
      const found = find(table, [column.name], undefined, { ...context, before: [...context.before, operation] });
      if (!found) return undefined;
      // The column comes first, so that it is joined with no other.
      const { correction: _correction, ...alone } = found;
      return { ...alone, advice: paragraphs(columnAlone(context.migration, table, column), found.advice) };
    },
  },
};

function find(
  table: string,
  columns: readonly string[],
  constraint: Constraint | undefined,
  context: Context,
  index?: Index,
): Found | undefined {
  const { database } = context.migration;
  const isPostgres = database === 'postgres';
  if (context.isNew(table) || columnWithOneValue(columns, table, context)) return undefined;
  const areNull = areNullHere(columns, table, context) || areKeptApart(columns, table, context);
  if (!isPostgres && (areNull || isFilledHere(columns, table, context))) return undefined;
  const locks = isPostgres ? 'ACCESS EXCLUSIVE' : sqlserverLock(constraint, context);
  const lock = locks
    ? `builds its index under ${locks} on ${code(table)}: reads and writes wait until the whole table is read.`
    : `in the rows that ${code(table)} holds fails on the first duplicate${nulls(columns, table, index?.where?.sql, context)}.`;
  const duplicates =
    locks && !areNull ? ` It fails on the first duplicate${nulls(columns, table, index?.where?.sql, context)}.` : '';
  const name = constraint?.name ?? madeUpName(table, ...columns, 'key');
  return {
    severity: locks ? atLeastWarning(costOf(context, table)) : 'warning',
    // There its cost decides.
    concerns: locks ? 'locks' : 'rows',
    message: `Making ${columns.map((column) => code(column)).join(', ')} unique ${lock}${duplicates}${locks ? ` ${sizeNote(table, context.sizeOf(table))}` : ''}`,
    ...(isPostgres && constraint?.kind !== 'exclusion'
      ? inTwoMigrations(table, { kind: 'unique', name, columns }, areNull, context)
      : { advice: afterMerge(table, columns, { constraint, index }, context) }),
  };
}

function inTwoMigrations(
  table: string,
  constraint: { kind: 'unique'; name: string; columns: readonly string[] },
  areNull: boolean,
  { migration }: Context,
): Pick<Found, 'advice' | 'correction'> {
  const { build, attach } = stepsToConstraint(table, constraint);
  return {
    advice: `${areNull ? '' : 'Count and merge duplicates first. '}${indexThenConstraint(migration, table, constraint)}`,
    correction: builtOutside(migration, build, attach),
  };
}

/** A constraint takes the lock of ALTER TABLE; an index that is built online none. */
function sqlserverLock(constraint: Constraint | undefined, { migration }: Context): string | undefined {
  return migration.database === 'sqlserver' && constraint !== undefined ? 'Sch-M' : undefined;
}

/** For SQL Server one NULL is like the other: https://learn.microsoft.com/sql/relational-databases/tables/unique-constraints-and-check-constraints */
function nulls(columns: readonly string[], table: string, where: string | undefined, context: Context): string {
  if (context.migration.database !== 'sqlserver' || where !== undefined) return '';
  const known = columns.map((column) => findColumn(context.schema, table, column));
  return known.some((column) => column?.nullable === false)
    ? ''
    : ', and two rows that are NULL there are one (`WHERE … IS NOT NULL` in an index leaves them out)';
}

type Asked = { constraint: Constraint | undefined; index: Index | undefined };

/** The statement itself, which somebody has made sure of. */
function afterMerge(
  table: string,
  columns: readonly string[],
  { constraint, index }: Asked,
  { migration }: Context,
): string {
  const { database } = migration;
  const begin = 'Count the duplicates, merge them, and close their source before this runs.';
  if (constraint?.kind === 'exclusion' || (constraint && database === 'unknown')) return begin;
  const name = index?.name ?? constraint?.name ?? madeUpName(table, ...columns, 'key');
  const built: Index = { columns: [...columns], unique: true, ...index, name };
  const isKey = index === undefined && database !== 'sqlite';
  const key: Constraint = { kind: 'unique', name, columns: [...columns] };
  const draft = isKey
    ? { steps: [{ kind: 'addConstraint' as const, table, constraint: key }], allow: noDuplicates }
    : buildIndex(table, built, database);
  const list = columnsSql(columns, database).slice(1, -1);
  const where = index?.where?.known ? ` WHERE ${printable(index.where.sql)}` : '';
  const twice = `SELECT ${list}, COUNT(*) FROM ${tableSql(table, database)}${where} GROUP BY ${list} HAVING COUNT(*) > 1`;
  return paragraphs(
    begin,
    led(`Once ${code(twice, 300)} finds none, in a quiet hour:`, phaseFence(migration, draft)),
    isKey && database === 'sqlserver' ? onlineKey(table, name, columns) : '',
  );
}

/** Built while writes go on, it is a constraint all the same. */
function onlineKey(table: string, name: string, columns: readonly string[]): string {
  const sql = `ALTER TABLE ${tableSql(table, 'sqlserver')} ADD CONSTRAINT ${columnSql(name, 'sqlserver')} UNIQUE ${columnsSql(columns, 'sqlserver')} WITH (ONLINE = ON);`;
  return `Where the edition has it (${onlineEditions}), ${code(sql, 300)} lets reads and writes go on.`;
}

function sqliteRefuses(table: string, { name, type }: Column, { migration }: Context): Found {
  const index = { name: madeUpName(table, name, 'key'), columns: [name], unique: true };
  const allow = { rules: ['added-unique-constraint'], because: 'every row has a value of its own' };
  const add = type && phaseFence(migration, { steps: [emptyColumn(table, name, type)] });
  return {
    severity: 'error',
    concerns: 'process',
    message: `SQLite adds no unique column to a table: ${code(`${table}.${name}`)} fails with ${code('Cannot add a UNIQUE column')}.`,
    advice: paragraphs(
      'Add the column without `UNIQUE`, fill it, and create a unique index on it.',
      add,
      led(
        'When every row has a value of its own:',
        phaseFence(migration, { steps: [{ kind: 'createIndex', table, index }], allow }),
      ),
    ),
  };
}
