/** Reads a change through a host: the list of files, and the texts of those that matter. */
import { type ConfigurationReading, readConfiguration } from '../configuration/read-configuration.ts';
import { mayCall, mayCheckDrift, mayRunMigrations, mayScale } from '../deployment/mentions.ts';
import { deploymentKindOf, isScaler, isWorkflowPath, workflowsAmong } from '../deployment/paths.ts';
import { schedulesAmong } from '../deployment/schedules.ts';
import { isJournal } from '../frontends/drizzle/journal.ts';
import { findSchemaFile, findStatedFiles, wants } from '../frontends/index.ts';
import { isModelFile, mayHoldModels, namesTables } from '../models/paths.ts';
import { isDownFile, otherHalves } from '../frontends/other-half.ts';
import { isBystander, rootOf } from '../frontends/paths.ts';
import { isWrittenCopy } from '../frontends/schema-copies.ts';
import { isProjectFile, nearestProjectFiles } from '../frontends/project-files.ts';
import type { Host, ListedFile } from '../host.ts';
import { calledTexts } from './called-texts.ts';
import { importedTexts } from './imported-texts.ts';
import { migrationsBeside, rootsOfModel } from './model-roots.ts';
import { programTexts } from './program-texts.ts';
import { standingModels } from './standing-models.ts';
import { standingRuns } from './standing-runs.ts';
import { blobText, textAfter, textEntry } from './text-of.ts';
import type { Change, ChangedFile } from '../operations/change.ts';

/** Where a team configures its reviews. */
export const configurationPath = '.github/plimsoll.yml';

export type CollectOptions = {
  /** Ids that `rules:` in the configuration may name. */
  ruleIds: readonly string[];
  /** Reads this configuration instead of the one at the base commit. */
  configuration?: { path: string; text: string };
};

/** Collects one change. Texts are asked for once, and only those that a frontend wants. */
export async function collect(asked: Host, options: CollectOptions): Promise<Change> {
  const host = askingOnce(asked);
  const [subject, listed] = await Promise.all([host.subject(), host.files()]);
  const wanted = listed.files.filter(
    (file) => wants(file.path) || (file.previousPath !== undefined && wants(file.previousPath)),
  );
  const wantsTree = wanted.length > 0;
  const tree = wantsTree ? await host.baseTree() : undefined;
  // After the tree, which may tell that there is none.
  const { configuration, problems } = await collectConfiguration(host, listed.files, options);
  const deploying = await deploymentFiles(host, listed.files, configuration.migrationCommands);
  const models = await modelFiles(host, listed.files, wanted);
  // Without a migration beside it, what it says is compared with what it said.
  const lone = wantsTree ? [] : listed.files.filter(mayStandAlone);
  const base =
    tree ??
    (deploying.read.length + deploying.callers.size + models.read.length + lone.length > 0
      ? await host.baseTree()
      : { blobs: new Map<string, string>() });
  const incomplete = listed.incomplete ?? base.incomplete;
  const needed = wantsTree ? listed.files.filter((file) => wanted.includes(file) || isProjectFile(file.path)) : [];
  const called = await textsCalled(host, deploying.callers, listed.files, base.blobs);
  const calling = deploying.named.filter(({ path }) => called.callers.has(path));
  const read = new Set([...needed, ...deploying.read, ...calling, ...called.changed, ...models.read, ...lone]);
  const left = new Map([...deploying.left, ...models.left]);
  // At the same time, so that a host can read all of them at once.
  const touched = new Set(listed.files.flatMap((file) => [file.path, file.previousPath ?? file.path]));
  const [files, projectTexts, history, runs] = await Promise.all([
    Promise.all(
      listed.files.map(async (file) =>
        read.has(file) ? withTexts(host, file, base.blobs) : { ...withoutTexts(file), ...left.get(file) },
      ),
    ),
    textsAround(host, { wanted, models: models.read }, base.blobs),
    earlierMigrations(host, { files: listed.files, wanted, models: models.read }, base.blobs),
    standingRuns(host, deploying.callers, touched, base.blobs),
  ]);
  const [imported, standing, programs] = await Promise.all([
    importedTexts(host, files, listed.files, base.blobs, history),
    standingModels(host, files, base.blobs),
    programTexts(host, files, listed.files, base.blobs),
  ]);
  return {
    files,
    ...(incomplete === undefined ? {} : { incomplete }),
    basePaths: [...base.blobs.keys()],
    projectTexts: { ...called.texts, ...runs, ...projectTexts, ...imported, ...standing },
    history,
    ...(programs && { programs }),
    title: subject.title,
    description: subject.description,
    configuration,
    configurationProblems: problems,
  };
}

