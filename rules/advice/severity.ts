/** Steps between severities. */
import type { Severity, TableSize } from '../../src/operations/configuration.ts';
import type { Name } from '../../src/operations/operation.ts';
import { costSeverity, type Context } from '../../src/rule.ts';

/** One step lower, for what holds only unless something unknown is the case. */
export function lower(severity: Severity): Severity {
  return severity === 'error' ? 'warning' : 'notice';
}

/** A severity that is never folded away: for what costs by size and may also fail on rows. */
export function atLeastWarning(severity: Severity): Severity {
  return severity === 'notice' ? 'warning' : severity;
}

/** The severity of what costs by the size of several tables: the worst one counts. */
export function costOf(context: Context, ...tables: Name[]): Severity {
  const sizes = tables.map((table) => context.sizeOf(table));
  const worst = order.find((size) => sizes.includes(size)) ?? 'unknown';
  return costSeverity(worst);
}

const order: TableSize[] = ['hot', 'large', 'unknown', 'small'];
