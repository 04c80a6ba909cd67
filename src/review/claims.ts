/** Groups the files of a change into migrations: which framework, which direction, which database. */
import { settingFor } from '../configuration/setting.ts';
import { findDatabase } from '../frontends/database.ts';
import type { Claim, ClaimedMigration, Project } from '../frontends/frontend.ts';
import { findClaim } from '../frontends/index.ts';
import type { Change, ChangedFile } from '../operations/change.ts';
import type { Status } from '../operations/migration.ts';
import { createNeighbours, type Neighbours } from './neighbours.ts';

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
  const neighboursOf = createNeighbours(project);
  return [...groups.values()].map((files) => claimedChange(files, change, project, neighboursOf));
}

type Claimed = { framework: string; claim: Claim; file: ChangedFile };

function claimFile(file: ChangedFile, change: Change, project: Project): Claimed | undefined {
  const setting = settingFor(change.configuration, file.path);
  if (setting.ignore) return undefined;
  const found = findClaim({ path: file.path, text: file.after ?? file.before ?? '' }, project, setting.framework);
  return found && { ...found, file };
}

function claimedChange(
  claimed: Claimed[],
  change: Change,
  project: Project,
  neighboursOf: (path: string) => Neighbours,
): ClaimedChange {
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
    database: setting.database ?? findDatabase(path, project, framework, up?.after ?? up?.before ?? '') ?? 'unknown',
    ...(setting.version === undefined ? {} : { databaseVersion: setting.version }),
  };
  const unread = claimed.find(({ file }) => file.unread !== undefined)?.file.unread;
  const now = {
    ...shared,
    status,
    files: sourceFiles(up, down, path, status, project),
    ...neighboursOf(path),
  };
  const before =
    status === 'modified' && up?.before !== undefined ? { ...now, files: beforeFiles(up, down) } : undefined;
  return { now, ...(before ? { before } : {}), ...(unread === undefined ? {} : { unread }) };
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

/** The repository as it will be: the base branch with the change applied. */
function projectAfter(change: Change): Project {
  const paths = new Set(change.basePaths);
  const texts = new Map<string, string>(Object.entries(change.projectTexts));
  for (const file of change.files) {
    if (file.previousPath !== undefined) paths.delete(file.previousPath);
    if (file.status === 'deleted') paths.delete(file.path);
    else paths.add(file.path);
    if (file.after !== undefined) texts.set(file.path, file.after);
  }
  return { paths, textOf: (path) => texts.get(path) };
}
