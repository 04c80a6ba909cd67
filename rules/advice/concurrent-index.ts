/** The ways to an index while writers go on. */
import { outsideTransaction } from '../../src/operations/facts/frameworks.ts';
import { onlineEditions } from '../../src/operations/facts/sqlserver-change.ts';
import type { Migration } from '../../src/operations/migration.ts';
import type { Index } from '../../src/operations/column.ts';
import { code, type Context, type Found, type Insertion } from '../../src/rule.ts';
import { buildIndex, isOnline } from '../../src/writers/build-index.ts';
import { columnSql, columnsSql, madeUpName, tableSql } from '../../src/writers/identifier.ts';
import type { Step } from '../../src/writers/step.ts';
import { led, migrationFence, outsideFence, phaseFence } from './fence.ts';

/** What makes a statement on an index let writers through; not where the transaction that it fails in is there for others too. */
export function withConcurrently({ migration, inTransaction }: Context): Pick<Found, 'insertion'> {
  return inTransaction === true && migration.statements > 1 ? {} : { insertion: concurrently };
}

const concurrently: Insertion = {
  words: 'CONCURRENTLY',
  at: { after: 'INDEX' },
  arguments: { rails: 'algorithm: :concurrently', alembic: 'postgresql_concurrently=True' },
};

/** The index with a name, made up where it has none. */
export function namedIndex(table: string, index: Index): Index {
  return { ...index, name: index.name ?? madeUpName(table, ...index.columns.map(wordsOf), 'idx') };
}

/** A new index that finds the columns; built while writers go on, where the database can. */
export function indexOn(migration: Migration, table: string, columns: readonly string[]): string {
  const index = { name: madeUpName(table, ...columns, 'idx'), columns: [...columns], unique: false };
  const draft = buildIndex(table, index, migration.database);
  if (migration.database === 'postgres') return outsideFence(migration, ...draft.steps);
  const built = phaseFence(migration, draft);
  return isOnline(migration.database) ? led(`Where the edition has \`ONLINE\` (${onlineEditions}):`, built) : built;
}

/** The way to an index on the parent of partitions: https://www.postgresql.org/docs/current/ddl-partitioning.html#DDL-PARTITIONING-DECLARATIVE-MAINTENANCE */
export function adviseOnPartitions(migration: Migration, table: string, index: Index): string {
  const parent = migrationFence(migration, [
    { kind: 'createIndex', table, index: namedIndex(table, index), onlyParent: true },
  ]);
  return `First on the parent alone, which takes a moment:\n\n${parent}\n\nThen on each partition \`CREATE INDEX CONCURRENTLY\` in a migration of its own, ${outsideTransaction(migration.framework).how}, and \`ALTER INDEX … ATTACH PARTITION …\` for each.`;
}

/** The same for a constraint, which takes no index over there. */
export function keyOnPartitions(
  table: string,
  { kind, name, columns }: { kind: 'unique' | 'primaryKey'; name: string; columns: readonly string[] },
): string {
  const key = `${kind === 'unique' ? 'UNIQUE' : 'PRIMARY KEY'} ${columnsSql(columns, 'postgres')}`;
  const parent = `ALTER TABLE ONLY ${tableSql(table, 'postgres')} ADD CONSTRAINT ${columnSql(name, 'postgres')} ${key};`;
  return `Each partition by itself: \`CREATE UNIQUE INDEX CONCURRENTLY\` over the same columns, and \`ADD CONSTRAINT … ${kind === 'unique' ? 'UNIQUE' : 'PRIMARY KEY'} USING INDEX …\`. Then, in a moment, ${code(parent, 300)}, and \`ALTER INDEX … ATTACH PARTITION …\` for each.`;
}

function wordsOf(column: string): string {
  return column.match(/\w+/g)?.join('_') ?? 'expression';
}

/** A constraint in two migrations: its index while writers go on, then the constraint that takes the index over. */
export function indexThenConstraint(
  migration: Migration,
  table: string,
  constraint: { kind: 'unique' | 'primaryKey'; name: string; columns: readonly string[] },
): string {
  const { build, attach } = stepsToConstraint(table, constraint);
  return `${outsideFence(migration, build)}\n\nThen, in the next migration:\n\n${migrationFence(migration, [attach])}`;
}

/** Uniqueness of columns while writers go on, where the database can: as a constraint on PostgreSQL, elsewhere as an index. */
export function uniqueWhileWritten(
  migration: Migration,
  table: string,
  { name, columns }: { name: string; columns: string[] },
): string {
  if (migration.database === 'postgres')
    return indexThenConstraint(migration, table, { kind: 'unique', name, columns });
  return phaseFence(migration, buildIndex(table, { name, columns, unique: true }, migration.database));
}

/** Both of its steps. */
export function stepsToConstraint(
  table: string,
  constraint: { kind: 'unique' | 'primaryKey'; name: string; columns: readonly string[] },
): { build: Step; attach: Step } {
  const { name } = constraint;
  const columns = [...constraint.columns];
  return {
    build: { kind: 'createIndex', table, index: { name, columns, unique: true }, concurrently: true },
    attach: { kind: 'addConstraint', table, constraint: { ...constraint, columns, usingIndex: name } },
  };
}
