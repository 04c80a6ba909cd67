/** Columns of a table that change data capture of SQL Server follows: what it follows is settled when it is switched on. */
import type { OperationOf } from '../../src/operations/operation.ts';
import { code, type Context, type Found } from '../../src/rule.ts';

/** https://learn.microsoft.com/sql/relational-databases/track-changes/about-change-data-capture-sql-server#handling-changes-to-source-tables */
export function findUncaptured(
  operation: OperationOf<'addColumn' | 'dropColumn'>,
  { schema, after }: Context,
): Found | undefined {
  const { table } = operation;
  if (!schema.tables.get(table)?.kinds?.includes('captured')) return undefined;
  if (after.some((each) => each.kind === 'alterTable' && each.table === table && each.sets?.kind === 'captured'))
    return undefined;
  const isAdded = operation.kind === 'addColumn';
  const column = isAdded ? operation.column.name : operation.column;
  return {
    severity: 'warning',
    concerns: 'code',
    message: isAdded
      ? `Change data capture follows the columns that ${code(table)} had when it was switched on: changes of ${code(column)} reach nobody who reads from it, without a word.`
      : `Change data capture goes on with NULL for ${code(`${table}.${column}`)}: those who read from it take every value for gone.`,
    advice:
      'A second capture instance behind it (`sys.sp_cdc_enable_table` with another `@capture_instance`), to which readers move before the first one is switched off; a table has two at most.',
  };
}
