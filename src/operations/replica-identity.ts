/** What tells the rows of a table of PostgreSQL apart for those who get its changes. */
import type { Name } from './name.ts';
import { nameOfConstraint } from './named-keys.ts';
import type { Table } from './table.ts';

/** As it was set by hand: `given` is the whole row, or an index that was not seen to be made. */
export type ReplicaIdentity = 'given' | 'nothing' | { index: string };

/** Whether something does, as far as is known: the primary key, unless it was set by hand; an index that is gone counts as nothing. */
export function hasIdentity({ replicaIdentity, ...table }: Table): boolean {
  if (replicaIdentity === undefined) return table.constraints.some(({ kind }) => kind === 'primaryKey');
  return replicaIdentity === 'given' || (replicaIdentity !== 'nothing' && hasIndex(table, replicaIdentity.index));
}

/** The table after `REPLICA IDENTITY …`, or undefined where another change is meant: https://www.postgresql.org/docs/current/sql-altertable.html#SQL-ALTERTABLE-REPLICA-IDENTITY */
export function withIdentity(table: Table, change: string): Table | undefined {
  const [, how, index = ''] = /^REPLICA IDENTITY (FULL|USING INDEX|NOTHING|DEFAULT)(?: (.+))?$/.exec(change) ?? [];
  if (how === undefined) return undefined;
  const { replicaIdentity: _replicaIdentity, ...rest } = table;
  switch (how) {
    case 'DEFAULT':
      return rest;
    case 'NOTHING':
      return { ...rest, replicaIdentity: 'nothing' };
  }
  return { ...rest, replicaIdentity: how !== 'FULL' && hasIndex(table, index) ? { index } : 'given' };
}

/** The index is named without its schema, which is that of the table. */
function hasIndex({ name: table, indexes, constraints }: Pick<Table, 'name' | 'indexes' | 'constraints'>, name: Name) {
  const own = (index: Name | undefined) => index?.slice(index.lastIndexOf('.') + 1);
  return (
    indexes.some((each) => own(each.name) === name) ||
    constraints.some((each) => nameOfConstraint(each, table) === name)
  );
}
