/** An index, built while reads and writes go on. */
import type { Database } from '../operations/migration.ts';
import type { Index } from '../operations/column.ts';
import type { Name } from '../operations/name.ts';
import type { DraftMigration } from './write-migration.ts';

/** The migration that builds it, asking for what the database does not do by itself. */
export function buildIndex(table: Name, index: Index, database: Database): DraftMigration {
  const online = isOnline(database) ? { concurrently: true as const } : {};
  const allow = index.unique && database !== 'postgres' ? { allow: noDuplicates } : {};
  return { steps: [{ kind: 'createIndex', table, index, ...online }], ...allow };
}

/** What is to be looked for before rows become unique. */
export const noDuplicates = {
  rules: ['added-unique-constraint'],
  because: 'the query for duplicates found none',
};

/** True where an index is built online only when that is asked for. */
export function isOnline(database: Database): boolean {
  return database === 'postgres' || database === 'sqlserver';
}
