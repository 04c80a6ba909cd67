/** Where programs name the columns that a change takes away. */
import { settingFor } from '../configuration/setting.ts';
import { nameOf } from '../frontends/paths.ts';
import type { Dialect } from '../frontends/sql/tokens.ts';
import { isModelFile } from '../models/paths.ts';
import { mayNameBeside } from '../models/mentions/places.ts';
import { rowWord } from '../models/mentions/words.ts';
import type { ModelSource } from '../models/read-models.ts';
import type { Change } from '../operations/change.ts';
import type { Mention, Sought } from '../operations/mentions.ts';
import type { Migration } from '../operations/migration.ts';
import { mappedIn } from '../operations/mapped-questions.ts';
import type { ModelFile, Models } from '../operations/models.ts';
import { isComputedName } from '../operations/name.ts';
import type { Operation } from '../operations/operation.ts';
import { newTables } from './walk.ts';

type ReadModels = (source: ModelSource) => Promise<ModelFile>;

/** A change that takes more away is a clean-up of its own. */
const mostColumns = 20;

/** Finds them; nothing where no column goes from a table that stood before. */
export async function collectMentions(
  change: Change,
  migrations: readonly Migration[],
  models: Models,
  read: ReadModels,
): Promise<{ mentions?: Mention[] }> {
  const columns = soughtColumns(migrations, models).slice(0, mostColumns);
  const [first] = migrations;
  if (columns.length === 0 || !first) return {};
  const paths = migrations.map(({ path }) => path);
  const changed = new Map(change.files.map(({ path, after }) => [path, after]));
  const programs = Object.entries(programsOf(change)).filter(([path]) => isRead(path));
  const sought = { columns, dialect: dialectOf(first) };
  const found = await Promise.all(programs.map(([path, text]) => read({ path, text, sought })));
  const mentions = found.flatMap((file) => file.mentions ?? []);
  return {
    mentions: mentions.map((each) => ({ ...each, ...(changed.has(each.span.path) && { isChanged: true as const }) })),
  };

  function isRead(path: string): boolean {
    return !settingFor(change.configuration, path).ignore && mayNameBeside(path, paths) && !paths.includes(path);
  }
}

/** Those that were asked for, models among them, each as the change leaves it. */
function programsOf({ files, programs = {}, projectTexts }: Change): Record<string, string> {
  const models = Object.entries(projectTexts).filter(([path]) => isModelFile(path));
  const changed = files.flatMap(({ path, after }): [string, string][] => (after === undefined ? [] : [[path, after]]));
  const gone = new Set(files.flatMap((file) => (file.status === 'deleted' ? [file.path] : (file.previousPath ?? []))));
  const all = [...models, ...Object.entries(programs), ...changed].filter(([path]) => !gone.has(path));
  return Object.fromEntries(all);
}

/** Columns that are there before the change and not, or under another name, after it. */
function soughtColumns(migrations: readonly Migration[], models: Models): Sought[] {
  const standing = migrations.filter(({ status }) => status !== 'deleted');
  const fresh = newTables(migrations);
  const made = new Set(standing.flatMap(({ up }) => up.flatMap((each) => madeBy(each) ?? [])));
  const sought = new Map<string, Sought>();
  for (const migration of standing)
    for (const operation of migration.up) {
      const gone = goneBy(operation);
      if (!gone || fresh.has(gone.table) || isComputedName(gone.table) || isComputedName(gone.column)) continue;
      const key = `${gone.table} ${gone.column}`;
      if (made.has(key)) continue;
      const modules = modulesOf(gone.table, models);
      const called = {
        names: namesOf(gone, migration, models),
        rows: rowsOf(gone.table, migration, models),
        ...(modules.length > 0 && { modules }),
      };
      // https://www.prisma.io/docs/orm/prisma-client/type-safety
      sought.set(key, { ...gone, ...called, ...(migration.framework === 'prisma' && { isTyped: true as const }) });
    }
  return [...sought.values()];
}

function goneBy(operation: Operation): Pick<Sought, 'table' | 'column'> | undefined {
  if (operation.kind !== 'dropColumn' && operation.kind !== 'renameColumn') return undefined;
  return { table: operation.table, column: operation.column };
}

/** What is made under a name is found under it, whatever had it before. */
function madeBy(operation: Operation): string | undefined {
  if (operation.kind === 'addColumn') return `${operation.table} ${operation.column.name}`;
  return operation.kind === 'renameColumn' ? `${operation.table} ${operation.to}` : undefined;
}

/** The attributes that its class on the base branch maps to it are names of it, and so is what Django calls the row behind a key. */
function namesOf(
  { table, column }: Pick<Sought, 'table' | 'column'>,
  { framework }: Migration,
  models: Models,
): string[] {
  const attributes = mappedIn(models.before).flatMap((model) =>
    model.table === table ? model.columns.filter((each) => each.column === column).map(({ name }) => name) : [],
  );
  const camel = column.replace(/(?<=[a-z\d])_([a-z\d])/g, (_, letter: string) => letter.toUpperCase());
  const behind = framework === 'django' && column.endsWith('_id') ? [column.slice(0, -3)] : [];
  return [...new Set([column, camel, ...behind, ...attributes])];
}

/** By its name, and by those of its classes. Django puts the label of the app in front, which most often is the name of its folder. */
function rowsOf(table: string, { framework, path }: Migration, { before, now }: Models): string[] {
  const name = table.slice(table.lastIndexOf('.') + 1);
  const app = framework === 'django' ? nameOf(path.split('/migrations/')[0] ?? '') : '';
  const bare = app !== '' && name.startsWith(`${app}_`) ? [name.slice(app.length + 1)] : [];
  const classes = mappedIn([...before, ...now]).flatMap((model) => (model.table === table ? [model.name] : []));
  return [...new Set([name, ...bare, ...classes].map(rowWord))];
}

function modulesOf(table: string, { before, now }: Models): string[] {
  const paths = mappedIn([...before, ...now]).flatMap((model) => (model.table === table ? [model.span.path] : []));
  return [...new Set(paths)];
}

function dialectOf({ database }: Migration): Dialect {
  return database === 'unknown' ? 'postgres' : database;
}
