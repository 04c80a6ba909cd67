/** Which tables an operation keeps writers out of: its own, and those that its foreign keys point to. */
import type { Database } from '../migration.ts';
import type { Constraint } from '../column.ts';
import type { Name } from '../name.ts';
import type { Operation } from '../operation.ts';
import type { Schema } from '../schema.ts';
import { writerLock } from './locks.ts';

/** A table and the lock that is taken on it. */
export type TableLock = { table: Name; lock: string };

/** Its own first. Foreign keys: https://www.postgresql.org/docs/current/sql-createtable.html#SQL-CREATETABLE-PARMS-REFERENCES */
export function lockedTables(operation: Operation, schema: Schema, database: Database): TableLock[] {
  const table = 'table' in operation ? operation.table : undefined;
  const own = writerLock(operation, database);
  const [shared, exclusive] = parentLocks[database] ?? ['', ''];
  const parents = (constraints: readonly Constraint[], lock: string) =>
    constraints.flatMap((each) => (each.kind === 'foreignKey' ? [{ table: each.references.table, lock }] : []));
  const others = (): TableLock[] => {
    switch (operation.kind) {
      case 'createTable':
        return parents([...operation.constraints, ...operation.columns.flatMap((each) => each.constraints)], shared);
      case 'addColumn':
        return parents(operation.column.constraints, shared);
      case 'addConstraint':
        return parents([operation.constraint], shared);
      case 'dropTable':
        return parents(schema.tables.get(operation.table)?.constraints ?? [], exclusive);
    }
    return [];
  };
  return [...(table !== undefined && own !== undefined ? [{ table, lock: own }] : []), ...others()];
}

/** What a foreign key takes on its parent, made and dropped. SQL Server: https://michaeljswart.com/2026/05/deadlock-trouble/ */
const parentLocks: Partial<Record<Database, readonly [string, string]>> = {
  postgres: ['SHARE ROW EXCLUSIVE', 'ACCESS EXCLUSIVE'],
  sqlserver: ['Sch-M', 'Sch-M'],
};
