/** Rows that exist are to be unique: what that takes, and what it fails on. */
import type { Constraint } from '../../src/operations/column.ts';
import type { Name } from '../../src/operations/name.ts';
import { findColumn } from '../../src/operations/schema.ts';
import { code, codes, sizeNote, type Context, type Found } from '../../src/rule.ts';
import { areKeptApart, areNullHere, columnWithOneValue, isFilledHere } from './alike-rows.ts';
import { atLeastWarning, costOf } from './severity.ts';
import { uniqueInSteps, type Uniqueness } from './unique-in-steps.ts';

/** Under which lock it is built, and that it fails on duplicates; undefined where the rows hold none, or another rule tells of them. What is built online is named without its constraint, whose lock it does not take. */
export function findMadeUnique(table: Name, made: Omit<Uniqueness, 'areApart'>, context: Context): Found | undefined {
  const { columns, constraint, index } = made;
  const { database } = context.migration;
  const isPostgres = database === 'postgres';
  if (context.isNew(table) || columnWithOneValue(columns, table, context)) return undefined;
  const areNull = areNullHere(columns, table, context) || areKeptApart(columns, table, context);
  if (!isPostgres && (areNull || isFilledHere(columns, table, context))) return undefined;
  const locks = isPostgres ? 'ACCESS EXCLUSIVE' : sqlserverLock(constraint, context);
  const fails = `fails on the first duplicate${nulls(columns, table, index?.where?.sql, context)}.`;
  const lock = locks
    ? `builds its index under ${locks} on ${code(table)}: reads and writes wait until the whole table is read.`
    : `in the rows that ${code(table)} holds ${fails}`;
  const duplicates = locks && !areNull ? ` It ${fails}` : '';
  return {
    severity: locks ? atLeastWarning(costOf(context, table)) : 'warning',
    // There its cost decides.
    concerns: locks ? 'locks' : 'rows',
    message: `Making ${codes(columns)} unique ${lock}${duplicates}${locks ? ` ${sizeNote(table, context.sizeOf(table))}` : ''}`,
    ...uniqueInSteps(table, { ...made, areApart: areNull }, context),
  };
}

/** A constraint takes the lock of ALTER TABLE; an index that is built online none. */
function sqlserverLock(constraint: Constraint | undefined, { migration }: Context): string | undefined {
  return migration.database === 'sqlserver' && constraint !== undefined ? 'Sch-M' : undefined;
}

/** For SQL Server one NULL is like the other: https://learn.microsoft.com/sql/relational-databases/tables/unique-constraints-and-check-constraints */
function nulls(columns: readonly string[], table: Name, where: string | undefined, context: Context): string {
  if (context.migration.database !== 'sqlserver' || where !== undefined) return '';
  const known = columns.map((column) => findColumn(context.schema, table, column));
  return known.some((column) => column?.nullable === false)
    ? ''
    : ', and two rows that are NULL there are one (`WHERE … IS NOT NULL` in an index leaves them out)';
}
