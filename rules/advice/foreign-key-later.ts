/** How a foreign key comes without a look at every row under a lock. */
import type { ForeignKey } from '../../src/operations/foreign-keys.ts';
import { findKeyBefore } from '../../src/operations/said-anew.ts';
import { isAtLeast, type Migration } from '../../src/operations/migration.ts';
import type { Name } from '../../src/operations/name.ts';
import type { OperationOf } from '../../src/operations/operation.ts';
import type { Schema } from '../../src/operations/schema.ts';
import { code, type Context, type Found } from '../../src/rule.ts';
import { madeUpName } from '../../src/writers/identifier.ts';
import { stepSql } from '../../src/writers/sql.ts';
import type { Step } from '../../src/writers/step.ts';
import type { Allowance } from '../../src/writers/write-migration.ts';
import { checkedLater } from './checked-later.ts';
import { led, migrationFence, paragraphs, phaseFence } from './fence.ts';
import { dropsRows } from './online-tool.ts';
import { inNextMigration } from './shared-run.ts';
import { uncheckedFirst } from './unchecked-first.ts';

/** What adds one, as a constraint or with its column. */
export type KeyOperation = OperationOf<'addColumn' | 'addConstraint'>;

/** Its migrations, one after the other; `allow` is what the author states in the first of them. */
export function addedLater(
  operation: KeyOperation,
  key: ForeignKey,
  { migration, before, schema }: Context,
  allow?: Allowance,
): Pick<Found, 'advice' | 'correction'> {
  const { table, statement } = operation;
  const { database } = migration;
  if (database !== 'postgres' && database !== 'sqlserver') return { advice: withoutCopy(table, key, migration) };
  const name = key.name ?? madeUpName(table, ...key.columns, 'fkey');
  const add: Step = { kind: 'addConstraint', table, constraint: { ...key, name, validated: false } };
  const validate: Step = { kind: 'validateConstraint', table, name };
  if (database === 'sqlserver') return { advice: uncheckedFirst(migration, add, validate) };
  if (refusesUnchecked(table, migration, schema)) return { advice: onEachPartition(add, validate, migration) };
  // What the same statement drops would be in the way.
  const isDropped = before.some(
    (each) => each.kind === 'dropConstraint' && each.statement === statement && each.name === name,
  );
  const was = findKeyBefore(schema, table, key)?.key;
  const drop: Step = { kind: 'dropConstraint', table, name, constraint: 'foreignKey', ...(was && { was }) };
  const adding = isDropped ? [drop, add] : [add];
  return {
    advice: `Add it \`NOT VALID\`, which locks ${key.references.table === table ? 'the table' : 'both tables'} for a moment only:\n\n${phaseFence(migration, { steps: adding, ...(allow && { allow }) })}\n\nThen, ${inNextMigration(migration)}, check the rows under SHARE UPDATE EXCLUSIVE, which lets writes through:\n\n${migrationFence(migration, [validate])}`,
    correction: checkedLater(migration, adding, [validate]),
  };
}

/** True for a parent of partitions that takes no key without a look at its rows, as far as the version is known: https://www.postgresql.org/docs/release/18.0/ */
export function refusesUnchecked(table: Name, { database, databaseVersion }: Migration, schema: Schema): boolean {
  if (database !== 'postgres' || !schema.tables.get(table)?.partitioned) return false;
  return databaseVersion === undefined || !isAtLeast(databaseVersion, '18');
}

/** One that every partition has already is taken over: https://www.postgresql.org/docs/current/ddl-partitioning.html */
function onEachPartition(add: Step, validate: Step, { database }: Migration): string {
  const [adds, validates] = [add, validate].map((step) => code(stepSql(step, database) ?? '', 400));
  return `Before PostgreSQL 18 the parent of partitions takes no key \`NOT VALID\` (42809), but each partition does. On one partition after the other, with its name in the place of the parent's: ${adds}, then, in a transaction of its own, ${validates}. When all of them have it, the statement as it is takes these over and reads no row.`;
}

/** In place where nothing is checked: https://dev.mysql.com/doc/refman/8.4/en/innodb-online-ddl-operations.html#online-ddl-foreign-key-operations */
function withoutCopy(table: string, key: ForeignKey, migration: Migration): string {
  const name = key.name ?? madeUpName(table, ...key.columns, 'fkey');
  const add = stepSql({ kind: 'addConstraint', table, constraint: { ...key, name } }, migration.database);
  const back = stepSql({ kind: 'dropConstraint', table, name, constraint: 'foreignKey' }, migration.database);
  const begin = `Look for orphans first. On a table that is written all day, add it in a quiet hour; ${dropsRows}.`;
  if (add === undefined || back === undefined) return begin;
  const steps: Step[] = [
    { kind: 'sql', sql: 'SET SESSION foreign_key_checks = 0;' },
    { kind: 'sql', sql: add, back },
    { kind: 'sql', sql: 'SET SESSION foreign_key_checks = 1;' },
  ];
  return paragraphs(
    begin,
    led(
      'Or in place, without a copy and without reading the rows, while a query makes sure before and after that no row points nowhere:',
      migrationFence(migration, steps),
    ),
  );
}
