/** The store: what must outlive a restart, in one SQLite file. */
import { DatabaseSync } from 'node:sqlite';
import { openJobs, type Jobs, type JobsOptions } from './jobs.ts';
import { openPulls, type Pulls } from './pulls.ts';
import { migrateSchema } from './schema.ts';
import { openSignOffs, type SignOffs } from './sign-offs.ts';

export type Store = {
  jobs: Jobs;
  pulls: Pulls;
  signOffs: SignOffs;
  /** Throws when the database cannot be written. */
  probe: () => void;
  close: () => void;
};

export type StoreOptions = Partial<JobsOptions> & {
  /** Milliseconds since 1970. */
  clock?: () => number;
};

/** Opens the store in the file at `path`, which is created where it is missing. Whatever a call has written is on the disk when it returns. */
export function openStore(path: string, options: StoreOptions = {}): Store {
  const clock = options.clock ?? Date.now;
  // Another process may hold the write lock for a moment: wait for it up to five seconds.
  const database = new DatabaseSync(path, { timeout: 5000 });
  database.exec('PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA foreign_keys = ON;');
  migrateSchema(database);
  return {
    jobs: openJobs(database, clock, options),
    pulls: openPulls(database, clock),
    signOffs: openSignOffs(database, clock),
    probe: () => database.exec('BEGIN IMMEDIATE; ROLLBACK;'),
    close: () => database.close(),
  };
}
