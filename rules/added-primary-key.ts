import type { Database } from '../src/operations/migration.ts';
import type { Name } from '../src/operations/name.ts';
import { code, codes, sizeNote, type Context, type Found, type Rule } from '../src/rule.ts';
import { columnWithOneValue } from './advice/alike-rows.ts';
import { hasRefusedKey } from './advice/one-cause.ts';
import { nullableOnes, primaryKeyInSteps, primaryKeyOfIndex } from './advice/primary-key-in-steps.ts';
import { costOf } from './advice/severity.ts';
import { findKeyOnSqlserver } from './advice/sqlserver-primary-key.ts';

/** A table with rows gets a primary key. */
export const addedPrimaryKey: Rule = {
  id: 'added-primary-key',
  title: 'A primary key on a table with rows',
  severity: 'warning',
  concerns: 'locks',
  check: {
    addColumn: ({ table, column }, { migration }) => {
      if (migration.database !== 'sqlite' || !column.constraints.some(({ kind }) => kind === 'primaryKey'))
        return undefined;
      return {
        severity: 'error',
        message: `Adding ${code(`${table}.${column.name}`)} fails: SQLite cannot add a PRIMARY KEY column.`,
        advice: `Make a new table with the key, copy the rows, drop ${code(table)} and give the new one its name.`,
      };
    },
    addConstraint: (operation, context) => {
      const { table, constraint } = operation;
      if (constraint.kind !== 'primaryKey' || hasRefusedKey(operation, context)) return undefined;
      if (context.migration.database === 'sqlserver') return findKeyOnSqlserver(operation, constraint, context);
      if (constraint.usingIndex !== undefined)
        return findNullable(table, constraint.usingIndex, constraint.name, context);
      if (context.isNew(table) || columnWithOneValue(constraint.columns, table, context)) return undefined;
      const key = codes(constraint.columns);
      return {
        severity: costOf(context, table),
        message: `The primary key on ${key} ${whatHappens(table, context.migration.database)}. It fails on a NULL or a duplicate. ${sizeNote(table, context.sizeOf(table))}`,
        advice: primaryKeyInSteps(table, constraint, context),
      };
    },
  },
};

function whatHappens(table: Name, database: Database): string {
  if (database === 'postgres')
    return `reads all of ${code(table)} for NULLs and builds its index under ACCESS EXCLUSIVE: reads and writes wait for both`;
  if (database === 'unknown')
    return `reads all of ${code(table)}, and may write it anew in its order: reads and writes may wait until that is done`;
  return `orders all of ${code(table)} anew`;
}

/** The index is there, and the columns are required by the way. */
function findNullable(table: Name, usingIndex: string, name: string | undefined, context: Context): Found | undefined {
  const known = context.schema.tables.get(table);
  const columns = known?.indexes.find((index) => index.name === usingIndex)?.columns ?? [];
  const nullable = nullableOnes(table, columns, context);
  if (context.isNew(table) || nullable.length === 0) return undefined;
  const lock = context.migration.database === 'postgres' ? ' under ACCESS EXCLUSIVE' : '';
  return {
    severity: costOf(context, table),
    message: `${codes(nullable)} may hold NULL, so that this reads all of ${code(table)}${lock} before it takes the index for its key: reads and writes wait. It fails on a NULL. ${sizeNote(table, context.sizeOf(table))}`,
    advice: primaryKeyOfIndex(table, { name, usingIndex, columns, nullable }, context),
  };
}
