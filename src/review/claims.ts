/** Groups the files of a change into migrations: which framework, which direction, which database. */
import { settingFor } from '../configuration/setting.ts';
import { findDatabase } from '../frontends/database.ts';
import type { Claim, ClaimedMigration, Project, SourceFile } from '../frontends/frontend.ts';
import { importedAround } from '../frontends/imported-paths.ts';
import { findClaim, findFrontend, findSchemaFile } from '../frontends/index.ts';
import { kinOf, kinsReached } from '../frontends/kin-of.ts';
import { rootOf } from '../frontends/paths.ts';
import { holdsModels, isModelFile, isScript } from '../models/paths.ts';
import type { Change, ChangedFile } from '../operations/change.ts';
import type { Database, Status } from '../operations/migration.ts';
import { findForeignDatabase } from '../frontends/sql/foreign-database.ts';
import { projectAfter, type IndexedProject } from './project.ts';

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
  const kin = new Map(claimed.map((each) => [kinOf(each.path), each]));
  const ofKin = (path: string) => {
    for (const reached of kinsReached(path, kin.keys())) if (kin.has(reached)) return kin.get(reached);
    return undefined;
  };
  // An up direction whose down alone is touched runs as part of the change, not before it.
  const touched = new Set(change.files.flatMap((file) => [file.path, file.previousPath ?? file.path]));
  for (const { path } of claimed) touched.add(path);
  const schemas = schemaFiles(change, claimed);
  const project = projectAfter(change);
  const earlier = Object.entries(change.history).flatMap(([path, text]) => {
    const schemaOf = schemas.get(path)?.[0];
    const like = schemaOf ?? ofKin(path) ?? besideModels(path, text, change, project);
    if (!like || (touched.has(path) && !schemaOf)) return [];
    const found = findClaim({ path, text }, project, like.framework);
    if (!schemaOf && found?.claim.migration !== path) return [];
    const { framework, database, databaseVersion } = like;
    const version = found?.claim.version;
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
        ...importedBy(path, text, project, touched),
      },
    ];
  });
  return inOnePiece(earlier, project);
}

/** Of what is around an earlier migration only what it imports, which may hold the better part of it, as far as the change leaves it alone. */
function importedBy(
  path: string,
  text: string,
  { paths, textOf }: Project,
  touched: ReadonlySet<string>,
): Pick<ClaimedMigration, 'paths' | 'texts'> {
  const imported = importedAround(path, text, paths, textOf);
  const texts: Record<string, string> = {};
  for (const each of imported) {
    const known = touched.has(each) ? undefined : textOf(each);
    if (known !== undefined) texts[each] = known;
  }
  return { paths: Object.keys(texts), texts };
}

/** A migration that the change leaves alone like all its kin: models were changed, and what they say is compared with it. */
function besideModels(
  path: string,
  text: string,
  change: Change,
  project: IndexedProject,
): Pick<ClaimedMigration, 'framework' | 'database' | 'databaseVersion'> | undefined {
  const models = change.files.filter(holdsModels);
  const compared = [
    ...(models.some((file) => file.path.endsWith('.py')) ? ['alembic'] : []),
    ...(models.some((file) => isScript(file.path)) ? ['typeorm', 'mikro-orm', 'sequelize', 'drizzle'] : []),
  ];
  const framework = compared.length > 0 ? findClaim({ path, text }, project)?.framework : undefined;
  return framework !== undefined && compared.includes(framework)
    ? { framework, database: databaseOf(path, framework, text, change, project) }
    : undefined;
}

/** Frontends that read a migration with those before it read the whole history of a folder at once. */
function inOnePiece(earlier: readonly ClaimedMigration[], project: IndexedProject): ClaimedMigration[] {
  const pieces = new Map<string, ClaimedMigration>();
  const singles: ClaimedMigration[] = [];
  for (const each of earlier) {
    if (!findFrontend(each.framework)?.readsKin) {
      singles.push(each);
      continue;
    }
    const root = rootOf(each.path);
    const piece = pieces.get(root) ?? historyOf(each, project);
    Object.assign(piece.texts, each.texts);
    if (each.files.up) piece.texts[each.path] = each.files.up.text;
    pieces.set(root, piece);
  }
  return [...singles, ...pieces.values()];
}

