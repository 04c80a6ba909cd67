/** The models that a change touches, as they were and as they will be, and the migrations that call them. */
import { settingFor } from '../configuration/setting.ts';
import { folderOf, inFolder } from '../frontends/paths.ts';
import { holdsModels, homeOf, isModelFile, sizeLimit } from '../models/paths.ts';
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
  const files = change.files.filter((file) => holdsModels(file) && !settingFor(change.configuration, file.path).ignore);
  const standing = standingModels(change);
  const isRead = files.some((file) => file.before !== undefined || file.after !== undefined);
  if (!isRead && standing.length === 0) return { before: [], now: [] };
  const paths = new Set(migrations.filter(({ framework }) => framework === 'rails').map(({ path }) => path));
  const calling = change.files.filter(({ path }) => paths.has(path));
  const readAll = (side: 'before' | 'after', sources: { path: string; text: string | undefined }[]) =>
    Promise.all(
      sources.flatMap(({ path, text }) =>
        text === undefined ? [] : [read({ path, text, ...kinOf(change, path, side) })],
      ),
    );
  return {
    before: await readAll('before', [
      ...files.map((file) => ({ path: file.previousPath ?? file.path, text: file.before })),
      ...standing,
    ]),
    now: await readAll('after', [
      ...[...files, ...calling].map((file) => ({ path: file.path, text: file.after })),
      ...standing,
    ]),
  };
}

/** Models that the change leaves as they are, and that it was asked about. */
function standingModels({ files, projectTexts }: Change): { path: string; text: string }[] {
  const changed = new Set(files.flatMap(({ path, previousPath }) => [path, previousPath]));
  return Object.entries(projectTexts).flatMap(([path, text]) =>
    path.endsWith('.rb') && isModelFile(path) && !changed.has(path) ? [{ path, text }] : [],
  );
}

/** The migrations of a Django app on one side of the change, by their paths; none where not all of them are known. */
function kinOf(change: Change, path: string, side: 'before' | 'after'): { kin?: Record<string, string> } {
  if (!path.endsWith('.py') || change.incomplete !== undefined) return {};
  const folder = inFolder(homeOf(path), 'migrations');
  const configuration = inFolder(homeOf(path), 'apps.py');
  const isKin = (each: string) => folderOf(each) === folder || each === configuration;
  const changed = change.files.filter((file) => isKin(file.path) || isKin(file.previousPath ?? ''));
  if (changed.some(({ unread }) => unread !== undefined)) return {};
  const standing = { ...change.projectTexts, ...change.history };
  const kin = new Map(Object.entries(standing).filter(([each]) => isKin(each)));
  for (const file of changed) {
    // What the base branch has of it is told by the file itself.
    kin.delete(file.path);
    const [at, text] = side === 'after' ? [file.path, file.after] : [file.previousPath ?? file.path, file.before];
    if (text !== undefined) kin.set(at, text);
  }
  return kin.size > 0 ? { kin: Object.fromEntries(kin) } : {};
}

/** Files beside the migrations that matter and were not read, with the reason. */
export function unreadBeside(change: Change): Opaque[] {
  return change.files.flatMap((file) => {
    const { path, after, unread } = file;
    const isModel = holdsModels(file);
    if ((!isModel && deploymentKindOf(path) === undefined) || settingFor(change.configuration, path).ignore) return [];
    const reason = unread ?? (isModel && (after?.length ?? 0) > sizeLimit ? 'larger than 512 KB' : undefined);
    return reason === undefined ? [] : [{ path, startLine: 1, reason }];
  });
}
