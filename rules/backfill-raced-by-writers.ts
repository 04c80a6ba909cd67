import { inDeploys } from '../src/operations/facts/deploys.ts';
import type { Migration } from '../src/operations/migration.ts';
import type { Operation } from '../src/operations/operation.ts';
import { code, type Found, type Rule } from '../src/rule.ts';
import { capital, tableOf } from './advice/describe.ts';
import { findNew } from './advice/new-column-race.ts';
import { isSameStatement, placeFrom } from './advice/statement.ts';
import { addedColumn, demandOf, describeDemand, errorOf, findUnique, putsRight, type Demand } from './advice/demand.ts';

/** Rows are put right and something is required of them in one deploy, while the release that runs writes more of the old kind. */
export const backfillRacedByWriters: Rule = {
  id: 'backfill-raced-by-writers',
  title: 'A backfill and what relies on it in one deploy',
  severity: 'error',
  concerns: 'rows',
  check: {
    // Several files of one pull request are one deploy.
    change: ({ migrations }) => {
      const running = migrations.filter(({ status }) => status === 'added');
      const operations = running.flatMap(({ up }) => up);
      const byTable = Map.groupBy(operations, tableOf);
      const runsCode = operations.find(({ kind }) => kind === 'runCode');
      const made = new Set(operations.flatMap((each) => (each.kind === 'createTable' ? [each.table] : [])));
      return running.flatMap((migration) =>
        migration.up.flatMap((operation) => {
          const demand = demandOf(operation);
          const beside = byTable.get(demand?.table) ?? [];
          if (!demand || made.has(demand.table)) return [];
          const deploy = { beside, runsCode, migration };
          const first = findUnique(demand, operation, beside);
          // What fails first is told, where it can fail at all.
          if (first && find({ ...demand, kind: 'unique' }, first, deploy)) return [];
          const found = find(demand, operation, deploy);
          return found ? [{ ...found, span: operation.span }] : [];
        }),
      );
    },
  },
};

/** `beside` are all operations on the table, `runsCode` is the first that may write to any. */
type Deploy = { beside: readonly Operation[]; runsCode: Operation | undefined; migration: Migration };

function find(demand: Demand, operation: Operation, { beside, runsCode, migration }: Deploy): Found | undefined {
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
    return findNew(demand, { operation, beside, migration, column: added, place, fails, filled, held, trigger });
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
