import { isAtLeast } from '../src/operations/migration.ts';
import type { Expression } from '../src/operations/column.ts';
import type { Operation, OperationOf } from '../src/operations/operation.ts';
import { findColumn } from '../src/operations/schema.ts';
import { code, type Context, type Found, type Rule } from '../src/rule.ts';

/** PostgreSQL does not let the transaction that adds a value to an enum use it. */
export const newEnumValueUsed: Rule = {
  id: 'new-enum-value-used',
  title: 'An enum value that is used in the transaction that adds it',
  severity: 'error',
  concerns: 'process',
  check: {
    addEnumValue: ({ type, value }, { migration, inTransaction }) => {
      const isOld = migration.databaseVersion !== undefined && !isAtLeast(migration.databaseVersion, '12');
      if (migration.database !== 'postgres' || !isOld || inTransaction !== true) return undefined;
      return {
        message: `Adding ${code(value)} to ${code(type)} fails (25001): before PostgreSQL 12 it cannot run inside a transaction.`,
        advice: 'Put it in a migration of its own that runs outside a transaction.',
      };
    },
    addColumn: (operation, context) => findUse(operation, operation.column.default, context),
    alterColumn: (operation, context) =>
      operation.default === 'none' ? undefined : findUse(operation, operation.default, context),
    addConstraint: (operation, context) =>
      operation.constraint.kind === 'check' ? findUse(operation, operation.constraint.expression, context) : undefined,
    createIndex: (operation, context) => findUse(operation, operation.index.where, context),
    updateRows: (operation, context) => findWrite(operation, context),
  },
};

function addedValues({ migration, before, inTransaction }: Context): OperationOf<'addEnumValue'>[] {
  if (migration.database !== 'postgres' || inTransaction === false) return [];
  return before.filter((each): each is Operation & OperationOf<'addEnumValue'> => each.kind === 'addEnumValue');
}

function findUse(operation: Operation, expression: Expression | undefined, context: Context): Found | undefined {
  const used = addedValues(context).find(({ value }) => expression?.sql.includes(`'${value.replaceAll("'", "''")}'`));
  return used && fails(operation, used, context, false);
}

/** The values that an UPDATE writes are not in the operation: that the column is of the type is all that is known. */
function findWrite(operation: Operation & OperationOf<'updateRows'>, context: Context): Found | undefined {
  const written = operation.columns.map((column) => findColumn(context.schema, operation.table, column)?.type?.name);
  const used = addedValues(context).find(({ type }) => written.includes(type));
  return used && fails(operation, used, context, true);
}

function fails(operation: Operation, used: OperationOf<'addEnumValue'>, context: Context, ifWritten: boolean): Found {
  const table = 'table' in operation && operation.table !== undefined ? `${code(operation.table)}: ` : '';
  const value = `${code(used.value)} of ${code(used.type)}`;
  const isSure = !ifWritten && context.inTransaction === true;
  const when = ifWritten ? 'unless it writes other values' : 'unless the runner commits after each statement';
  return {
    severity: isSure ? 'error' : 'warning',
    message: `${table}the statement uses ${value}, which this transaction adds, and fails (55P04, unsafe use of new value)${isSure ? '' : `, ${when}`}.`,
    advice: 'Add the value in a migration of its own, and use it in the next one.',
  };
}
