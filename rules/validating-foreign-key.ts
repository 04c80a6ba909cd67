import { fillsRows } from '../src/operations/facts/sqlserver-change.ts';
import type { OperationOf } from '../src/operations/operation.ts';
import type { ForeignKey } from '../src/operations/foreign-keys.ts';
import { code, type Context, type Found, type Rule } from '../src/rule.ts';
import { afterColumn, columnAlone } from './advice/column-alone.ts';
import { indexOn } from './advice/concurrent-index.ts';
import { outsideTransaction } from '../src/operations/facts/frameworks.ts';
import type { Allowance } from '../src/writers/write-migration.ts';
import { led } from './advice/fence.ts';
import { describeKeyCheck } from './advice/foreign-key-check.ts';
import { addedLater, refusesUnchecked, type KeyOperation } from './advice/foreign-key-later.ts';
import {
  hasRefusedKey,
  hasTakenName,
  isMistypedKey,
  isRefused,
  isRefusedOnPartitions,
  isRequiredWithoutDefault,
} from './advice/one-cause.ts';
import { withNotValid } from './advice/not-valid.ts';
import { whetherItFails } from './advice/rows-obey-key.ts';
import { costNote, costOf } from './advice/severity.ts';

/** A foreign key is checked against every row while two tables are locked. */
export const validatingForeignKey: Rule = {
  id: 'validating-foreign-key',
  title: 'A foreign key that checks every row under a lock',
  severity: 'warning',
  concerns: 'locks',
  check: {
    addConstraint: (operation, context) => {
      const { constraint } = operation;
      if (constraint.kind !== 'foreignKey' || isRefused(operation, context)) return undefined;
      if (hasRefusedKey(operation, context) || isMistypedKey(operation, context)) return undefined;
      if (hasTakenName(operation, context) || isRefusedOnPartitions(operation, context)) return undefined;
      if (!constraint.validated) return findUnchecked(operation, constraint, context);
      const found = find(operation, constraint, context);
      return refusesUnchecked(operation.table, context.migration, context.schema) ? found : withNotValid(found);
    },
    addColumn: (operation, context) => findInline(operation, context),
  },
};

/** NOT VALID that the parent of partitions does not take. */
function findUnchecked(operation: KeyOperation, key: ForeignKey, context: Context): Found | undefined {
  const { table } = operation;
  const { migration, schema } = context;
  if (migration.databaseVersion === undefined || !refusesUnchecked(table, migration, schema)) return undefined;
  return {
    severity: 'error',
    concerns: 'process',
    message: `The foreign key fails (42809): ${code(table)} is the parent of partitions, which takes none \`NOT VALID\` before PostgreSQL 18.`,
    advice: addedLater(operation, key, context).advice,
  };
}

/** There is nothing to check where the new column is NULL in every row. */
function findInline(operation: OperationOf<'addColumn'>, context: Context): Found | undefined {
  const { table, column } = operation;
  const { database } = context.migration;
  const isFilled =
    database === 'postgres' ? column.default !== undefined : database === 'sqlserver' && fillsRows(column);
  if (!isFilled || isRequiredWithoutDefault(column)) return undefined;
  const key = column.constraints.find((constraint) => constraint.kind === 'foreignKey');
  const byHand = outsideTransaction(context.migration.framework).byHand === true;
  const found = key && find(operation, { ...key, columns: [column.name] }, context, byHand ? indexedByHand : undefined);
  if (!found) return undefined;
  const first = columnAlone(context.migration, table, column) || 'First the column alone, then the key.';
  const index = led('Then what finds its rows.', indexOn(context.migration, table, [column.name]));
  return afterColumn(found, first, index);
}

/** Where the framework cannot build the index, no file says that it is there. */
const indexedByHand: Allowance = { rules: ['foreign-key-without-index'], because: 'its index was built by hand' };

function find(operation: KeyOperation, key: ForeignKey, context: Context, allow?: Allowance): Found | undefined {
  const { table } = operation;
  const parent = key.references.table;
  const happens = describeKeyCheck(table, parent, context);
  if (context.isNew(table) || !happens) return undefined;
  return {
    severity: costOf(context, table, parent),
    message: `${happens}${whetherItFails(operation, key, context)} ${costNote(context, table, parent)}`,
    ...addedLater(operation, key, context, allow),
  };
}
