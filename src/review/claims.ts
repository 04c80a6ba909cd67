/** Groups the files of a change into migrations: which framework, which direction, which database. */
import { settingFor } from '../configuration/setting.ts';
import { findDatabaseOfSql } from '../frontends/database-of-sql.ts';
import { findDatabase } from '../frontends/database.ts';
import type { Claim, ClaimedMigration, Project } from '../frontends/frontend.ts';
import { findClaim } from '../frontends/index.ts';
import { folderOf, inFolder, nameOf, rootOf } from '../frontends/paths.ts';
import { isProjectFile } from '../frontends/project-files.ts';
import type { Change, ChangedFile } from '../operations/change.ts';
import type { Database, Status } from '../operations/migration.ts';

/** A migration of the change before it is read. `before` is the same migration as the base branch has it. */
export type ClaimedChange = { now: ClaimedMigration; before?: ClaimedMigration; unread?: string };

/** The migrations that the files of a change belong to, those that the configuration ignores left out. */
export function claimMigrations(change: Change): ClaimedChange[] {
  const project = projectAfter(change);
  const groups = new Map<string, Claimed[]>();
  for (const file of change.files) {
    const claimed = claimFile(file, change, project);
    if (!claimed) continue;
    const key = `${claimed.framework} ${claimed.claim.migration}`;
    groups.set(key, [...(groups.get(key) ?? []), claimed]);
  }
  return [...groups.values()].map((files) => claimedChange(files, change, project));
}

/** The migrations of the base branch that the change leaves alone, for the databases that its own ones are for. */
export function claimHistory(change: Change, claimed: readonly ClaimedMigration[]): ClaimedMigration[] {
  const kin = new Map(claimed.map((each) => [rootOf(each.path), each]));
  const touched = new Set(change.files.flatMap((file) => [file.path, file.previousPath ?? file.path]));
  const project = projectAfter(change);
  return Object.entries(change.history).flatMap(([path, text]) => {
    const like = kin.get(rootOf(path));
    if (!like || touched.has(path)) return [];
    const found = findClaim({ path, text }, project, like.framework);
    if (!found || found.claim.migration !== path) return [];
    const { framework, database, databaseVersion } = like;
    const { version } = found.claim;
    const known = {
      ...(databaseVersion === undefined ? {} : { databaseVersion }),
      ...(version === undefined ? {} : { version }),
    };
    return [
      {
        framework,
        path,
        status: 'renamed' as const,
        database,
        ...known,
        files: { up: { path, text } },
        paths: [],
        texts: {},
      },
    ];
  });
}

type Claimed = { framework: string; claim: Claim; file: ChangedFile };

function claimFile(file: ChangedFile, change: Change, project: Project): Claimed | undefined {
  const setting = settingFor(change.configuration, file.path);
  if (setting.ignore) return undefined;
  const found = findClaim({ path: file.path, text: file.after ?? file.before ?? '' }, project, setting.framework);
  return found && { ...found, file };
}

function claimedChange(claimed: Claimed[], change: Change, project: IndexedProject): ClaimedChange {
  const [first] = claimed;
  if (!first) throw new Error('a group of claimed files is never empty');
  const up = claimed.find(({ claim }) => claim.part === 'up' || claim.part === 'both')?.file;
  const down = claimed.find(({ claim }) => claim.part === 'down')?.file;
  const path = up?.path ?? first.claim.migration;
  const setting = settingFor(change.configuration, path);
  const framework = first.framework;
  const status = up?.status ?? 'modified';
  const shared = {
    framework,
    path,
    ...(first.claim.version === undefined ? {} : { version: first.claim.version }),
    database: setting.database ?? databaseOf(path, framework, up?.after ?? up?.before ?? '', project),
    ...(setting.version === undefined ? {} : { databaseVersion: setting.version }),
  };
  const unread = claimed.find(({ file }) => file.unread !== undefined)?.file.unread;
  const now = {
    ...shared,
    status,
    files: sourceFiles(up, down, path, status, project),
    ...surroundings(first.claim, path, project),
  };
  const before =
    status === 'modified' && up?.before !== undefined ? { ...now, files: beforeFiles(up, down) } : undefined;
  return { now, ...(before ? { before } : {}), ...(unread === undefined ? {} : { unread }) };
}

