/** What a check finds in the columns that its own migration adds: one value in all rows, which it lets pass or not. */
import type { Node } from 'libpg-query';
import type { Column, Constraint } from '../../../operations/column.ts';
import type { Name } from '../../../operations/name.ts';
import { untouchedColumn } from '../../../operations/null-everywhere.ts';
import type { Operation } from '../../../operations/operation.ts';
import type { Value } from '../three-valued.ts';
import { evaluate, givenOf, verdictOf } from './own-check.ts';
import { parse } from './parse.ts';

/** The operations, and of what is asked of all rows what the values that they were given do with it, where that is known. */
export function withGivenValues(operations: readonly Operation[]): Operation[] {
  const widened = new Set(operations.flatMap((each) => (each.kind === 'addColumn' ? [each.table] : [])));
  return operations.map((operation, index) => {
    const { kind } = operation;
    if (kind !== 'addConstraint' && kind !== 'validateConstraint' && kind !== 'alterColumn') return operation;
    if (!widened.has(operation.table)) return operation;
    const before = operations.slice(0, index);
    const asked = askedBy(operation, before);
    const newValues = asked === undefined ? undefined : verdictOn(asked, operation.table, before);
    return newValues === undefined ? operation : { ...operation, newValues };
  });
}

type Asking = Extract<Operation, { kind: 'addConstraint' | 'validateConstraint' | 'alterColumn' }>;

/** The condition that all rows have to obey. */
function askedBy(operation: Asking, before: readonly Operation[]): string | undefined {
  if (operation.kind === 'alterColumn') return operation.nullable === false ? isThere(operation.column) : undefined;
  if (operation.kind === 'addConstraint') return conditionOf(operation.constraint);
  const { table, name } = operation;
  const added = before.findLast(
    (each) => each.kind === 'addConstraint' && each.table === table && each.constraint.name === name,
  );
  return added?.kind === 'addConstraint' ? conditionOf(added.constraint) : undefined;
}

function conditionOf(constraint: Constraint): string | undefined {
  if (constraint.kind === 'notNull') return isThere(constraint.columns[0]);
  return constraint.kind === 'check' && constraint.enforced !== false ? constraint.expression.sql : undefined;
}

function isThere(column: string): string {
  return `"${column.replaceAll('"', '""')}" IS NOT NULL`;
}

function verdictOn(sql: string, table: Name, before: readonly Operation[]): Column['ownCheck'] {
  const value = (name: string): Value => {
    const column = untouchedColumn(table, name, before);
    const given = column?.default && nodeOf(column.default.sql);
    return column && (!column.default || given) ? givenOf(given, column) : undefined;
  };
  return verdictOf([evaluate(nodeOf(sql), value)]);
}

/** The expression as a tree; undefined where it is none. */
function nodeOf(sql: string): Node | undefined {
  const parsed = parse(`SELECT (${sql}\n)`, 0, []);
  const [node] = parsed.kind === 'parsed' && parsed.nodes.length === 1 ? parsed.nodes : [];
  const [target] = node && 'SelectStmt' in node ? (node.SelectStmt.targetList ?? []) : [];
  return target && 'ResTarget' in target ? target.ResTarget.val : undefined;
}
