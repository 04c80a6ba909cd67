/** What a migration makes of the identity of a column of PostgreSQL. */
import type { Operation } from '../../src/operations/operation.ts';
import type { Counted } from './counted-column.ts';

/** `adds` where the column had none. `always`: it takes no value from INSERTs, but for OVERRIDING SYSTEM VALUE. */
export type IdentityChange = Counted & { adds: boolean; always: boolean };

/** Undefined for all else, also for what only sets the sequence of one. */
export function identityChangeOf(operation: Operation): IdentityChange | undefined {
  if (operation.kind === 'alterColumn') {
    const { table, column, generated, always = false } = operation;
    return generated === 'identity' ? { table, column, adds: true, always } : undefined;
  }
  if (operation.kind !== 'alterTable') return undefined;
  const words = /^ALTER (?:COLUMN )?("[^"]+"|\w+) SET GENERATED (ALWAYS|BY DEFAULT)\b/i.exec(operation.change);
  const [, name, how = ''] = words ?? [];
  if (name === undefined) return undefined;
  // A name without quotes is in lower case.
  const column = name.startsWith('"') ? name.slice(1, -1) : name.toLowerCase();
  return { table: operation.table, column, adds: false, always: how.toUpperCase() === 'ALWAYS' };
}
