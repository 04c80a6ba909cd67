/** Operations that come from one statement of the author's, such as one AlterField. */
import type { Operation } from '../../src/operations/operation.ts';
import { code } from '../../src/rule.ts';
import { capital } from './describe.ts';

/** True for operations that one place of a file stands for: a framework may send several statements for it. */
export function isSameStatement({ span: one }: Operation, { span: other }: Operation): boolean {
  return (
    one.path === other.path &&
    one.startLine === other.startLine &&
    one.startColumn === other.startColumn &&
    one.endLine === other.endLine &&
    one.endColumn === other.endColumn
  );
}

/** Statements of SQL are counted as the tools count them; of a program it is the line that its author sees. */
export function numbered(...operations: readonly Operation[]): string {
  const isSql = operations.every(({ span }) => span.path.endsWith('.sql'));
  const numbers = operations.map(({ statement, span }) => (isSql ? statement : span.startLine));
  const [first, last] = [numbers[0] ?? 0, numbers.at(-1) ?? 0];
  const word = isSql ? 'statement' : 'line';
  return first === last ? `${word} ${first}` : `${word}s ${first} to ${last}`;
}

/** Where an operation stands, as seen from another one. */
export function placeFrom(operation: Operation, { span: own }: Operation): string {
  const { span } = operation;
  if (span.path === own.path) return capital(numbered(operation));
  return `Line ${span.startLine} of ${code(span.path.slice(span.path.lastIndexOf('/') + 1))}`;
}
