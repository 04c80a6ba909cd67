import { inDeploys } from '../src/operations/facts/deploys.ts';
import type { Migration } from '../src/operations/migration.ts';
import type { Operation } from '../src/operations/operation.ts';
import { code, type Context, type Found, type Rule } from '../src/rule.ts';
import { capital } from './advice/describe.ts';
import { workOf } from './advice/deploy-work.ts';
import { findNew } from './advice/new-column-race.ts';
import { costOfDemand } from './advice/cost-of-demand.ts';
import { isSameStatement, placeFrom } from './advice/statement.ts';
import { addedColumn, demandOf, describeDemand, errorOf, findUnique, putsRight, type Demand } from './advice/demand.ts';

/** Rows are put right and something is required of them in one deploy, while the release that runs writes more of the old kind. */
export const backfillRacedByWriters: Rule = {
  id: 'backfill-raced-by-writers',
  title: 'A backfill and what relies on it in one deploy',
  severity: 'error',
  concerns: 'rows',
  check: { alterColumn: findRace, createIndex: findRace, addConstraint: findRace },
};

/** Several files of one pull request are one deploy. */
function findRace(operation: Operation, context: Context): Found | undefined {
  const demand = demandOf(operation);
  const { deploy, migration } = context;
  if (!demand) return undefined;
  const { migrations, made, byTable } = workOf(deploy);
  if (!migrations.has(migration) || made.has(demand.table)) return undefined;
  const first = findUnique(demand, operation, byTable.get(demand.table) ?? []);
  // What fails first is told, where it can fail at all.
  if (first && find({ ...demand, kind: 'unique' }, first, context)) return undefined;
  return find(demand, operation, context);
}

function find(demand: Demand, operation: Operation, context: Context): Found | undefined {
  const { migration, deploy } = context;
  const { byTable, runsCode } = workOf(deploy);
  const beside = byTable.get(demand.table) ?? [];
  const added = addedColumn(demand, beside);
  // What code that is not in the migration writes is not known; into a column that is new it can be nothing else.
  const writes =
    beside.find((each) => putsRight(each, demand) && !isSameStatement(each, operation)) ?? (added && runsCode);
  if (!writes) return undefined;
  const place = placeFrom(writes, operation);
  const error = errorOf(demand, migration.database);
  const fails = `${describeDemand(demand)} fails${error === undefined ? '' : ` with ${error}`}`;
  const filled = beside.some((each) => putsRight(each, demand) && isSameStatement(each, operation));
  if (added) {
    const trigger = beside.some((each) => each.kind === 'createObject' && each.object === 'trigger');
    const held = isHeld(demand, migration);
    const found = findNew(demand, { operation, beside, migration, column: added, place, fails, filled, held, trigger });
    // Of what is a warning only, the rules of locks speak themselves.
    const cost = found?.severity === undefined ? costOfDemand(operation, context) : '';
    return found && { ...found, message: cost === '' ? found.message : `${found.message} ${cost}` };
  }
  if (filled && demand.kind === 'required') return undefined;
  return {
    severity: 'warning',
    message: `${capital(describeDemand(demand))} relies on rows of ${code(demand.table)} that are put right in the same deploy. ${place} does that, and the release that runs meanwhile is the one that wrote the wrong rows: one more of them in between, and ${fails}, unless an earlier release has stopped that.`,
    advice: `${inDeploys('filledThenRequired')}: a release that writes no such rows any more, with the backfill once it runs everywhere; then this, after a query that finds none.`,
  };
}

/** ADD COLUMN of PostgreSQL keeps all others out of the table until its transaction ends, the backfill and what follows it included. */
function isHeld({ table, columns }: Demand, { up, database, transaction }: Migration): boolean {
  if (database !== 'postgres' || (transaction !== 'wrapped' && transaction !== 'one-query')) return false;
  if (up.some(({ kind }) => kind === 'commit' || kind === 'begin')) return false;
  return up.some((each) => each.kind === 'addColumn' && each.table === table && columns.includes(each.column.name));
}
