import { readMigration } from '../frontends/read-migration.ts';
import { readDeployment } from '../deployment/read-deployment.ts';
import type { Deployment } from '../operations/deployment.ts';
import { readModels } from '../models/read-models.ts';
import type { Migration } from '../operations/migration.ts';
import type { ModelFile } from '../operations/models.ts';
import type { Read, ReadDeployment, ReadModels } from '../review/review.ts';

/** What a thread of the reading pool runs. */
export async function readInWorker(claimed: Parameters<Read>[0]): Promise<Migration> {
  return readMigration(claimed);
}

/** The same for what says how migrations are run. */
export async function readDeploymentInWorker(source: Parameters<ReadDeployment>[0]): Promise<Deployment> {
  return readDeployment(source);
}

/** The same for models. */
export async function readModelsInWorker(source: Parameters<ReadModels>[0]): Promise<ModelFile> {
  return readModels(source);
}
