/** Runs rules over the operations of a change in the order in which they will run. */
import { kinOf, kinsReached } from '../frontends/kin-of.ts';
import type { Change } from '../operations/change.ts';
import type { TableSize } from '../operations/configuration.ts';
import type { Deployment } from '../operations/deployment.ts';
import { statedSize } from '../operations/history-table.ts';
import type { Lineage, Migration, SchemaCopy } from '../operations/migration.ts';
import type { Models } from '../operations/models.ts';
import type { Name } from '../operations/name.ts';
import { endsTransaction } from '../operations/operation-questions.ts';
import type { Operation, Span } from '../operations/operation.ts';
import { asKnown } from '../operations/renamed-thing.ts';
import { applyOperation, emptySchema, forkSchema, isNewTable, type Schema } from '../operations/schema.ts';
import type { Finding } from '../report.ts';
import { ask, type Context, type Correction, type Edit, type Found, type Insertion, type Rule } from '../rule.ts';
import { inOrder } from './in-order.ts';
import { standsIn } from './stands-in.ts';
import { statementText } from './statement-at.ts';

/** A finding with the operation that it was said of, where there is one. */
export type Said = {
  finding: Finding;
  operation?: Operation;
  migration?: Migration;
  /** What the rule would put into the statement at the span. */
  insertion?: Insertion & { span: Span };
  /** What the rule would put in the place of the statement. */
  correction?: Correction;
};

/** What is known beside the migrations: edits of those that stand, what stands beside them, how migrations are run, and the models that change with them. */
export type Beside = {
  edits?: ReadonlyMap<string, Edit>;
  deployments?: readonly Deployment[];
  deploymentsBefore?: readonly Deployment[];
  standingDeployments?: readonly Deployment[];
  models?: Models;
  lineages?: readonly Lineage[];
  schemaCopies?: readonly SchemaCopy[];
};

const noModels: Models = { before: [], now: [] };

/** Everything the rules say about a change, rules switched off left out, severities as configured. */
export function walk(
  change: Change,
  migrations: readonly Migration[],
  rules: readonly Rule[],
  schemasBefore: ReadonlyMap<string, Schema>,
  beside: Beside = {},
): Said[] {
  const { deployments = [], deploymentsBefore = [], standingDeployments = [] } = beside;
  const { edits = new Map(), models = noModels, lineages = [], schemaCopies = [] } = beside;
  const deploy = migrations.filter(({ status }) => status === 'added');
  const around = { models, deployments: [...deployments, ...standingDeployments], deploy };
  const active = switchedOn(rules, change);
  const said: Said[] = [];
  const schemas = new Map<string, Schema>();
  for (const { path } of migrations) {
    const kin = kinOf(path);
    if (!schemas.has(kin)) schemas.set(kin, forkSchema(schemasBefore.get(kin) ?? emptySchema()));
  }
  const running = inOrder(migrations).filter(
    (each) => each.status !== 'deleted' && !standsIn(each, migrations, lineages),
  );
  for (const [index, migration] of running.entries()) {
    const kin = kinOf(migration.path);
    const schema = schemas.get(kin) ?? emptySchema();
    const behind = () => running.slice(index + 1).filter(({ path }) => kinOf(path) === kin);
    said.push(...walkMigration(change, migration, schema, active, { ...around, behind }));
    for (const reached of kinsReached(migration.path, schemas.keys()))
      if (reached !== kin) for (const each of migration.up) applyOperation(schemas.get(reached) ?? schema, each, true);
  }
  const whole = {
    change,
    files: change.files,
    migrations,
    edits,
    deployments,
    deploymentsBefore,
    standingDeployments,
    models,
    lineages,
    schemaCopies,
    schemasBefore: [...schemasBefore.values()],
  };
  const byFile = migrationsByFile(migrations);
  for (const rule of active) {
    for (const found of rule.check.change?.(whole) ?? []) {
      const migration = byFile.get(found.span.path);
      said.push({ finding: findingOf(rule, found, found.span, change), ...(migration ? { migration } : {}) });
    }
  }
  return said;
}

/** What the rules say of one migration by itself: nothing that another file of the change tells. */
export function walkAlone(
  change: Change,
  migration: Migration,
  rules: readonly Rule[],
  schemasBefore: ReadonlyMap<string, Schema>,
): Said[] {
  const schema = forkSchema(schemasBefore.get(kinOf(migration.path)) ?? emptySchema());
  const around = { models: noModels, deployments: [], deploy: [], behind: () => [] };
  return walkMigration(change, migration, schema, switchedOn(rules, change), around);
}

/** The list itself where all are: what is known of a list is known of the same one alone. */
function switchedOn(rules: readonly Rule[], { configuration }: Change): readonly Rule[] {
  const isOff = ({ id }: Rule) => configuration.rules[id] === 'off';
  return rules.some(isOff) ? rules.filter((rule) => !isOff(rule)) : rules;
}

/** Of two that name one file the first holds it. */
function migrationsByFile(migrations: readonly Migration[]): Map<string, Migration> {
  const byFile = new Map<string, Migration>();
  for (const migration of migrations.toReversed()) for (const file of filesOf(migration)) byFile.set(file, migration);
  return byFile;
}

function filesOf({ path, down }: Migration): string[] {
  return down.kind === 'written' || down.kind === 'empty' ? [path, down.path] : [path];
}

