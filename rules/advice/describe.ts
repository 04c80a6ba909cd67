/** Operations in words. */
import type { Name, Operation } from '../../src/operations/operation.ts';
import { code } from '../../src/rule.ts';

/** The table that an operation is about, where it is about one. */
export function tableOf(operation: Operation): Name | undefined {
  return 'table' in operation ? operation.table : undefined;
}

/** What is there once the operation has run. */
export function describeResult(operation: Operation): string {
  switch (operation.kind) {
    case 'createTable':
      return `table ${code(operation.table)}`;
    case 'addColumn':
      return `column ${code(`${operation.table}.${operation.column.name}`)}`;
    case 'dropColumn':
      return `${code(`${operation.table}.${operation.column}`)} dropped`;
    case 'alterColumn':
      return `${code(`${operation.table}.${operation.column}`)} altered`;
    case 'createIndex':
      return `index ${code(operation.index.name ?? operation.table)}`;
    case 'insertRows':
      return `rows in ${code(operation.table)}`;
    case 'updateRows':
    case 'deleteRows':
      return `changed rows of ${code(operation.table)}`;
    case 'runCode':
      return code(operation.code, 60);
  }
  const table = tableOf(operation);
  return table === undefined ? `statement ${operation.statement}` : `a change of ${code(table)}`;
}

/** The rows that a data operation is about. */
export function describeRows(operation: Operation): string {
  const table = tableOf(operation);
  return table === undefined ? `rows that ${describeResult(operation)} touches` : `rows of ${code(table)}`;
}
