/** What keeps a column from being dropped. */
import type { Constraint } from '../../src/operations/column.ts';
import type { Name } from '../../src/operations/name.ts';
import type { Table } from '../../src/operations/schema.ts';
import { code, type Context } from '../../src/rule.ts';

/** `what` completes "… of the table holds it"; `error` is what SQLite says. */
export type Holder = {
  kind: 'index' | 'constraint' | 'default';
  name?: string;
  table: Name;
  what: string;
  error: string;
};

/** The first index or constraint that names the column, as far as the history tells; undefined for other databases. */
export function findHolder(table: Name, column: string, { migration, schema }: Context): Holder | undefined {
  const known = schema.tables.get(table);
  if (!known) return undefined;
  if (migration.database === 'sqlite') return findIndex(known, column) ?? findOnSqlite(known, column);
  if (migration.database !== 'sqlserver') return undefined;
  return (
    findIndex(known, column) ?? findOnSqlserver(known, column) ?? findChild(known, column, [...schema.tables.values()])
  );
}

function findIndex({ name: table, indexes }: Table, column: string): Holder | undefined {
  const index = indexes.find((each) => each.columns.includes(column) || each.where?.columns.includes(column));
  if (!index) return undefined;
  return {
    kind: 'index',
    ...(index.name === undefined ? {} : { name: index.name }),
    table,
    what: `the index ${code(index.name ?? index.columns.join(', '))}`,
    error: `error in index ${index.name ?? ''} after drop column: no such column: ${column}`,
  };
}

/** https://learn.microsoft.com/sql/t-sql/statements/alter-table-transact-sql#column-column_name */
function findOnSqlserver(known: Table, column: string): Holder | undefined {
  // What was dropped under a name that was looked up may be any of them.
  if (known.defaultsDropped) return undefined;
  const constraint = known.constraints.find((each) => names(each, column));
  if (constraint) return ofConstraint(constraint, known.name, '');
  const own = known.columns.get(column);
  if (!own?.default) return undefined;
  const { defaultName: name } = own;
  return {
    kind: 'default',
    ...(name === undefined ? {} : { name }),
    table: known.name,
    what: name === undefined ? `the default ${code(own.default.sql, 60)}` : `the default ${code(name)}`,
    error: '',
  };
}

/** A foreign key of another table that points to the column. */
function findChild(known: Table, column: string, tables: readonly Table[]): Holder | undefined {
  for (const { name, constraints, defaultsDropped } of tables) {
    const key = constraints.find(
      (each) =>
        each.kind === 'foreignKey' && each.references.table === known.name && each.references.columns.includes(column),
    );
    if (key && !defaultsDropped) return ofConstraint(key, name, '');
  }
  return undefined;
}

/** https://www.sqlite.org/lang_altertable.html#alter_table_drop_column: a check or a reference written at the column itself goes with it. */
function findOnSqlite({ name: table, columns, constraints }: Table, column: string): Holder | undefined {
  const own = columns.get(column)?.constraints ?? [];
  for (const each of constraints) {
    if (!names(each, column)) continue;
    if (each.kind === 'primaryKey') return ofConstraint(each, table, `cannot drop PRIMARY KEY column: "${column}"`);
    const isUnique = each.kind === 'unique';
    if (isUnique && each.columns.length === 1)
      return ofConstraint(each, table, `cannot drop UNIQUE column: "${column}"`);
    if (!own.includes(each)) return ofConstraint(each, table, `error in table ${table} after drop column`);
  }
  return undefined;
}

function ofConstraint(constraint: Constraint, table: Name, error: string): Holder {
  const word = words[constraint.kind];
  const { name } = constraint;
  const what = name === undefined ? word : `${word} ${code(name)}`;
  return { kind: 'constraint', ...(name === undefined ? {} : { name }), table, what, error };
}

const words: Record<Constraint['kind'], string> = {
  primaryKey: 'the primary key',
  unique: 'the unique constraint',
  foreignKey: 'the foreign key',
  check: 'the check',
  notNull: 'the constraint',
  exclusion: 'the constraint',
};

function names(constraint: Constraint, column: string): boolean {
  return constraint.kind === 'check'
    ? constraint.expression.columns.includes(column)
    : constraint.columns.includes(column);
}
