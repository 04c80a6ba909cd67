/** A change that the database refuses for what reads the table by a query of its own. */
import { code, codes, type Context, type Found } from '../../src/rule.ts';
import type { Readers } from './view-readers.ts';

/** What is said of it, with the error of the database; undefined where nothing reads. */
export function refuseFor(
  what: string,
  error: string,
  { names, isSure, queries }: Readers,
  context: Context,
): Found | undefined {
  const [first] = names;
  if (first === undefined) return undefined;
  const { database } = context.migration;
  const readers = codes(names);
  const unless = isSure ? '' : `, unless what ${code(first)} reads is of another table, or was added later`;
  const isBound = database === 'sqlserver';
  const verb = names.length === 1 ? (isBound ? 'is bound to' : 'reads') : isBound ? 'are bound to' : 'read';
  const held = {
    postgres: ', in one transaction and with its privileges',
    sqlserver: ', with its indexes and privileges',
  };
  const kept = database === 'postgres' || database === 'sqlserver' ? held[database] : '';
  return {
    severity: isSure ? 'error' : 'warning',
    message: `${what} fails (${error})${unless}: ${readers} ${verb} it${isBound ? ' by `SCHEMABINDING`' : ''}.`,
    advice: `Drop ${code(first)} before it and create it again behind it${kept}; or first a ${queries[0]?.of ?? 'view'} that does without.`,
  };
}

/** Of SQL Server alone: others let it be renamed, and tell the DROP otherwise. */
export function refuseForBound(what: string, error: string, readers: Readers, context: Context): Found | undefined {
  return context.migration.database === 'sqlserver' ? refuseFor(what, error, readers, context) : undefined;
}
