/** What node-pg-migrate writes after the columns of a table. */
import { nameIn, quotedTable, tableIn } from '../syntax/generated-sql.ts';
import { fieldOf, findText, itemsOf, type Value } from '../syntax/script-value.ts';

/** INHERITS and PARTITION BY, or nothing. */
export function tableTail(options: Value | undefined): string {
  const inherits = fieldOf(options, 'inherits');
  const partition = fieldOf(options, 'partition');
  const strategy = findText(fieldOf(partition, 'strategy')) ?? 'RANGE';
  const columns = itemsOf(fieldOf(partition, 'columns')).map((column) => nameIn(fieldOf(column, 'name') ?? column));
  const parent = inherits ? ` INHERITS (${quotedTable(tableIn(inherits), 'postgres')})` : '';
  return partition ? `${parent} PARTITION BY ${strategy} (${columns.join(', ')})` : parent;
}
