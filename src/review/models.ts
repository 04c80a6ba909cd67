/** The models that a change touches, as they were and as they will be, and the migrations that call them. */
import { settingFor } from '../configuration/setting.ts';
import { isModelFile, sizeLimit } from '../models/paths.ts';
import type { ModelSource } from '../models/read-models.ts';
import type { Change } from '../operations/change.ts';
import type { Migration } from '../operations/migration.ts';
import type { ModelFile, Models } from '../operations/models.ts';
import { deploymentKindOf } from '../deployment/paths.ts';
import type { Opaque } from '../report.ts';

type ReadModels = (source: ModelSource) => Promise<ModelFile>;

/** Reads them. Migrations are read for what they call, and only beside a model. */
export async function collectModels(
  change: Change,
  migrations: readonly Migration[],
  read: ReadModels,
): Promise<Models> {
  const files = change.files.filter(({ path }) => isModelFile(path) && !settingFor(change.configuration, path).ignore);
  if (!files.some((file) => file.before !== undefined || file.after !== undefined)) return { before: [], now: [] };
  const paths = new Set(migrations.filter(({ framework }) => framework === 'rails').map(({ path }) => path));
  const calling = change.files.filter(({ path }) => paths.has(path));
  const readAll = (sources: { path: string; text: string | undefined }[]) =>
    Promise.all(sources.flatMap(({ path, text }) => (text === undefined ? [] : [read({ path, text })])));
  return {
    before: await readAll(files.map((file) => ({ path: file.previousPath ?? file.path, text: file.before }))),
    now: await readAll([...files, ...calling].map((file) => ({ path: file.path, text: file.after }))),
  };
}

/** Files beside the migrations that matter and were not read, with the reason. */
export function unreadBeside(change: Change): Opaque[] {
  return change.files.flatMap(({ path, after, unread }) => {
    const isModel = isModelFile(path);
    if ((!isModel && deploymentKindOf(path) === undefined) || settingFor(change.configuration, path).ignore) return [];
    const reason = unread ?? (isModel && (after?.length ?? 0) > sizeLimit ? 'larger than 256 KB' : undefined);
    return reason === undefined ? [] : [{ path, startLine: 1, reason }];
  });
}
