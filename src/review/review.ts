/** Change → Report: what the best database engineer of the company would say. Nothing here asks a network or a clock. */
import type { ClaimedMigration } from '../frontends/frontend.ts';
import { readMigration } from '../frontends/read-migration.ts';
import type { DeploymentSource } from '../deployment/read-deployment.ts';
import type { Change } from '../operations/change.ts';
import type { ModelSource } from '../models/read-models.ts';
import type { Deployment } from '../operations/deployment.ts';
import type { Migration } from '../operations/migration.ts';
import { opaqueOperations } from '../operations/migration.ts';
import type { ModelFile } from '../operations/models.ts';
import type { Operation } from '../operations/operation.ts';
import type { MigrationReport, Report, Verdict } from '../report.ts';
import type { Rule } from '../rule.ts';
import { checklist } from './checklist.ts';
import { claimMigrations } from './claims.ts';
import { fileDigest, keyOf, migrationDigest } from './digest.ts';
import { editsOf, readChanged, textsOf, withoutWhatStood } from './edits.ts';
import { collectDeployments, unreadableOf, withoutStanding } from './deployments.ts';
import { hasRunAsItIs } from './has-run.ts';
import { linksOf, readHistory } from './history.ts';
import { joinCorrections } from './join-corrections.ts';
import { collectLineages } from './lineages.ts';
import { collectMentions } from './mentions.ts';
import { collectModels, unreadBeside } from './models.ts';
import { statesMonkeyPatch } from './monkey-patch.ts';
import { withReplacements } from './replacements.ts';
import { collectSchemaCopies } from './schema-copies.ts';
import { applySuppressions, concernedBy, readMarks } from './suppressions.ts';
import { inOrder } from './in-order.ts';
import { planOf } from './planned.ts';
import { newTables, walk, type Said } from './walk.ts';
import { weighAllowances } from './weigh-allowances.ts';
import { isWidened, takesEveryRow } from './widened.ts';

/** Reads one migration; a caller may give one that works in a worker thread with limits. Never rejects. */
export type Read = (claimed: ClaimedMigration) => Migration | Promise<Migration>;

/** Reads one manifest, script or program that may run migrations; never rejects. */
export type ReadDeployment = (source: DeploymentSource) => Promise<Deployment>;

/** Reads one model, a migration that calls models, or a program for the columns that it names; never rejects. */
export type ReadModels = (source: ModelSource) => Promise<ModelFile>;

export type ReviewOptions = {
  read?: Read;
  readDeployment?: ReadDeployment;
  readModels?: ReadModels;
  /** A patch was stated by a command: `[monkey-patched]` stands whatever the description says. */
  patched?: boolean;
  /** The day of the review as an ISO date, UTC, for allowances that expire; without it none has. The report does not hold it. */
  today?: string;
  /** Without a roll-out plan: what is read is a folder and no change, or nobody is shown one. */
  unplanned?: true;
};

/** Reviews a change with the given rules. The same change gives the same report, to the letter. */
export async function review(change: Change, rules: readonly Rule[], options: ReviewOptions = {}): Promise<Report> {
  const read = options.read ?? readMigration;
  const { claimed, migrations, standing } = await readChanged(claimMigrations(change), read);
  const claims = claimed.map((each) => each.now);
  const history = await readHistory(change, claims, read, migrations);
  const lineages = [...collectLineages(change, claims, migrations, history.standing).values()];
  const edits = editsOf(migrations, standing, claimed);
  const deployments = await collectDeployments(change, options.readDeployment ?? readDeploymentHere);
  const readBeside = options.readModels ?? readModelsHere;
  const modelsAlone = await collectModels(change, migrations, readBeside);
  const models = { ...modelsAlone, ...(await collectMentions(change, migrations, modelsAlone, readBeside)) };
  const all = walk(change, migrations, rules, history.schemas, {
    edits,
    deployments: deployments.now,
    deploymentsBefore: deployments.before,
    standingDeployments: deployments.standing,
    models,
    lineages,
    schemaCopies: await collectSchemaCopies(change, migrations, read),
  });
  const ofMigrations = withoutWhatStood(all, standing, claimed);
  const marks = readMarks(change, migrations, new Set(claimed.flatMap(({ now }) => [...textsOf(now).keys()])));
  const ordered = inOrder(migrations);
  const filesOf = new Map(claimed.map(({ now }) => [now.path, now.files]));
  const reports = ordered.map((migration) => migrationReport(migration, filesOf.get(migration.path) ?? {}));
  const brought = withDigests(withoutStanding(ofMigrations, change, deployments, rules), change, reports);
  const judged = applySuppressions(brought, marks, options.today);
  const opaque = [...ordered.flatMap(opaqueOf), ...unreadableOf(deployments.now), ...unreadBeside(change)];
  const isWhole = opaque.length === 0 && change.incomplete === undefined;
  const befores = new Map([...standing].map(([path, { migration }]) => [path, migration]));
  const ofMarks = weighAllowances(marks, concernedBy(ofMigrations, marks), { change, rules, befores, isWhole });
  const standingSaid = [...judged.standing, ...ofMarks].sort((one, other) =>
    bySeverityAndPlace(one.finding, other.finding),
  );
  const claimedAt = new Map(claimed.map(({ now }) => [now.path, now]));
  const { schemas } = history;
  const joined = joinCorrections(standingSaid, change);
  const findings = await withReplacements(joined.said, { change, rules, schemas, claimedAt, read });
  const plan = options.unplanned ? undefined : planOf(change, ordered, schemas, models);
  const monkeyPatched = options.patched === true || statesMonkeyPatch(change.description);
  const problems = problemsOf(change);
  const { suppressed } = judged;
  const beginning = { schemas, all: ordered.flatMap(({ up }) => up) };
  const changedAt = new Map(change.files.map((file) => [file.path, file]));
  const items = checklist({
    migrations: ordered.filter((each) => !hasRunAsItIs(each, edits.get(each.path), changedAt.get(each.path))),
    reports,
    findings,
    suppressed,
    onExisting: onExisting(ordered),
    isWidened: (operation, migration) => isWidened(operation, migration, beginning),
    takesEveryRow: (operation, migration) => takesEveryRow(operation, migration, beginning),
    monkeyPatched,
    proofs: change.configuration.proofs,
    unanswered: plan?.answers.filter(({ answer }) => answer === 'unknown') ?? [],
  });
  const blocked = problems.length > 0 || findings.some((finding) => finding.severity === 'error');
  const verdict: Verdict = blocked ? 'blocked' : items.length > 0 ? 'sign-off' : 'clear';
  const { labels } = change.configuration;
  const report = {
    version: 1 as const,
    verdict,
    labels: [...(migrations.length > 0 ? [labels.migration] : []), ...(monkeyPatched ? [labels.monkeyPatched] : [])],
    migrations: reports,
    findings,
    ...(joined.corrections.length > 0 && { corrections: joined.corrections }),
    suppressed,
    opaque,
    problems,
    checklist: items,
    ...(plan && { plan }),
  };
  // The digest of a migration stands for its operations; nothing else of it holds places that are not told.
  const told = { ...report, migrations: reports.map(({ operations: _, ...rest }) => rest) };
  return { ...report, fingerprint: keyOf(told) };
}