/** A file that repeats the schema, or lists migrations, without one beside it. */
function mayStandAlone({ path, status }: ListedFile): boolean {
  if (path.endsWith('.prisma')) return !isBystander(path);
  return status === 'modified' && (isWrittenCopy(path) || isJournal(path));
}

/** The configuration of the base commit counts; a new text of it in the change is only checked, so that a mistake is seen before it is merged. */
async function collectConfiguration(
  host: Host,
  files: readonly ListedFile[],
  options: CollectOptions,
): Promise<ConfigurationReading> {
  const given = options.configuration;
  if (given) return readConfiguration(given.path, given.text, options.ruleIds);
  const standing = await readConfiguration(configurationPath, await host.baseText(configurationPath), options.ruleIds);
  const changed = files.find((file) => file.path === configurationPath && file.status !== 'deleted');
  if (!changed) return standing;
  const text = await textAfter(host, changed);
  const proposed = 'text' in text ? text.text : undefined;
  const { problems } = await readConfiguration(configurationPath, proposed, options.ruleIds);
  return { configuration: standing.configuration, problems };
}

/** The text of a script is looked into before it is known whether the rest of it is wanted. */
function askingOnce(host: Host): Host {
  const blobs = new Map<string, ReturnType<Host['blob']>>();
  function blob(id: string): ReturnType<Host['blob']> {
    const text = blobs.get(id) ?? host.blob(id);
    blobs.set(id, text);
    return text;
  }
  return { ...host, blob };
}

/** Files that matter beside migrations: those to be read, and those that are too many, with the sentence that says so. */
type Beside = { read: ListedFile[]; left: [ListedFile, { unread: string }][] };

/** The first `most` of some files; the rest is not passed over in silence. */
function upTo(most: number, files: readonly ListedFile[], what: string): Beside {
  const unread = `of one change only the first ${most} ${what} are read`;
  return { read: files.slice(0, most), left: files.slice(most).map((file) => [file, { unread }]) };
}

/** Each is a request to the host; a change of more of them moves files about. */
const mostDeploymentFiles = 60;

/** The files that run migrations, as their text says: few changes have one, and only those ask for more. */
async function deploymentFiles(
  host: Host,
  files: readonly ListedFile[],
  commands: readonly string[],
): Promise<Beside & { named: ListedFile[]; callers: Map<string, string> }> {
  const named = files.filter((file) => file.status !== 'deleted' && deploymentKindOf(file.path) !== undefined);
  const { read, left } = upTo(mostDeploymentFiles, named, 'files that may run migrations');
  const texts = await Promise.all(read.map((file) => textAfter(host, file)));
  const textOf = (index: number) => {
    const text = texts[index];
    return text !== undefined && 'text' in text ? text.text : undefined;
  };
  const runs = read.map((_, index) => mayRunMigrations(textOf(index) ?? '', commands));
  // How many pods there are matters where one of them migrates.
  const running = read.filter((_, index) => runs[index] || (runs.includes(true) && mayScale(textOf(index) ?? '')));
  const callers = read.flatMap(({ path }, index): [string, string][] => {
    const text = textOf(index);
    return text !== undefined && (runs[index] || mayCall(text)) ? [[path, text]] : [];
  });
  const losing = files.filter((file) => !running.includes(file) && mayLoseCheck(file));
  return { read: [...running, ...losing], left, named: read, callers: new Map(callers) };
}

