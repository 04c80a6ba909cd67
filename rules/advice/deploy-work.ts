/** What one deploy does: all its migrations at once. */
import type { Migration } from '../../src/operations/migration.ts';
import type { Name } from '../../src/operations/name.ts';
import type { Operation } from '../../src/operations/operation.ts';
import { tableOf } from './describe.ts';

/** The operations on each table, the tables that are new, and the first code that may write to any. */
export type DeployWork = {
  byTable: ReadonlyMap<Name | undefined, readonly Operation[]>;
  made: ReadonlySet<Name>;
  runsCode: Operation | undefined;
  migrations: ReadonlySet<Migration>;
};

const known = new WeakMap<readonly Migration[], DeployWork>();

/** Read once for all statements that ask. */
export function workOf(migrations: readonly Migration[]): DeployWork {
  const work = known.get(migrations) ?? readWork(migrations);
  known.set(migrations, work);
  return work;
}

function readWork(migrations: readonly Migration[]): DeployWork {
  const operations = migrations.flatMap(({ up }) => up);
  return {
    migrations: new Set(migrations),
    byTable: Map.groupBy(operations, tableOf),
    made: new Set(operations.flatMap((each) => (each.kind === 'createTable' ? [each.table] : []))),
    runsCode: operations.find(({ kind }) => kind === 'runCode'),
  };
}
