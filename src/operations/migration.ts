/** A migration: one version of one framework, with what it does and how it is run. */
import type { Operation, Span } from './operation.ts';

export type Database = 'postgres' | 'mysql' | 'mariadb' | 'sqlite' | 'sqlserver' | 'unknown';

/**
 * How the framework sends the statements of one direction.
 * `wrapped`: in one transaction. `one-query`: all in one query string without BEGIN; PostgreSQL makes that one transaction
 * as soon as there is more than one statement. `none`: one by one. `unknown`: the framework leaves it to a flag or is not known.
 */
export type Transaction = 'wrapped' | 'one-query' | 'none' | 'unknown';

/** Against the base branch. */
export type Status = 'added' | 'modified' | 'deleted' | 'renamed';

export type Down =
  | { kind: 'written'; path: string; operations: Operation[] }
  /** The framework can turn the up direction around by itself. */
  | { kind: 'derived' }
  | { kind: 'irreversible'; reason: string }
  /** The framework has a place for it, and nothing stands there. */
  | { kind: 'missing' }
  | { kind: 'empty'; path: string }
  /** The framework has no down direction. */
  | { kind: 'unsupported' };

export type Comment = { text: string; span: Span };

export type Migration = {
  /** The file of the up direction. */
  path: string;
  /** Kebab-case name of the layout or framework: flyway, golang-migrate, prisma … */
  framework: string;
  database: Database;
  /** Version of the database as configured, such as `16`, `8.0.29` or `10.11`; unknown where absent. Compare with `isAtLeast`. */
  databaseVersion?: string;
  status: Status;
  /** What orders it among its kin, as the framework compares it; absent where it runs every time (Flyway's R__). */
  version?: string;
  transaction: Transaction;
  up: Operation[];
  down: Down;
  /** Statements of the up direction. */
  statements: number;
  /** Comments of the file with their positions, for suppressions. */
  comments: Comment[];
  /** It has no operations on purpose: a merge of two heads, a squashed one, a baseline marker. */
  deliberatelyEmpty?: true;
  /** What its kin call it where they form a graph, and what it comes after: Alembic's revisions, Django's dependencies. */
  revision?: string;
  parents?: string[];
};

/** Compares dotted versions part by part: 10.11 is at least 10.2. What the known one does not say counts as the newest of its kind: 8 is at least 8.0.29. */
export function isAtLeast(version: string, wanted: string): boolean {
  const known = version.split('.').map(Number);
  for (const [index, part] of wanted.split('.').entries()) {
    const own = known[index];
    if (own === undefined || own > Number(part)) return true;
    if (own < Number(part)) return false;
  }
  return true;
}

/** The operations of the up direction that could not be read. */
export function opaqueOperations(migration: Migration): Operation[] {
  return migration.up.filter((operation) => operation.kind === 'opaque');
}
