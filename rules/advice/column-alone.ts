/** A new column without what hangs on it. */
import type { TableSize } from '../../src/operations/configuration.ts';
import type { Migration } from '../../src/operations/migration.ts';
import type { Column } from '../../src/operations/column.ts';
import type { Name } from '../../src/operations/name.ts';
import { code, type Found } from '../../src/rule.ts';
import type { Step } from '../../src/writers/step.ts';
import { led, migrationFence, paragraphs } from './fence.ts';
import { lockLimit } from './lock-limit.ts';

/** The migration that adds it; empty where its type is not known, or where it is filled by no default. On a busy table with a limit to the wait for its lock. */
export function columnAlone(migration: Migration, table: Name, column: Column, size?: TableSize): string {
  if (!column.type || column.generated || (!column.nullable && !column.default)) return '';
  const add: Step = { kind: 'addColumn', table, column: { ...column, constraints: [] } };
  return led(
    `First ${code(column.name)} alone:`,
    migrationFence(migration, [...lockLimit(migration.database, size), add]),
  );
}

/** What was found of something that hangs on a new column: the column comes first, so that its correction is joined with no other. */
export function afterColumn({ correction: _correction, ...found }: Found, ...first: readonly string[]): Found {
  return { ...found, advice: paragraphs(...first, found.advice) };
}
