/** Operations in words. */
import type { Name } from '../../src/operations/name.ts';
import type { Operation } from '../../src/operations/operation.ts';
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
    case 'createType':
      return `type ${code(operation.type)}`;
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

/** What is left of an operation that nobody takes back. */
export function describeRest(operation: Operation): string {
  switch (operation.kind) {
    case 'dropColumn':
      return `${code(`${operation.table}.${operation.column}`)} stays dropped`;
    case 'alterColumn':
      return `${code(`${operation.table}.${operation.column}`)} stays altered`;
    case 'renameColumn':
    case 'renameTable':
      return `${code(operation.to)} keeps its new name`;
    case 'insertRows':
      return `the new rows in ${code(operation.table)} stay`;
    case 'updateRows':
      return `the rows of ${code(operation.table)} stay as it wrote them`;
    case 'runCode':
      return `what ${code(operation.code, 60)} did stays`;
    case 'createTable':
    case 'addColumn':
    case 'createType':
    case 'createIndex':
      return `${describeResult(operation)} stays`;
    case 'addConstraint':
      return `the constraint${operation.constraint.name === undefined ? '' : ` ${code(operation.constraint.name)}`} on ${code(operation.table)} stays`;
  }
  const table = tableOf(operation);
  return table === undefined
    ? `what statement ${operation.statement} did stays`
    : `what it did to ${code(table)} stays`;
}

/** The rows that a data operation is about. */
export function describeRows(operation: Operation): string {
  const table = tableOf(operation);
  return table === undefined ? `rows that ${describeResult(operation)} touches` : `rows of ${code(table)}`;
}

/** The words as the beginning of a sentence. */
export function capital(words: string): string {
  return `${words.charAt(0).toUpperCase()}${words.slice(1)}`;
}
