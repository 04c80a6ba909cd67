/** What holds a column goes before it. */
import type { Database } from '../operations/migration.ts';
import type { Column, Constraint, Index } from '../operations/column.ts';
import type { Name } from '../operations/name.ts';
import { columnSql, tableSql } from './identifier.ts';
import type { Step } from './step.ts';
import type { DraftMigration } from './write-migration.ts';

/** Indexes and constraints of a table. */
export type Held = { indexes: readonly Index[]; constraints: readonly Constraint[] };

/** What the database would rebuild the table for, or refuse the drop of the column for: each goes by itself. What has no name is left out. */
export function dropHolders(
  database: Database,
  table: Name,
  column: string,
  { indexes, constraints }: Held,
  was: Column | undefined,
): DraftMigration[] {
  const holds = holding[database];
  if (!holds) return [];
  const held = constraints.filter((each) => each.name !== undefined && holds.constraint(each, column));
  const found = indexes.filter((each) => each.name !== undefined && holds.index(each, column));
  return [
    ...held.map((each) => ({
      steps: [dropConstraint(table, each)],
      ...(each.kind === 'unique' && { allow: goesNext }),
    })),
    ...found.map((each) => ({ steps: [dropIndex(table, each)], ...(each.unique && { allow: goesNext }) })),
    ...(database === 'sqlserver' ? dropDefault(table, was) : []),
  ];
}

const goesNext = { rules: ['dropped-uniqueness'], because: 'its column goes next' };

type Holding = {
  constraint: (each: Constraint, column: string) => boolean;
  index: (each: Index, column: string) => boolean;
};

const mysql: Holding = {
  constraint: (each, column) => each.kind === 'foreignKey' && each.columns.includes(column),
  index: (each, column) => each.columns.join() === column,
};

const holding: Partial<Record<Database, Holding>> = {
  mysql,
  mariadb: mysql,
  // https://www.sqlite.org/lang_altertable.html#alter_table_drop_column: a constraint goes with its table only.
  sqlite: { constraint: () => false, index: isOver },
  // https://learn.microsoft.com/sql/t-sql/statements/alter-table-transact-sql#column-column_name
  sqlserver: { constraint: isOf, index: isOver },
};

function isOver({ columns, where }: Index, column: string): boolean {
  return columns.includes(column) || where?.columns.includes(column) === true;
}

function isOf(constraint: Constraint, column: string): boolean {
  if (constraint.kind === 'check') return constraint.expression.columns.includes(column);
  return constraint.kind !== 'primaryKey' && constraint.columns.includes(column);
}

function dropConstraint(table: Name, was: Constraint): Step {
  const name = was.name === undefined ? {} : { name: was.name };
  return { kind: 'dropConstraint', table, constraint: was.kind, was, ...name };
}

function dropIndex(table: Name, was: Index): Step {
  return { kind: 'dropIndex', table, name: was.name ?? '', was };
}

/** SQL Server keeps a default as a constraint beside the column. */
function dropDefault(table: Name, was: Column | undefined): DraftMigration[] {
  if (!was?.default || was.defaultName === undefined) return [];
  const on = `ALTER TABLE ${tableSql(table, 'sqlserver')}`;
  const name = columnSql(was.defaultName, 'sqlserver');
  const back = `${on} ADD CONSTRAINT ${name} DEFAULT ${was.default.sql} FOR ${columnSql(was.name, 'sqlserver')};`;
  return [{ steps: [{ kind: 'sql', sql: `${on} DROP CONSTRAINT ${name};`, back }] }];
}
