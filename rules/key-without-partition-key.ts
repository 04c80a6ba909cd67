import type { Database } from '../src/operations/migration.ts';
import type { Operation } from '../src/operations/operation.ts';
import { code, codes, type Context, type Found, type Rule } from '../src/rule.ts';
import { columnsSql, tableSql } from '../src/writers/identifier.ts';
import { led, paragraphs, phaseFence } from './advice/fence.ts';
import { mayHaveMadeWay } from './advice/made-way.ts';
import { findScatteredKey, type ScatteredKey } from './advice/scattered-key.ts';

/** PostgreSQL, MySQL and MariaDB keep rows apart within a partition alone. */
export const keyWithoutPartitionKey: Rule = {
  id: 'key-without-partition-key',
  title: 'A key that leaves out what the table is partitioned by',
  severity: 'error',
  concerns: 'process',
  check: { createTable: find, addColumn: find, addConstraint: find, createIndex: find, alterPartition: find },
};

function find(operation: Operation, context: Context): Found | undefined {
  const found = findScatteredKey(operation, context);
  if (!found) return undefined;
  const { table, key, missing, byExpression } = found;
  const unless = mayHaveMadeWay(context) ? ', unless what could not be read here has changed the table' : '';
  const { database } = context.migration;
  const isPostgres = database === 'postgres';
  const isAfter = operation.kind === 'alterPartition';
  const lacks = byExpression
    ? `${code(table)} is partitioned by an expression, with which no key goes`
    : `${code(table)} is ${isAfter ? 'to be ' : ''}partitioned by ${codes(missing)}, which the key leaves out`;
  const what = isAfter ? `Partitioning ${code(table)}` : `${nameOf(key)} of ${code(table)}`;
  const which = isAfter ? ` It is ${lowered(nameOf(key))}.` : '';
  return {
    ...(unless === '' ? {} : { severity: 'warning' as const }),
    message: `${what} is refused (${isPostgres ? '0A000' : '1503'})${unless}: ${lacks}.${which} ${isPostgres ? 'PostgreSQL keeps' : 'MySQL and MariaDB keep'} rows apart within each partition, and not across them.`,
    advice: paragraphs(advise(found, database), isAfter ? widen(found, context) : ''),
  };
}

function nameOf({ kind, name }: ScatteredKey['key']): string {
  if (kind === 'primaryKey') return 'The primary key';
  return `The unique ${kind === 'index' ? 'index' : 'key'}${name === undefined ? '' : ` ${code(name)}`}`;
}

/** A sequence or a UUID is no promise of the database's, but it does not repeat itself. */
function advise({ key: { columns }, missing, byExpression }: ScatteredKey, database: Database): string {
  if (database !== 'postgres') return adviseOnMysql(columns, missing, database);
  const apart = `a unique index on each partition keeps them apart within it, and values that do not repeat, such as those of an identity or a UUID, across them`;
  if (byExpression) return `Partition by a column and take it into the key; or without a key on the parent: ${apart}.`;
  const whole = columnsSql([...columns, ...missing], 'postgres');
  return `Take it into the key: ${code(whole, 300)}. Rows of several partitions may then share ${codes(columns)}. Where they must not, ${apart}; or keep the values in a table of their own that is not partitioned.`;
}

/** AUTO_INCREMENT has to be the first column of a key, which it stays. */
function adviseOnMysql(columns: readonly string[], missing: readonly string[], database: Database): string {
  const whole = columnsSql([...columns, ...missing], database);
  return `Take it into the key: ${code(whole, 300)}. Rows of several partitions may then share ${codes(columns)}. Where they must not, leave the table whole, or keep the values in a table of their own that is not partitioned.`;
}

/** The primary key that stands gets the columns behind its own, in a migration before this one. */
function widen({ table, key, missing }: ScatteredKey, { migration }: Context): string {
  const { database } = migration;
  if (key.kind !== 'primaryKey') return '';
  const columns = columnsSql([...key.columns, ...missing], database);
  const sql = `ALTER TABLE ${tableSql(table, database)} DROP PRIMARY KEY, ADD PRIMARY KEY ${columns};`;
  const allow = {
    rules: ['added-primary-key', 'dropped-uniqueness'],
    because: 'the numbers do not repeat, and it runs in a quiet hour',
  };
  const lead = `Before it, where ${codes(missing)} is never NULL; the table is written anew while writes wait:`;
  return led(lead, phaseFence(migration, { steps: [{ kind: 'sql', sql, final: true }], allow }));
}

function lowered(text: string): string {
  return `${text.slice(0, 1).toLowerCase()}${text.slice(1)}`;
}