/** What is around a folder, without the folder itself: the change may have touched it. */
function historyOf(claimed: ClaimedMigration, project: IndexedProject): ClaimedMigration {
  const root = rootOf(claimed.path);
  const around = project.around(claimed.path, claimed.framework);
  const texts = Object.entries(around.texts).filter(([path]) => rootOf(path) !== root);
  return { ...claimed, paths: around.paths, files: {}, texts: Object.fromEntries(texts), history: true };
}

/** The files of the base branch that hold a whole schema, each with the migrations whose schema it is; without one, with a model that changes. */
export function schemaFiles(change: Change, claimed: readonly ClaimedMigration[]): Map<string, ClaimedMigration[]> {
  const paths = new Set(change.basePaths);
  const files = new Map<string, ClaimedMigration[]>();
  for (const each of claimed) {
    const file = findSchemaFile(each.path, paths);
    if (file !== undefined) files.set(file, [...(files.get(file) ?? []), each]);
  }
  const models = change.files.filter(({ path, before }) => before !== undefined && isModelFile(path));
  for (const { path } of models) {
    const file = findSchemaFile(path, paths);
    if (file !== undefined && !files.has(file)) files.set(file, [besideModel(path, change)]);
  }
  return files;
}

/** Only Rails keeps a file of the whole schema that a model leads to. */
function besideModel(path: string, change: Change): ClaimedMigration {
  const database = databaseOf(path, 'rails', '', change, projectAfter(change));
  return { framework: 'rails', path, status: 'renamed', database, files: {}, paths: [], texts: {} };
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
    database: databaseOf(path, framework, up?.after ?? up?.before ?? '', change, project),
    ...(setting.version === undefined ? {} : { databaseVersion: setting.version }),
  };
  const unread = claimed.find(({ file }) => file.unread !== undefined)?.file.unread;
  const now = {
    ...shared,
    status,
    files: sourceFiles(up, down, path, status, project),
    ...project.around(path, framework),
  };
  const stood = status === 'modified' || status === 'renamed';
  const text = up ? up.before : now.files.up?.text;
  const before =
    stood && text !== undefined
      ? {
          ...now,
          ...previousVersion(up, framework, project),
          files: beforeFiles({ path: up?.path ?? path, text }, down),
        }
      : undefined;
  return { now, ...(before ? { before } : {}), ...(unread === undefined ? {} : { unread }) };
}

/** What ordered it under the name that it had. */
function previousVersion(up: ChangedFile | undefined, framework: string, project: Project): { version?: string } {
  if (up?.previousPath === undefined) return {};
  const version = findClaim({ path: up.previousPath, text: up.before ?? '' }, project, framework)?.claim.version;
  return version === undefined ? {} : { version };
}

/** A folder named clickhouse is not PostgreSQL because the rest of the repository is; where one migration does not tell, its kin do. */
function databaseOf(path: string, framework: string, text: string, change: Change, project: IndexedProject): Database {
  const { database: everywhere, ...byPath } = change.configuration;
  const configured = settingFor(byPath, path).database;
  if (configured) return configured;
  if (findForeignDatabase(path, text) !== undefined) return 'unknown';
  return (
    everywhere ?? findDatabase(path, project, framework, text) ?? project.databaseAround(rootOf(path)) ?? 'unknown'
  );
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

function beforeFiles(up: SourceFile, down: ChangedFile | undefined): ClaimedMigration['files'] {
  return {
    up,
    ...(down?.before === undefined ? {} : { down: { path: down.path, text: down.before } }),
  };
}