/** Few changes touch what runs migrations, so that the parsers for it are loaded when one does. */
async function readDeploymentHere(source: DeploymentSource): Promise<Deployment> {
  const { readDeployment } = await import('../deployment/read-deployment.ts');
  return readDeployment(source);
}

/** The same for models. */
async function readModelsHere(source: ModelSource): Promise<ModelFile> {
  const { readModels } = await import('../models/read-models.ts');
  return readModels(source);
}

function migrationReport(migration: Migration, files: ClaimedMigration['files']): MigrationReport {
  const { path, framework, database, databaseVersion, status, version, statements } = migration;
  return {
    path,
    framework,
    database,
    ...(databaseVersion === undefined ? {} : { databaseVersion }),
    status,
    ...(version === undefined ? {} : { version }),
    ...linksOf(migration),
    statements,
    opaque: new Set(opaqueOperations(migration).map((operation) => operation.statement)).size,
    operations: migration.up,
    digest: migrationDigest(
      migration,
      [files.up, files.down].filter((file) => file !== undefined),
    ),
  };
}

/** An override is bound to content: that of the migration, or of the other file that a finding stands in. */
function withDigests(said: readonly Said[], { files }: Change, reports: readonly MigrationReport[]): Said[] {
  const digests = new Map(reports.map(({ path, digest }) => [path, digest]));
  return said.map((each) => {
    const { finding, migration } = each;
    if (finding.digest !== undefined || digests.has(finding.path)) return each;
    const digest =
      (migration && digests.get(migration.path)) ??
      fileDigest(files.find(({ path }) => path === finding.path)?.after ?? finding.message);
    return { ...each, finding: { ...finding, digest } };
  });
}

function opaqueOf(migration: Migration): Report['opaque'] {
  return opaqueOperations(migration).map((operation) => ({
    path: operation.span.path,
    startLine: operation.span.startLine,
    reason: operation.kind === 'opaque' ? operation.reason : '',
  }));
}

function onExisting(migrations: readonly Migration[]): (operation: Operation) => boolean {
  const fresh = newTables(migrations);
  return (operation) => {
    if (operation.kind === 'createTable') return false;
    if ('table' in operation && operation.table !== undefined) return !fresh.has(operation.table);
    return true;
  };
}

function problemsOf(change: Change): Report['problems'] {
  const incomplete =
    change.incomplete === undefined ? [] : [{ message: `Cannot read all of it: ${change.incomplete}` }];
  const configuration = change.configurationProblems.map(({ message, path, line }) => ({
    message,
    path,
    startLine: line,
  }));
  return [...incomplete, ...configuration];
}

const severities = ['error', 'warning', 'notice'];
const collator = new Intl.Collator('en');

function bySeverityAndPlace(one: Report['findings'][number], other: Report['findings'][number]): number {
  return (
    severities.indexOf(one.severity) - severities.indexOf(other.severity) ||
    collator.compare(one.path, other.path) ||
    one.startLine - other.startLine ||
    collator.compare(one.rule, other.rule)
  );
}
