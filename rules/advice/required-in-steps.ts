/** How a column that may hold NULL is required: proven while others go on, or in a quiet hour. */
import { onlineEditions } from '../../src/operations/facts/sqlserver-change.ts';
import type { Migration } from '../../src/operations/migration.ts';
import type { Column } from '../../src/operations/column.ts';
import { findColumn } from '../../src/operations/schema.ts';
import { code, type Context, type Found } from '../../src/rule.ts';
import { requireColumn } from '../../src/writers/require-column.ts';
import { checkedLater } from './checked-later.ts';
import { migrationFence, paragraphs } from './fence.ts';
import { fillThenRequire } from './fill-then-require.ts';
import { ofTheirOwn } from './shared-run.ts';

/** By a CHECK that is validated apart, on PostgreSQL. */
export function requiredInSteps(
  table: string,
  column: string,
  { migration, schema }: Context,
): Pick<Found, 'advice' | 'correction'> {
  const was = findColumn(schema, table, column);
  if (migration.database !== 'postgres') return { advice: inQuietHour(migration, table, column, was) };
  const phases = requireColumn(table, column, migration.databaseVersion, was?.type);
  const fences = phases.map((steps) => migrationFence(migration, steps)).join('\n\nThen:\n\n');
  const [add = [], validate = [], rely] = phases;
  return {
    advice: `Let new rows obey first, fill the old ones, then prove it under SHARE UPDATE EXCLUSIVE, which lets reads and writes through. ${ofTheirOwn(migration)}:\n\n${fences}`,
    correction: checkedLater(
      migration,
      add,
      validate,
      rely,
      'What is NULL gets a value between the first migration and the second.',
    ),
  };
}

function inQuietHour(migration: Migration, table: string, column: string, was: Column | undefined): string {
  return paragraphs(
    `First a release that never writes NULL, then the NULL rows filled in batches, then this, once ${code(`SELECT COUNT(*) FROM ${table} WHERE ${column} IS NULL`)} is 0.${migration.database === 'sqlserver' ? ` With \`WITH (ONLINE = ON)\` behind it, reads and writes go on meanwhile (2016 and later; ${onlineEditions}).` : ''}`,
    fillThenRequire(migration, table, column, was),
  );
}
