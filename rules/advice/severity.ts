/** Steps between severities. */
import type { Severity, TableSize } from '../../src/operations/configuration.ts';
import type { Name } from '../../src/operations/name.ts';
import { costSeverity, sizeNote, type Context } from '../../src/rule.ts';

/** One step lower, for what holds only unless something unknown is the case. */
export function lower(severity: Severity): Severity {
  return severity === 'error' ? 'warning' : 'notice';
}

/** A severity that is never folded away: for what costs by size and may also fail on rows. */
export function atLeastWarning(severity: Severity): Severity {
  return severity === 'notice' ? 'warning' : severity;
}

/** The severity of what costs by the size of tables: the worst one counts. */
export function costOf(context: Context, ...tables: Name[]): Severity {
  return costSeverity(worst(context, tables).size);
}

/** Says what is known of the size of the table that counts. */
export function costNote(context: Context, ...tables: Name[]): string {
  const { table, size } = worst(context, tables);
  return sizeNote(table, size);
}

function worst(context: Context, tables: Name[]): { table: Name; size: TableSize } {
  const sized = tables.map((table) => ({ table, size: context.sizeOf(table) }));
  const [first] = sized.sort((one, other) => order.indexOf(one.size) - order.indexOf(other.size));
  return first ?? { table: '', size: 'unknown' };
}

const order: TableSize[] = ['hot', 'large', 'unknown', 'medium', 'small'];
