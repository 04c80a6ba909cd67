/** Small pieces of operations for the tests of facts. */
import type { Column, DataType, Expression } from '../../../src/operations/column.ts';
import type { Operation } from '../../../src/operations/operation.ts';

/** An expression that calls functions. */
export function call(...functions: string[]): Expression {
  return { sql: `${functions.join('(')}()`, functions, columns: [], known: true };
}

/** A constant. */
export function literal(sql: string): Expression {
  return { sql, functions: [], columns: [], known: true };
}

/** A type from its name and arguments. */
export function type(name: string, ...given: (string | number)[]): DataType {
  return { name, arguments: given };
}

/** A nullable text column, but for what is given. */
export function column(given: Partial<Column> = {}): Column {
  return { name: 'c', type: type('text'), nullable: true, constraints: [], ...given };
}

/** Where an operation stands, for those of which that does not matter. */
export const somewhere = {
  span: { path: 'a.sql', startLine: 1, endLine: 1, startColumn: 1, endColumn: 1 },
  statement: 1,
} satisfies Partial<Operation>;
