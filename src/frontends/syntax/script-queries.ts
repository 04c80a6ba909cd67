/** Query strings of several statements, which PostgreSQL runs as one transaction where none is open. */
import type { Operation } from '../../operations/operation.ts';
import type { Machine } from './script-machine.ts';

/** The operations with a `begin` and a `commit` around every such string: https://www.postgresql.org/docs/current/protocol-flow.html#PROTOCOL-FLOW-MULTI-STATEMENT */
export function withImplicitTransactions({ operations, queries, database }: Machine): Operation[] {
  if (database !== 'postgres') return operations;
  const around = queries.filter(({ from, to }) => !isOpenAt(operations, from) && !hasOwn(operations.slice(from, to)));
  return operations.flatMap((operation, index) => {
    const { span, statement } = operation;
    const begins = around.some(({ from }) => from === index);
    const ends = around.some(({ to }) => to === index + 1);
    return [
      ...(begins ? [{ kind: 'begin' as const, span, statement }] : []),
      operation,
      ...(ends ? [{ kind: 'commit' as const, span, statement }] : []),
    ];
  });
}

function isOpenAt(operations: readonly Operation[], index: number): boolean {
  const last = operations.slice(0, index).findLast(isBoundary);
  return last?.kind === 'begin';
}

function hasOwn(operations: readonly Operation[]): boolean {
  return operations.length === 0 || operations.some(isBoundary);
}

function isBoundary({ kind }: Operation): boolean {
  return kind === 'begin' || kind === 'commit' || kind === 'rollback';
}
