/** How a table with rows gets a check: unchecked first, or after a look at its rows. */
import type { Migration } from '../../src/operations/migration.ts';
import type { Constraint } from '../../src/operations/column.ts';
import { code, type Context, type Found } from '../../src/rule.ts';
import { madeUpName, tableSql } from '../../src/writers/identifier.ts';
import type { Step } from '../../src/writers/step.ts';
import { checkedLater } from './checked-later.ts';
import { isDjango } from './django.ts';
import { led, migrationFence, paragraphs, phaseFence } from './fence.ts';
import { dropsRows } from './online-tool.ts';
import { inNextMigration } from './shared-run.ts';
import { uncheckedFirst } from './unchecked-first.ts';

export type Check = Extract<Constraint, { kind: 'check' }>;

/** In two migrations, where the database can leave the rows unread at first. */
export function checkInSteps(
  table: string,
  check: Check,
  { migration }: Context,
): Pick<Found, 'advice' | 'correction'> {
  const isSqlServer = migration.database === 'sqlserver';
  if (migration.database !== 'postgres' && !isSqlServer) return { advice: afterLook(table, check, migration) };
  const name = check.name ?? madeUpName(table, 'check');
  const constraint = { ...check, name, validated: false };
  const again: Step = { kind: 'validateConstraint', table, name };
  const add: Step = { kind: 'addConstraint', table, constraint };
  if (isSqlServer) return { advice: uncheckedFirst(migration, add, again) };
  const isShort = check.expression.known && check.expression.sql.length <= 300;
  const added = isShort ? migrationFence(migration, [add]) : '';
  const how = isDjango(migration) ? ' (`AddConstraintNotValid` in place of `AddConstraint`)' : '';
  const first = 'Add it `NOT VALID`, which locks the table for a moment only';
  const advice = paragraphs(
    led(`${first}:`, added) || `${first}${how}.`,
    led(
      `Then, ${inNextMigration(migration)}, read the rows under SHARE UPDATE EXCLUSIVE, which lets reads and writes through:`,
      migrationFence(migration, [again]),
    ),
  );
  return { advice, ...(isShort && { correction: checkedLater(migration, [add], [again]) }) };
}

/** The statement itself, which somebody has made sure of. */
function afterLook(table: string, check: Check, migration: Migration): string {
  const begin = `Look for rows that break it first. On a table that is written all day, add it in a quiet hour; ${dropsRows}.`;
  if (!check.expression.known || check.expression.sql.length > 300) return begin;
  const { database } = migration;
  const broken = `SELECT COUNT(*) FROM ${tableSql(table, database)} WHERE NOT (${check.expression.sql})`;
  const constraint = { ...check, name: check.name ?? madeUpName(table, 'check') };
  const allow = { rules: ['validating-check'], because: 'no row breaks it, and it runs in a quiet hour' };
  const fenced = phaseFence(migration, { steps: [{ kind: 'addConstraint', table, constraint }], allow });
  return paragraphs(begin, led(`Once ${code(broken, 400)} is 0:`, fenced));
}
