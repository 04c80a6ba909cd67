import { readMigration } from '../frontends/read-migration.ts';
import { readDeployment } from '../deployment/read-deployment.ts';
import type { Deployment } from '../operations/deployment.ts';
import type { Migration } from '../operations/migration.ts';
import type { Read, ReadDeployment } from '../review/review.ts';

/** What a thread of the reading pool runs. */
export async function readInWorker(claimed: Parameters<Read>[0]): Promise<Migration> {
  return readMigration(claimed);
}

/** The same for what says how migrations are run. */
export async function readDeploymentInWorker(source: Parameters<ReadDeployment>[0]): Promise<Deployment> {
  return readDeployment(source);
}