/** What the rules said of the files that run migrations before the change, as findings. */
export function findingsOfChange(
  change: Change,
  { before: deployments, standing }: { before: readonly Deployment[]; standing: readonly Deployment[] },
  rules: readonly Rule[],
): Finding[] {
  const context = {
    change,
    files: [],
    migrations: [],
    deployments,
    deploymentsBefore: deployments,
    standingDeployments: standing,
    edits: new Map(),
    models: noModels,
    lineages: [],
    schemaCopies: [],
    schemasBefore: [],
  };
  return rules.flatMap((rule) =>
    (rule.check.change?.(context) ?? []).map((found) => findingOf(rule, found, found.span, change)),
  );
}

type Around = Pick<Context, 'models' | 'deployments' | 'deploy'> & { behind: () => readonly Migration[] };

function walkMigration(
  change: Change,
  migration: Migration,
  schema: Schema,
  rules: readonly Rule[],
  { models, deployments, deploy, behind }: Around,
): Said[] {
  const said: Said[] = [];
  const transactions = transactionStates(migration);
  let at = -1;
  let text: string | undefined;
  const context: Context = {
    migration,
    schema,
    // Cut only where a rule asks: a migration may have thousands of operations.
    get before() {
      return migration.up.slice(0, Math.max(0, at));
    },
    get after() {
      return migration.up.slice(at + 1);
    },
    get later() {
      return behind().flatMap(({ up }) => up);
    },
    inTransaction: undefined,
    models,
    deployments,
    deploy,
    isNew: (table: Name) => isNewTable(schema, table),
    statementOf: ({ span }) => {
      if (!span.path.endsWith('.sql')) return undefined;
      text ??= textOf(change, migration.path);
      return span.path === migration.path ? statementText(text, span, migration.database) : undefined;
    },
    sizeOf: (table: Name): TableSize => statedSize(change.configuration, table),
  };
  const file = { path: migration.path, startLine: 1, endLine: 1, startColumn: 1, endColumn: 1 };
  for (const rule of rules) {
    for (const found of rule.check.migration?.(migration, context) ?? []) {
      const span = found.span ?? file;
      said.push({ finding: findingOf(rule, found, span, change), migration, ...insertionOf(found, span) });
    }
  }
  for (const [index, told] of migration.up.entries()) {
    const operation = asKnown(told, schema);
    at = index;
    context.inTransaction = transactions[index];
    for (const rule of askedAbout(operation.kind, rules)) {
      const found = ask(rule, operation, context);
      if (!found) continue;
      const span = found.span ?? operation.span;
      const { correction } = found;
      said.push({
        finding: findingOf(rule, found, span, change),
        operation,
        migration,
        ...insertionOf(found, span),
        ...(correction && { correction }),
      });
    }
    applyOperation(schema, operation, true);
  }
  return said;
}

function textOf({ files }: Change, path: string): string | undefined {
  return files.find((file) => file.path === path)?.after;
}

function insertionOf({ insertion }: Found, span: Span): Pick<Said, 'insertion'> {
  return insertion ? { insertion: { ...insertion, span } } : {};
}

const askedByKind = new WeakMap<readonly Rule[], Map<Operation['kind'], Rule[]>>();

/** The rules that have a question about this kind of operation, found once for all operations. */
function askedAbout(kind: Operation['kind'], rules: readonly Rule[]): Rule[] {
  const byKind = askedByKind.get(rules) ?? new Map<Operation['kind'], Rule[]>();
  askedByKind.set(rules, byKind);
  const asked = byKind.get(kind) ?? rules.filter((rule) => rule.check[kind] !== undefined);
  byKind.set(kind, asked);
  return asked;
}

/** A finding of a rule, with its severity as configured. */
export function findingOf(rule: Rule, found: Found, span: Operation['span'], change: Change): Finding {
  const configured = change.configuration.rules[rule.id];
  const link = change.configuration.links[rule.id];
  const columns = span.startLine === span.endLine ? { startColumn: span.startColumn, endColumn: span.endColumn } : {};
  return {
    rule: rule.id,
    severity: configured !== undefined && configured !== 'off' ? configured : (found.severity ?? rule.severity),
    concerns: found.concerns ?? rule.concerns,
    path: span.path,
    startLine: span.startLine,
    endLine: span.endLine,
    ...columns,
    message: found.message,
    advice: found.advice,
    ...(link === undefined ? {} : { link }),
  };
}

/** Whether each operation runs inside a transaction with others; undefined where the framework leaves it open. */
function transactionStates(migration: Migration): (boolean | undefined)[] {
  const oneQuery = migration.transaction === 'one-query' && migration.statements > 1;
  const outside = migration.transaction === 'unknown' ? undefined : migration.transaction === 'wrapped' || oneQuery;
  let opened = false;
  let closed = false;
  return migration.up.map((operation) => {
    if (operation.kind === 'begin') opened = true;
    const state = opened || (closed ? false : outside);
    if (endsTransaction(operation)) {
      opened = false;
      closed = true;
    }
    return state;
  });
}

/** Tables that the change creates, and views that hold rows, under every name that it gives them. */
export function newTables(migrations: readonly Migration[]): Set<Name> {
  const names = new Set<Name>();
  for (const migration of migrations) {
    if (migration.status === 'deleted') continue;
    for (const operation of migration.up) {
      if (operation.kind === 'createTable') names.add(operation.table);
      if (operation.kind === 'createObject' && operation.object === 'materialized view') names.add(operation.name);
      if (operation.kind === 'renameTable' && names.has(operation.table)) names.add(operation.to);
    }
  }
  return names;
}
