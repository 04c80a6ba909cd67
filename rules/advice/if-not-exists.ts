/** IF NOT EXISTS where something else is there under the name: the statement does nothing without a word. */
import { isSameType } from '../../src/operations/facts/type-change.ts';
import type { Column, Index } from '../../src/operations/column.ts';
import type { Name } from '../../src/operations/name.ts';
import type { OperationOf } from '../../src/operations/operation.ts';
import type { Table } from '../../src/operations/table.ts';
import { code, codes, type Found } from '../../src/rule.ts';

/** A table: that matters where the statement says more than is there. */
export function findOtherTable(operation: OperationOf<'createTable'>, known: Table): Found | undefined {
  const missing = operation.columns.filter((column) => !known.columns.has(column.name)).map(({ name }) => code(name));
  // Where it was not seen to be made, what it has is not known.
  if (missing.length === 0 || !known.whole) return undefined;
  return {
    message: `${code(operation.table)} is there already, by an earlier migration: \`IF NOT EXISTS\` does nothing then, and ${missing.join(', ')} will be missing, without an error.`,
    advice: `Add what is missing with \`ALTER TABLE\`.`,
  };
}

/** A column of another type. */
export function findOtherColumn({ table, column }: OperationOf<'addColumn'>, known: Column): Found | undefined {
  if (!column.type || !known.type || isSameType(column.type, known.type)) return undefined;
  return {
    severity: 'warning',
    message: `${code(`${table}.${column.name}`)} is there already, by an earlier migration and with another type: \`IF NOT EXISTS\` does nothing then, and the type stays ${code(known.type.name)}, without an error.`,
    advice: 'If the type is to change, alter it.',
  };
}

/** An index over other columns, or one that does not keep them unique: what is there is taken for what is wanted, whatever it is. */
export function findOtherIndex(index: Index, table: Name, known: { table: Name; index: Index }): Found | undefined {
  const isOver = known.table === table && known.index.columns.join() === index.columns.join();
  const loses = index.unique && !known.index.unique;
  if (isOver && !loses) return undefined;
  const name = code(index.name ?? '');
  const there = `${known.index.unique ? 'unique' : 'not unique'}, over ${codes(known.index.columns)} of ${code(known.table)}`;
  return {
    severity: loses ? 'error' : 'warning',
    message: `An index ${name} is there already, by an earlier migration: ${there}. \`IF NOT EXISTS\` asks for the name alone and does nothing then, so that the index of ${code(table)} is missing, without an error.`,
    advice: 'Give it another name; where it takes the place of the other one, drop that when this is built.',
  };
}
