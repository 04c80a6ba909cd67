import type { Column } from '../src/operations/column.ts';
import { code, type Context, type Found, type Rule } from '../src/rule.ts';
import { afterColumn, columnAlone } from './advice/column-alone.ts';
import { findMadeUnique } from './advice/made-unique.ts';
import { hasRefusedKey, isRaced, isUniqueWithDefault } from './advice/one-cause.ts';
import { columnThenUnique } from './advice/unique-in-steps.ts';

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
      if (constraint.kind === 'exclusion')
        return findMadeUnique(table, { columns: constraint.columns, constraint }, context);
      if (constraint.kind !== 'unique' || constraint.usingIndex !== undefined) return undefined;
      if (isRaced(operation, context)) return undefined;
      return findMadeUnique(
        table,
        { columns: constraint.columns, constraint: online?.online ? undefined : constraint },
        context,
      );
    },
    createIndex: (operation, context) => {
      const { table, index } = operation;
      const { database } = context.migration;
      // What is built online keeps nobody out, and of an unknown database nobody knows, so that `blocking-index-build` is silent.
      const online = database === 'sqlserver' && operation.online?.online === true && !operation.replaces;
      const speaks = ['mysql', 'mariadb', 'sqlite', 'unknown'].includes(database) || online;
      if (!index.unique || !speaks || hasRefusedKey(operation, context)) return undefined;
      return findMadeUnique(table, { columns: index.columns, index }, context);
    },
    addColumn: (operation, context) => {
      const { table, column } = operation;
      const unique = column.constraints.some((constraint) => constraint.kind === 'unique');
      if (!unique || context.isNew(table) || hasRefusedKey(operation, context)) return undefined;
      if (context.migration.database === 'sqlite') return sqliteRefuses(table, column, context);
      if (isUniqueWithDefault(column)) return undefined;
      if (!column.nullable || context.migration.database !== 'postgres') return undefined;
      // Its index is built over what it adds.
      const added = { ...context, before: [...context.before, operation] };
      const found = findMadeUnique(table, { columns: [column.name] }, added);
      return found && afterColumn(found, columnAlone(context.migration, table, column));
    },
  },
};

function sqliteRefuses(table: string, column: Column, context: Context): Found {
  return {
    severity: 'error',
    concerns: 'process',
    message: `SQLite adds no unique column to a table: ${code(`${table}.${column.name}`)} fails with ${code('Cannot add a UNIQUE column')}.`,
    advice: columnThenUnique(table, column, context),
  };
}
