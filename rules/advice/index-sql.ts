/** Indexes as SQL of PostgreSQL. */
import { outsideTransaction } from '../../src/operations/facts/frameworks.ts';
import type { Migration } from '../../src/operations/migration.ts';
import type { Index } from '../../src/operations/operation.ts';
import { migrationFence, outsideFence } from './fence.ts';
import { columnSql, columnsSql, madeUpName, printable, tableSql } from './identifier.ts';

/** The statement that builds the index while writers go on. */
export function createIndexSql(table: string, index: Index): string {
  const name = columnSql(index.name ?? madeUpName(table, ...index.columns.map(wordsOf), 'idx'), 'postgres');
  const method = index.method && index.method !== 'btree' ? ` USING ${columnSql(index.method, 'postgres')}` : '';
  const where = index.where ? ` WHERE ${printable(index.where.sql)}` : '';
  const unique = index.unique ? 'UNIQUE ' : '';
  return `CREATE ${unique}INDEX CONCURRENTLY ${name} ON ${tableSql(table, 'postgres')}${method} ${columnsSql(index.columns, 'postgres')}${where};`;
}

/** The way to an index on the parent of partitions: https://www.postgresql.org/docs/current/ddl-partitioning.html#DDL-PARTITIONING-DECLARATIVE-MAINTENANCE */
export function adviseOnPartitions(migration: Migration, table: string, index: Index): string {
  const parent = createIndexSql(table, index).replace(' CONCURRENTLY ', ' ').replace(' ON ', ' ON ONLY ');
  return `First on the parent alone, which takes a moment:\n\n${migrationFence(migration, [parent])}\n\nThen on each partition \`CREATE INDEX CONCURRENTLY\` in a migration of its own, ${outsideTransaction(migration.framework).how}, and \`ALTER INDEX … ATTACH PARTITION …\` for each.`;
}

function wordsOf(column: string): string {
  return column.match(/\w+/g)?.join('_') ?? 'expression';
}

/** A constraint in two migrations: its index while writers go on, then the constraint that takes the index over. */
export function indexThenConstraint(
  migration: Migration,
  table: string,
  constraint: { kind: 'UNIQUE' | 'PRIMARY KEY'; name: string; columns: readonly string[] },
): string {
  const name = columnSql(constraint.name, 'postgres');
  const build = createIndexSql(table, { name: constraint.name, columns: [...constraint.columns], unique: true });
  const attach = `ALTER TABLE ${tableSql(table, 'postgres')} ADD CONSTRAINT ${name} ${constraint.kind} USING INDEX ${name};`;
  return `${outsideFence(migration, build)}\n\nThen, in the next migration:\n\n${migrationFence(migration, [attach])}`;
}