/** A workflow out of which lines go that may have compared models with migrations. Where the listing does not tell, the text does. */
function mayLoseCheck({ path, status, removed, deletions }: ListedFile): boolean {
  if (!isWorkflowPath(path) || (status !== 'modified' && status !== 'deleted') || deletions === 0) return false;
  return removed === undefined || mayCheckDrift(removed);
}

/** What files that run the project call: texts that stand, files of the change itself, and which of the callers run migrations that way. */
async function textsCalled(
  host: Host,
  callers: ReadonlyMap<string, string>,
  files: readonly ListedFile[],
  base: ReadonlyMap<string, string>,
): Promise<{ texts: Record<string, string>; changed: ListedFile[]; callers: Set<string> }> {
  if (callers.size === 0) return { texts: {}, changed: [], callers: new Set() };
  const present = files.filter((file) => file.status !== 'deleted');
  const changed = new Map(present.map((file) => [file.path, file]));
  const gone = new Set(files.flatMap((file) => (changed.has(file.path) ? [] : [file.path])));
  const paths = [...new Set([...base.keys(), ...changed.keys()])].filter((path) => !gone.has(path));
  const texts = await calledTexts(callers, paths, async (path) => {
    const file = changed.get(path);
    const text = await (file ? textAfter(host, file) : blobText(host, base.get(path)));
    return 'text' in text ? text.text : undefined;
  });
  const runs = Object.values(texts).some((text) => mayRunMigrations(text, []));
  const standing = Object.entries(texts).filter(([path]) => !changed.has(path) && (runs || isScaler(path)));
  return {
    texts: Object.fromEntries(standing),
    changed: runs ? present.filter((file) => texts[file.path] !== undefined) : [],
    callers: new Set(runs ? callers.keys() : []),
  };
}

/** Each is two requests to the host. */
const mostModels = 40;

/** Models of Rails matter beside a migration, or where stored names and values may be read in another way; those of Python and JavaScript also without, as they say columns themselves. */
async function modelFiles(host: Host, files: readonly ListedFile[], wanted: readonly ListedFile[]): Promise<Beside> {
  const models = files.filter(({ path, previousPath }) => isModelFile(path) || isModelFile(previousPath ?? ''));
  const besideMigrations = wanted.some(({ path }) => path.endsWith('.rb'));
  const isMoved = models.some(({ status }) => status === 'renamed' || status === 'deleted');
  const alone = models.filter(({ path }) => path.endsWith('.py'));
  const all = besideMigrations || isMoved ? models : [...alone, ...(await readAnew(host, models))];
  return upTo(mostModels, [...all, ...(await modelsElsewhere(host, files))], 'models');
}

/** Models of Rails that change where they are, and may have another name afterwards or read what rows hold in another way. */
async function readAnew(host: Host, models: readonly ListedFile[]): Promise<ListedFile[]> {
  const modified = models
    .filter(({ path, status }) => status === 'modified' && path.endsWith('.rb'))
    .slice(0, mostPrograms);
  const texts = await Promise.all(modified.map((file) => textAfter(host, file)));
  return modified.filter(({ removed }, index) => {
    const text = texts[index];
    if (removed !== undefined && /^\s*(?:class|module)\s/m.test(removed)) return true;
    return text !== undefined && 'text' in text && /^\s*(?:serialize|enum|encrypts|attribute)\b/m.test(text.text);
  });
}

/** Most programs hold no model: more of them are not looked into, and it is not said, as it would be of every change. */
const mostPrograms = 20;

/** Programs of Python and JavaScript in which something names its table. */
async function modelsElsewhere(host: Host, files: readonly ListedFile[]): Promise<ListedFile[]> {
  const programs = files
    .filter(({ path, status }) => status === 'modified' && mayHoldModels(path))
    .slice(0, mostPrograms);
  const texts = await Promise.all(programs.map((file) => textAfter(host, file)));
  return programs.filter((_, index) => {
    const text = texts[index];
    return text !== undefined && 'text' in text && namesTables(text.text);
  });
}