/** Where one migration alone does not tell its database, the others beside it do. */
function databaseOf(path: string, framework: string, text: string, project: IndexedProject): Database {
  return findDatabase(path, project, framework, text) ?? project.databaseAround(rootOf(path)) ?? 'unknown';
}

/** A deleted migration is read as it was; a half that the change leaves alone is read as the base branch has it. */
function sourceFiles(
  up: ChangedFile | undefined,
  down: ChangedFile | undefined,
  path: string,
  status: Status,
  project: Project,
): ClaimedMigration['files'] {
  const upText = up ? (status === 'deleted' ? up.before : up.after) : project.textOf(path);
  const downText = down?.after;
  return {
    ...(upText === undefined ? {} : { up: { path, text: upText } }),
    ...(down && downText !== undefined ? { down: { path: down.path, text: downText } } : {}),
  };
}

function beforeFiles(up: ChangedFile, down: ChangedFile | undefined): ClaimedMigration['files'] {
  return {
    up: { path: up.path, text: up.before ?? '' },
    ...(down?.before === undefined ? {} : { down: { path: down.path, text: down.before } }),
  };
}

/** The neighbours of a migration: its kin in the folder, the folder above, and what tells how the project runs it. */
function surroundings(
  claim: Claim,
  path: string,
  project: IndexedProject,
): { paths: string[]; texts: Record<string, string> } {
  const folder = folderOf(path);
  const siblings = project.byFolder.get(folder) ?? [];
  const kin = siblings.length <= 50 || claim.version === undefined ? siblings : siblings.filter(isKin);
  const below = project.byFolder.get(inFolder(folder, 'sqls')) ?? [];
  const own = below.filter((each) => nameOf(each).startsWith(nameOf(path).replace(/\.[cm]?[jt]s$/, '-')));
  const paths = [...new Set([...kin, ...own, ...(project.byFolder.get(folderOf(folder)) ?? []), ...project.told])];
  const texts: Record<string, string> = {};
  for (const each of paths) {
    const text = each === path ? undefined : project.textOf(each);
    if (text !== undefined && text.length < 100_000) texts[each] = text;
  }
  return { paths, texts };

  function isKin(sibling: string): boolean {
    return nameOf(sibling).includes(claim.version ?? '') || !sibling.endsWith('.sql');
  }
}

/** A project that is asked for every file of a change: what would be searched again and again is found once. */
type IndexedProject = Project & {
  byFolder: ReadonlyMap<string, string[]>;
  /** Project files whose texts are at hand. */
  told: readonly string[];
  /** The database that the SQL of all migrations below a root speaks of. */
  databaseAround: (root: string) => Database | undefined;
};

/** The repository as it will be: the base branch with the change applied. */
function projectAfter(change: Change): IndexedProject {
  const paths = new Set(change.basePaths);
  const texts = new Map<string, string>(Object.entries(change.projectTexts));
  for (const file of change.files) {
    if (file.previousPath !== undefined) paths.delete(file.previousPath);
    if (file.status === 'deleted') paths.delete(file.path);
    else paths.add(file.path);
    if (file.after !== undefined) texts.set(file.path, file.after);
  }
  const byFolder = new Map<string, string[]>();
  for (const path of paths) {
    const folder = folderOf(path);
    const inside = byFolder.get(folder);
    if (inside) inside.push(path);
    else byFolder.set(folder, [path]);
  }
  const told = [...texts.keys()].filter((path) => paths.has(path) && isProjectFile(path));
  return { paths, textOf: (path) => texts.get(path), byFolder, told, databaseAround: databaseAround(change) };
}

/** Many texts say no more than some do. */
const mostSpoken = 40;

function databaseAround(change: Change): (root: string) => Database | undefined {
  const known = new Map<string, Database | undefined>();
  return (root) => {
    if (!known.has(root)) known.set(root, findDatabaseOfSql(textsBelow(root)));
    return known.get(root);
  };

  function textsBelow(root: string): string[] {
    const changed = change.files.map((file) => [file.path, file.after ?? ''] as const);
    const beside = [...Object.entries(change.history), ...changed].filter(([path]) => rootOf(path) === root);
    return beside.slice(0, mostSpoken).map(([, text]) => text);
  }
}
