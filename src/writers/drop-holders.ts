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

function isOver({ columns, reads = [], includes = [], where }: Index, column: string): boolean {
  return [...columns, ...reads, ...includes, ...(where?.columns ?? [])].includes(column);
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

/** SQL Server keeps a default as a constraint beside the column. One that was given no name has another one in every database. */
function dropDefault(table: Name, was: Column | undefined): DraftMigration[] {
  if (!was?.default) return [];
  const on = `ALTER TABLE ${tableSql(table, 'sqlserver')}`;
  const { defaultName } = was;
  const name = defaultName === undefined ? '' : columnSql(defaultName, 'sqlserver');
  const named = name && `CONSTRAINT ${name} `;
  const back = `${on} ADD ${named}DEFAULT ${was.default.sql} FOR ${columnSql(was.name, 'sqlserver')};`;
  const sql = name === '' ? dropLookedUp(on, table, was.name) : `${on} DROP CONSTRAINT ${name};`;
  return [{ steps: [{ kind: 'sql', sql, back }] }];
}

/** https://learn.microsoft.com/sql/relational-databases/system-catalog-views/sys-default-constraints-transact-sql */
function dropLookedUp(on: string, table: Name, column: string): string {
  const of = `OBJECT_ID(${text(table.includes('.') ? table : `dbo.${table}`)})`;
  return [
    'DECLARE @name sysname;',
    `SELECT @name = name FROM sys.default_constraints WHERE parent_object_id = ${of} AND parent_column_id = COLUMNPROPERTY(${of}, ${text(column)}, N'ColumnId');`,
    `EXEC (${text(`${on} DROP CONSTRAINT [`)} + @name + N'];');`,
  ].join('\n');
}

function text(value: string): string {
  return `N'${value.replaceAll("'", "''")}'`;
}