async function withTexts(host: Host, file: ListedFile, base: ReadonlyMap<string, string>): Promise<ChangedFile> {
  const [after, before] = await Promise.all([
    file.status === 'deleted' ? undefined : textAfter(host, file),
    file.status === 'added' ? undefined : blobText(host, base.get(file.previousPath ?? file.path)),
  ]);
  const unread = [after, before].find((text) => text !== undefined && 'unread' in text);
  return {
    ...withoutTexts(file),
    ...(after && 'text' in after ? { after: after.text } : {}),
    ...(before && 'text' in before ? { before: before.text } : {}),
    ...(unread && 'unread' in unread ? { unread: unread.unread } : {}),
  };
}

function withoutTexts({ path, previousPath, status }: ListedFile): ChangedFile {
  return { path, ...(previousPath === undefined ? {} : { previousPath }), status };
}

/** Texts of the base branch that tell the framework and the database of what changed, the other half of a migration, which jobs run meanwhile, and whether CI looks for forgotten migrations: few, and the nearest. */
async function textsAround(
  host: Host,
  { wanted, models }: Record<'wanted' | 'models', readonly ListedFile[]>,
  base: ReadonlyMap<string, string>,
): Promise<Record<string, string>> {
  const changed = wanted.map((file) => file.path);
  const paths = new Set(base.keys());
  const schedules = changed.length > 0 ? schedulesAmong(paths) : [];
  const ofRails = models.flatMap(({ path }) => (path.endsWith('.rb') ? [path] : []));
  const around = [...changed, ...ofRails, ...migrationsBeside(models, paths)];
  const nearest = [...nearestProjectFiles(around, paths), ...otherHalves(changed, paths), ...schedules];
  const workflows = changed.length > 0 || models.length > 0 ? workflowsAmong(paths) : [];
  const texts = await Promise.all(
    [...nearest, ...workflows].map(async (path) => {
      const text = await blobText(host, base.get(path));
      return 'text' in text ? ([[path, text.text]] as const) : [];
    }),
  );
  return Object.fromEntries(texts.flat());
}

/** Older ones than these say little of a table that is still there. */
const mostHistory = 3_000;

/** What tells the schema before the change: the file that holds it whole, or else the migrations that stand beside those of the change, and beside models that say their columns, with the files that state what they lead to. */
async function earlierMigrations(
  host: Host,
  { files, wanted, models }: Record<'files' | 'wanted' | 'models', readonly ListedFile[]>,
  base: ReadonlyMap<string, string>,
): Promise<Record<string, string>> {
  const changed = new Set(files.flatMap((file) => [file.path, file.previousPath ?? file.path]));
  const paths = new Set(base.keys());
  const schemaFiles = new Map([...wanted, ...models].map(({ path }) => [path, findSchemaFile(path, paths)]));
  const roots = new Set(wanted.flatMap(({ path }) => (schemaFiles.get(path) === undefined ? [rootOf(path)] : [])));
  for (const root of models.flatMap((each) => rootsOfModel(each, paths))) roots.add(root);
  const earlier = [...base.keys()]
    .filter((path) => roots.has(rootOf(path)) && wants(path) && !changed.has(path) && !isDownFile(path, paths))
    .sort(new Intl.Collator('en', { numeric: true }).compare)
    .slice(-mostHistory);
  const whole = [...new Set(schemaFiles.values())].filter((path) => path !== undefined);
  const stated = new Set(wanted.flatMap(({ path }) => findStatedFiles(path, paths)));
  const told = [...new Set([...whole, ...stated, ...earlier])];
  const texts = await Promise.all(told.map((path) => blobText(host, base.get(path))));
  return Object.fromEntries(told.flatMap((path, index) => textEntry(path, texts[index])));
}
