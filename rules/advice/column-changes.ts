/** What the migrations of a change do to one column. */
import type { Migration } from '../../src/operations/migration.ts';
import { isComputedName, type Name } from '../../src/operations/name.ts';
import type { Operation } from '../../src/operations/operation.ts';

/** True where one of them gives rows another value in the column, or takes all rows away. */
export function writesColumn(migrations: readonly Migration[], table: Name, column: string): boolean {
  return operationsOf(migrations).some((operation) => {
    if (!('table' in operation) || (operation.table !== table && !isComputedName(operation.table ?? ''))) return false;
    if (operation.kind === 'updateRows') return operation.columns.length === 0 || operation.columns.includes(column);
    return operation.kind === 'truncateTable' || (operation.kind === 'deleteRows' && !operation.filtered);
  });
}

/** True where one of them makes the column, so that no row had a value in it. */
export function makesColumn(migrations: readonly Migration[], table: Name, column: string): boolean {
  return operationsOf(migrations).some((operation) => {
    if (operation.kind === 'createTable' || operation.kind === 'addColumn')
      return operation.table === table && (operation.kind === 'createTable' || operation.column.name === column);
    return operation.kind === 'renameTable' && operation.to === table;
  });
}

function operationsOf(migrations: readonly Migration[]): Operation[] {
  return migrations.filter(({ status }) => status !== 'deleted').flatMap(({ up }) => up);
}
