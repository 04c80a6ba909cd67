import { volatilityOf } from '../src/operations/facts/volatility.ts';
import type { OperationOf } from '../src/operations/operation.ts';
import { code, sizeNote, type Context, type Found, type Rule } from '../src/rule.ts';
import { addUniqueField, isDjango } from './advice/django.ts';
import { duplicateErrors } from './advice/duplicate-errors.ts';
import { columnWithOneValue, isOneValue } from './advice/alike-rows.ts';
import { hasRefusedKey, isUniqueWithDefault, isUniqueWithImplicitDefault } from './advice/one-cause.ts';
import { ownValuesInPhases } from './advice/own-values-in-phases.ts';
import { costOf } from './advice/severity.ts';

/** A column is to be unique, and the database fills it for the rows that exist. */
export const uniqueColumnWithDefault: Rule = {
  id: 'unique-column-with-default',
  title: 'A unique column that every row gets a default in',
  severity: 'error',
  concerns: 'rows',
  check: {
    addColumn: (operation, context) => {
      if (context.isNew(operation.table) || operation.column.generated) return undefined;
      if (hasRefusedKey(operation, context)) return undefined;
      if (isUniqueWithImplicitDefault(operation.column, context)) return findSameValue(operation, context);
      if (!isUniqueWithDefault(operation.column) || context.migration.database === 'sqlite') return undefined;
      const isSame = operation.column.default && isOneValue(operation.column.default, context.migration.database);
      return isSame ? findSameValue(operation, context) : findCost(operation, context);
    },
    addConstraint: (operation, context) => {
      const { constraint, table } = operation;
      if (hasRefusedKey(operation, context)) return undefined;
      if (constraint.kind !== 'unique' && constraint.kind !== 'primaryKey') return undefined;
      return findLater(constraint.columns, table, context);
    },
    createIndex: (operation, context) => {
      const { index, table } = operation;
      if (!index.unique || index.where || hasRefusedKey(operation, context)) return undefined;
      return findLater(index.columns, table, context);
    },
  },
};

function findLater(columns: readonly string[], table: string, context: Context): Found | undefined {
  const added = context.isNew(table) ? undefined : columnWithOneValue(columns, table, context);
  return added && findSameValue(added, context);
}

/** One value for all rows: the second row is a duplicate. */
function findSameValue(operation: OperationOf<'addColumn'>, context: Context): Found {
  const { table, column } = operation;
  const value = column.default ? code(column.default.sql, 60) : 'an empty value';
  const error = duplicateErrors[context.migration.database] ?? 'as a duplicate';
  const same = column.default ? `one value of ${value}` : value;
  return {
    message: `Every row of ${code(table)} gets ${column.default?.functions.length ? same : value} in ${code(column.name)}, which is to be unique: with two rows this fails (${error}).`,
    advice: isDjango(context.migration)
      ? addUniqueField(operation, context)
      : ownValuesInPhases(operation, context.migration),
  };
}

/** A value of its own for every row: no failure, but all of it under one lock. */
function findCost(operation: OperationOf<'addColumn'>, context: Context): Found {
  const { table, column } = operation;
  const { database } = context.migration;
  const lock = database === 'postgres' ? ', all under ACCESS EXCLUSIVE' : '';
  const [rewrites, wait] = database === 'unknown' ? ['may rewrite', 'may wait'] : ['rewrites', 'wait'];
  const isKnown = !column.default || volatilityOf(column.default, database) === 'volatile';
  const unless = isKnown ? '' : ' If its default is one value for all rows, the second row fails instead.';
  return {
    severity: costOf(context, table),
    concerns: 'locks',
    message: `Adding ${code(column.name)} ${rewrites} every row of ${code(table)} and then builds its unique index${lock}: reads and writes ${wait} for both.${unless} ${sizeNote(table, context.sizeOf(table))}`,
    advice: ownValuesInPhases(operation, context.migration),
  };
}
