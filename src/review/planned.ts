/** The operations of a change, each with what is known just before it runs, as the roll-out plan asks for them. */
import { isSchedule, lineNaming } from '../deployment/schedules.ts';
import { kinOf } from '../frontends/kin-of.ts';
import type { Change } from '../operations/change.ts';
import { statedSize } from '../operations/history-table.ts';
import { isIgnoredBefore, nameBefore } from '../operations/ignored-columns.ts';
import type { Migration } from '../operations/migration.ts';
import type { Models } from '../operations/models.ts';
import { renamedModels } from '../operations/model-questions.ts';
import { columnsGone, isCopied, isCreated } from '../operations/remade-table.ts';
import { applyOperation, emptySchema, forkSchema, isNewTable, type Schema } from '../operations/schema.ts';
import { storedNames } from '../operations/stored-names.ts';
import type { Name } from '../operations/name.ts';
import type { Operation, OperationOf } from '../operations/operation.ts';
import { planChange } from '../plan/plan-change.ts';
import type { Plan } from '../plan/plan.ts';
import type { Planned } from '../plan/situation.ts';
import type { JobPlace } from '../plan/with-pauses.ts';

/** The plan of the migrations that a change adds, and of the classes that it renames; undefined where there are none, or so many that they are a history and no change. */
export function planOf(
  change: Change,
  ordered: readonly Migration[],
  schemasBefore: ReadonlyMap<string, Schema>,
  models: Models,
): Plan | undefined {
  const added = ordered.filter(({ status, up }) => status === 'added' && up.length > 0);
  const dropped = new Set(
    added.flatMap(({ up }) => up.flatMap((each) => (each.kind === 'dropTable' ? [each.table] : []))),
  );
  const stored = storedNames(models, [...schemasBefore.values()]).filter(({ table }) => !dropped.has(table));
  if ((added.length === 0 && stored.length === 0) || added.length > mostPlanned) return undefined;
  const { database = 'unknown', version } = change.configuration;
  return planChange({
    planned: plannedOf(added, schemasBefore, models),
    sizeOf: (table) => statedSize(change.configuration, table),
    stored,
    renamed: renamedClasses(models),
    jobsOn: (table) => jobsOn(table, added, change),
    home: { ...railsHome, database, ...(version === undefined ? {} : { databaseVersion: version }) },
  });
}

/** A class of Django is called as its table without the name of its app. */
function jobsOn(table: Name, migrations: readonly Migration[], { projectTexts }: Change): JobPlace[] {
  const isDjango = migrations.some(({ framework }) => framework === 'django');
  const names = [table, ...(isDjango && table.includes('_') ? [table.slice(table.indexOf('_') + 1)] : [])];
  return Object.entries(projectTexts).flatMap(([path, text]) => {
    const lines = isSchedule(path) ? names.map((name) => lineNaming(text, name)) : [];
    const line = lines.find((each) => each !== undefined);
    return line === undefined ? [] : [{ path, line }];
  });
}

const mostPlanned = 50;

function plannedOf(added: readonly Migration[], schemasBefore: ReadonlyMap<string, Schema>, models: Models): Planned[] {
  const planned: Planned[] = [];
  const schemas = new Map<string, Schema>();
  for (const migration of added) {
    const kin = kinOf(migration.path);
    const schema = schemas.get(kin) ?? forkSchema(schemasBefore.get(kin) ?? emptySchema());
    schemas.set(kin, schema);
    for (const [index, operation] of migration.up.entries()) {
      const known = { migration, schema: forkSchema(schema) };
      for (const each of asMeant(operation, index, known)) {
        const isIgnored =
          each.kind === 'dropColumn' &&
          isIgnoredBefore(asBefore(each, migration.up.slice(0, index)), { ...known, models });
        planned.push({ operation: each, ...known, ...(isIgnored && { isIgnored }) });
      }
      applyOperation(schema, operation, true);
    }
  }
  return planned;
}

/** Of a table that is made anew the columns go that the new one does not have; that it is dropped and renamed nobody is to notice. */
function asMeant(operation: Operation, index: number, { migration, schema }: Known): Operation[] {
  const { up } = migration;
  if (operation.kind !== 'dropTable' && operation.kind !== 'renameTable') {
    const isAside = 'table' in operation && operation.table !== undefined && isMovedAside(operation.table, up);
    return isAside ? [] : [operation];
  }
  const [before, after] = [up.slice(0, index), up.slice(index + 1)];
  if (operation.kind === 'renameTable')
    return isNewTable(schema, operation.table) || isCreated(after, operation.table) ? [] : [operation];
  if (!isCopied(operation, { before, after, isNew: (table) => isNewTable(schema, table) })) return [operation];
  const next = after.find((each) => each.kind === 'renameTable' && each.to === operation.table);
  const [was, now] = [operation, next].map((each) => each && 'table' in each && schema.tables.get(each.table ?? ''));
  if (!was || !now || !now.whole) return [];
  const { span, statement } = operation;
  return columnsGone({ was, now }).map((column) => {
    return { kind: 'dropColumn', table: operation.table, column, span, statement };
  });
}

/** A table that only keeps the rows until a new one under its name has them. */
function isMovedAside(table: Name, up: readonly Operation[]): boolean {
  return up.some((each) => each.kind === 'renameTable' && each.to === table && isCreated(up, each.table));
}

type Known = Pick<Planned, 'migration' | 'schema'>;

/** The column under the name that the base branch has. */
function asBefore(
  { table, column }: OperationOf<'dropColumn'>,
  before: readonly Operation[],
): { table: Name; column: string } {
  return { table, column: nameBefore({ table, column }, before) ?? column };
}

/** Jobs and caches may name them, whether rows do or not. */
function renamedClasses(models: Models): string[] {
  const ofDjango = models.now.flatMap(({ mapped }) => mapped.flatMap(({ renamedFrom }) => renamedFrom));
  const before = new Set(models.before.flatMap(({ mapped }) => mapped.map(({ name }) => name)));
  const now = new Set(models.now.flatMap(({ mapped }) => mapped.map(({ name }) => name)));
  const names = ofDjango.filter((name) => before.has(name) && !now.has(name));
  return [...renamedModels(models).map((pair) => pair.before.name), ...names];
}

/** Where a backfill of stored names belongs in a change without a migration. */
const railsHome: Omit<Migration, 'database'> = {
  path: 'db/migrate/00000000000000_stored_names.rb',
  framework: 'rails',
  status: 'added',
  transaction: 'wrapped',
  up: [],
  down: { kind: 'derived' },
  statements: 0,
  comments: [],
};
