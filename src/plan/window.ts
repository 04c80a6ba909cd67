/** Which phases keep users from a table while all of it is read or written anew, and what to tell them before. */
import type { TableSize } from '../operations/configuration.ts';
import { onlineChanges, worstOf } from '../operations/facts/mysql-change.ts';
import { sqlserverWork } from '../operations/facts/sqlserver-change.ts';
import type { Name } from '../operations/name.ts';
import type { Operation } from '../operations/operation.ts';
import { codes } from '../rule.ts';
import type { Step } from '../writers/step.ts';
import type { DraftMigration } from '../writers/write-migration.ts';
import type { Situation } from './situation.ts';

/** `hasOnlineWay`: the database can do it while they go on, so that a table whose size is not known is no reason yet. */
type Kept = { table: Name; out: 'writers' | 'everybody'; hasOnlineWay: boolean };

/** The maintenance window that a phase takes, with a sentence that announces it; Markdown. Undefined where it takes none that is known. */
export function windowOf(migrations: readonly DraftMigration[], situation: Situation): string | undefined {
  const { database } = situation.migration;
  const unless = database === 'sqlserver' ? 'A' : 'Unless a tool copies the table beside them, a';
  const steps = migrations.flatMap((draft) => draft.steps);
  const kept = steps.flatMap((step) => keptOut(step, situation) ?? []);
  const costly = kept.filter(({ table, hasOnlineWay }) => isCostly(situation.sizeOf(table), hasOnlineWay));
  const [first] = costly;
  if (!first) return undefined;
  const out = costly.some((each) => each.out === 'everybody') ? 'everybody' : 'writers';
  const tables = codes([...new Set(costly.map(({ table }) => table))]);
  const waits = out === 'writers' ? `nobody writes ${tables}, and reads go on` : `nobody reads or writes ${tables}`;
  const users = out === 'writers' ? 'can be read, but not be changed' : 'cannot be read or changed';
  return [
    `${unless} maintenance window: until it is done, ${waits} (${sizes[situation.sizeOf(first.table)]}).`,
    'How long that is, the run on a copy tells.',
    `To be announced before, to whoever uses it: "From … to … what is kept in ${tables} ${users}."`,
  ].join(' ');
}

const sizes: Record<TableSize, string> = {
  hot: 'stated as hot',
  large: 'stated as large',
  medium: 'stated as medium',
  small: 'stated as small',
  unknown: 'its size is not known here',
};

function isCostly(size: TableSize, hasOnlineWay: boolean): boolean {
  return size === 'large' || size === 'hot' || (size === 'unknown' && !hasOnlineWay);
}

/** What the plan prints for PostgreSQL lets the others go on by itself; SQLite has one writer at a time, whatever is done. */
function keptOut(step: Step, { migration, schema }: Situation): Kept | undefined {
  const operation = operationOf(step);
  if (!operation || !('table' in operation) || operation.table === undefined) return undefined;
  const { database, databaseVersion: version } = migration;
  const { table } = operation;
  if (database === 'sqlserver') {
    const work = sqlserverWork(operation, schema.tables.get(table), version);
    if (!work || work.work === 'catalog' || work.online) return undefined;
    return { table, out: work.lock === 'S' ? 'writers' : 'everybody', hasOnlineWay: work.canBeOnline };
  }
  if (database !== 'mysql' && database !== 'mariadb') return undefined;
  const ground = { database, version, table: schema.tables.get(table), beside: [], foreignKeyChecks: true };
  const worst = worstOf(onlineChanges(operation, ground), database);
  if (!worst || worst.writes || worst.algorithm === 'instant' || worst.unless !== undefined) return undefined;
  return { table, out: 'writers', hasOnlineWay: false };
}

/** A step that is an operation of the schema, as if it stood in a file. */
function operationOf(step: Step): Operation | undefined {
  if (!('table' in step) || isOfProgram(step)) return undefined;
  const span = { path: '', startLine: 1, endLine: 1, startColumn: 1, endColumn: 1 };
  const online = 'concurrently' in step && step.concurrently ? { online: { online: true } } : {};
  return { ...step, ...online, span, statement: 1 };
}

type OfProgram = Extract<Step, { kind: 'forgetColumn' | 'forgetTable' | 'fillNewRows' | 'fillColumn' }>;

function isOfProgram(step: Step): step is OfProgram {
  return ['forgetColumn', 'forgetTable', 'fillNewRows', 'fillColumn'].includes(step.kind);
}
