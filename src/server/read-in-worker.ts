import { readMigration } from '../frontends/read-migration.ts';
import type { Migration } from '../operations/migration.ts';
import type { Read } from '../review/review.ts';

/** What a thread of the reading pool runs. */
export async function readInWorker(claimed: Parameters<Read>[0]): Promise<Migration> {
  return readMigration(claimed);
}
