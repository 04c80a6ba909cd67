/** A frontend: turns the files of one framework into migrations. */
import type { Comment, Database, Down, Links, Status, Transaction } from '../operations/migration.ts';
import type { Operation } from '../operations/operation.ts';

/** A file as a frontend sees it. */
export type SourceFile = { path: string; text: string };

/** What a frontend may know of the repository around a file. */
export type Project = {
  /** Every path after the change (base branch plus change), of migrations and their neighbours. */
  paths: ReadonlySet<string>;
  /** Text of a small file beside the migrations (metadata.toml, schema.prisma, goose sections of a sibling), or undefined. */
  textOf: (path: string) => string | undefined;
};

/** A claim says that a file is, or belongs to, a migration of the framework. */
export type Claim = {
  /** Path of the file that holds the up direction; files with the same one are one migration. */
  migration: string;
  /** What this file holds of it. `settings` are files such as metadata.toml that say how it is run. */
  part: 'up' | 'down' | 'both' | 'settings';
  /** What orders it among its kin; absent where it has no order. */
  version?: string;
};

/** One migration's files and all else that reading it needs: plain data, so that it can go to a worker. */
export type ClaimedMigration = {
  framework: string;
  /** Path of the up direction. */
  path: string;
  status: Status;
  version?: string;
  database: Database;
  databaseVersion?: string;
  files: { up?: SourceFile; down?: SourceFile };
  /** Paths around it, and texts of small files among them: what `Project` is made of again. */
  paths: string[];
  texts: Record<string, string>;
  /** Not one migration but all among `texts`, in their order; for frontends with `readsKin`. */
  history?: true;
};

/** What a frontend is given to read: the files of one migration and the database they are for. */
export type Source = {
  framework: string;
  files: { up?: SourceFile; down?: SourceFile };
  database: Database;
  databaseVersion?: string;
  project: Project;
  /** Not one migration but all of the project, in their order; for frontends with `readsKin`. */
  history?: true;
};

/** What reading gives; the caller knows the rest of `Migration`. */
export type Reading = Links & {
  transaction: Transaction;
  up: Operation[];
  down: Down;
  statements: number;
  comments: Comment[];
  deliberatelyEmpty?: true;
  startedByHand?: true;
  ownTransaction?: true;
  isModule?: true;
  /** Of a history that was read in one piece: how its migrations hang together. */
  chain?: (Links & { path: string })[];
};

export type StatedSchema = {
  /** The files among `paths` that hold it for a migration at `path`. */
  find: (path: string, paths: ReadonlySet<string>) => string[];
  /** Their texts as one file that the frontend reads, and the version of the last migration that it knows of; absent where it knows of all. */
  join: (parts: readonly SourceFile[]) => (SourceFile & { version?: string }) | undefined;
};

export type Frontend = {
  framework: string;
  /** True for paths whose text is needed to claim or read; asked before any text is fetched. */
  wants: (path: string) => boolean;
  /** The claim on a file, or undefined when it is not of this framework. Never throws. */
  claim: (file: SourceFile, project: Project) => Claim | undefined;
  /** The database when the migration's text or the framework's own files tell it (schema.prisma, drizzle.config.ts); undefined when they do not. */
  database?: (path: string, project: Project, text?: string) => Database | undefined;
  /** What a migration does depends on those before it: the texts of its folder come with it, and a history is read in one piece. */
  readsKin?: true;
  /** Loads what reading needs beside the SQL readers, such as a grammar; awaited before `read`. */
  load?: () => Promise<void>;
  /** The file among `paths` that holds the whole schema before a migration at `path`, where the framework keeps one; read instead of earlier migrations. */
  schemaFile?: (path: string, paths: ReadonlySet<string>) => string | undefined;
  /** What states the schema that migrations lead to, where the framework keeps it: it completes what earlier migrations tell. */
  stated?: StatedSchema;
  /** Reads both directions. Never throws at a user's file: what cannot be read becomes an opaque operation. */
  read: (source: Source) => Reading;
};
