/** A migration: one version of one framework, with what it does and how it is run. */
import { sharedRunOf } from './facts/frameworks.ts';
import type { Name } from './name.ts';
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

/** How migrations that form a graph hang together: Alembic's revisions, Django's dependencies within one app. */
export type Links = {
  /** What its kin call it. */
  revision?: string;
  /** What it comes after in its own line; more than one is a merge. */
  parents?: string[];
  /** Others that have to run before it, without being its line: Alembic's `depends_on`. */
  needs?: string[];
  /** What it stands for: Django's squashed migrations. */
  replaces?: string[];
  /** It opens a branch that stays beside the others on purpose: Alembic's `branch_labels`. */
  opensBranch?: true;
};

export type Migration = Links & {
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
  /** Somebody starts it when the release is out, and once; no runner does. */
  startedByHand?: true;
  /** The team has told a runner that holds all migrations of a run in one transaction to give each its own. */
  ownTransaction?: true;
  /** A file of JavaScript or TypeScript that says `export`, in which `exports` is not there. */
  isModule?: true;
};

/** A migration of the base branch that the change leaves alone, as far as others have to know it. */
export type StandingMigration = Links & {
  path: string;
  framework: string;
  version?: string;
  /** Tables that it changes; absent where its text was not read. */
  tables?: Name[];
};

/** Migrations that run on one database after each other: what stands on the base branch, and what the change makes of the rest. */
export type Lineage = {
  /** The same for all migrations that run on that database. */
  kin: string;
  framework: string;
  standing: readonly StandingMigration[];
  /** Those of the change that will be there, in their order; deleted ones are not among them. */
  now: readonly Migration[];
  /** Every migration of the base branch is among `standing` or touched by the change. */
  isWhole: boolean;
  /** A configuration of the project lets late ones run, where the framework by itself does not. */
  allowsLate?: true;
};

/** One migration in Drizzle's journal: the name of its file without `.sql`, its time in milliseconds, and the line that names it. */
export type JournalEntry = { tag: string; when: number; line: number };

/** A file of the base branch that repeats what migrations make, and what this change makes of it. */
export type SchemaCopy = {
  path: string;
  framework: string;
  /** The whole schema, its tables and columns alone, models written by hand, which versions there are, the list that the framework runs from, or checksums of the files. */
  holds: 'schema' | 'tables' | 'models' | 'versions' | 'journal' | 'checksums';
  /** Tables that models stand for. */
  tables?: string[];
  isChanged: boolean;
  /** Migrations that this change adds and that it has to know of. */
  migrations: readonly Migration[];
  /** Where it changes without a migration: the tables that it says something else of. */
  changes?: Name[];
  /** The tables and columns among it that queries of the program will name from then on. */
  adds?: string[];
  /** What a journal listed, and lists with this change; `missing` are tags of it whose file will not be there. */
  journal?: { before: readonly JournalEntry[]; now: readonly JournalEntry[]; missing: readonly string[] };
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

/** Why a file is opaque in which nothing was recognised as a migration. */
export const notRecognised = 'nothing in this file was recognised as a migration';

/** True for a file that only lies among migrations, such as what finds and runs them: nothing in it was recognised, and its name has no number that would give it a place. */
export function isBystander({ up, version }: Pick<Migration, 'up' | 'version'>): boolean {
  const [first] = up;
  const isUnknown = up.length === 1 && first?.kind === 'opaque' && first.reason === notRecognised;
  return isUnknown && version !== undefined && !/\d/.test(version);
}

/** The operations of the up direction that could not be read. */
export function opaqueOperations(migration: Migration): Operation[] {
  return migration.up.filter((operation) => operation.kind === 'opaque');
}

/** True where all new migrations of a run share one transaction, so that what one of them locks stays locked while the next one works. MySQL and MariaDB commit each schema statement all the same. */
export function sharesTransaction({
  framework,
  database,
  transaction,
  ownTransaction,
}: Pick<Migration, 'framework' | 'database' | 'transaction' | 'ownTransaction'>): boolean {
  if (transaction !== 'wrapped' || ownTransaction === true || sharedRunOf(framework) === undefined) return false;
  return database !== 'mysql' && database !== 'mariadb';
}
