/** What keeps a column from being dropped or changed. */
import type { Constraint, Index } from '../../src/operations/column.ts';
import type { Name } from '../../src/operations/name.ts';
import type { Table } from '../../src/operations/table.ts';
import { code, type Context } from '../../src/rule.ts';
import { readersOf } from './view-readers.ts';

/** `what` stands in a list of what holds it; `error` is what SQLite says. `table` is the one that it is of. */
export type Holder = {
  kind:
    | 'index'
    | 'primary key'
    | 'check'
    | 'constraint'
    | 'default'
    | 'computed'
    | 'view'
    | 'trigger'
    | 'function'
    | 'procedure';
  name?: string;
  table: Name;
  what: string;
  error: string;
};

/** All that names the column, as far as the history tells; nothing for other databases. */
export function findHolders(table: Name, column: string, context: Context): Holder[] {
  const { migration, schema } = context;
  const known = schema.tables.get(table);
  if (migration.database !== 'sqlite' && migration.database !== 'sqlserver') return [];
  const readers = findReaders(table, column, context);
  if (!known) return readers;
  const own = [...findIndexes(known, column), ...findComputed(known, column)];
  if (migration.database === 'sqlite') return [...findOnSqlite(known, column), ...own, ...readers];
  const children = findChildren(known, column, [...schema.tables.values()]);
  return [...own, ...findOnSqlserver(known, column), ...children, ...readers];
}

/** Views and what else has a query of its own; none where it is not sure which of them name the column. */
function findReaders(table: Name, column: string, context: Context): Holder[] {
  const { isSure, names: readers, queries } = readersOf(table, column, context);
  if (!isSure) return [];
  return readers.map((name, at) => {
    const kind = queries[at]?.of ?? 'view';
    const error = `error in ${kind} ${name} after drop column: no such column: ${column}`;
    return { kind, name, table, what: `the ${kind} ${code(name)}`, error };
  });
}

function findIndexes({ name: table, indexes }: Table, column: string): Holder[] {
  return indexes
    .filter((index) => namesOf(index).includes(column))
    .map((index): Holder => {
      const { name } = index;
      return {
        kind: 'index',
        ...(name === undefined ? {} : { name }),
        table,
        what: `the index ${code(name ?? index.columns.join(', '))}`,
        error: `error in index ${name ?? ''} after drop column: no such column: ${column}`,
      };
    });
}

function namesOf({ columns, reads = [], includes = [], where }: Index): string[] {
  return [...columns, ...reads, ...includes, ...(where?.columns ?? [])];
}

/** A computed column is worked out from it: https://learn.microsoft.com/sql/t-sql/statements/alter-table-transact-sql#alter-column */
function findComputed({ name: table, columns }: Table, column: string): Holder[] {
  return [...columns.values()]
    .filter(({ name, generated, reads }) => generated && name !== column && reads?.includes(column))
    .map(({ name }) => ({
      kind: 'computed',
      name,
      table,
      what: `the computed column ${code(name)}`,
      error: `error in table ${table} after drop column: no such column: ${column}`,
    }));
}

/** https://learn.microsoft.com/sql/t-sql/statements/alter-table-transact-sql#column-column_name */
function findOnSqlserver(known: Table, column: string): Holder[] {
  // What was dropped under a name that was looked up may be any of them.
  if (known.defaultsDropped) return [];
  const constraints = known.constraints.filter((each) => names(each, column));
  const held = constraints.map((each) => ofConstraint(each, known.name, ''));
  const own = known.columns.get(column);
  if (!own?.default) return held;
  const { defaultName: name } = own;
  const byDefault: Holder = {
    kind: 'default',
    ...(name === undefined ? {} : { name }),
    table: known.name,
    what: name === undefined ? `its default ${code(own.default.sql, 60)}` : `its default ${code(name)}`,
    error: '',
  };
  return [...held, byDefault];
}

/** Foreign keys of other tables that point to the column. */
function findChildren(known: Table, column: string, tables: readonly Table[]): Holder[] {
  return tables.flatMap(({ name, constraints, defaultsDropped }) => {
    if (defaultsDropped || name === known.name) return [];
    const keys = constraints.filter(
      (each) =>
        each.kind === 'foreignKey' && each.references.table === known.name && each.references.columns.includes(column),
    );
    return keys.map((key) => {
      const holder = ofConstraint(key, name, '');
      return { ...holder, what: `${holder.what} of ${code(name)}` };
    });
  });
}

/** https://www.sqlite.org/lang_altertable.html#alter_table_drop_column: a check or a reference written at the column itself goes with it. */
function findOnSqlite({ name: table, columns, constraints }: Table, column: string): Holder[] {
  const own = columns.get(column)?.constraints ?? [];
  return constraints.flatMap((each) => {
    if (!names(each, column)) return [];
    if (each.kind === 'primaryKey') return [ofConstraint(each, table, `cannot drop PRIMARY KEY column: "${column}"`)];
    const isUnique = each.kind === 'unique';
    if (isUnique && each.columns.length === 1)
      return [ofConstraint(each, table, `cannot drop UNIQUE column: "${column}"`)];
    return own.includes(each) ? [] : [ofConstraint(each, table, `error in table ${table} after drop column`)];
  });
}

function ofConstraint(constraint: Constraint, table: Name, error: string): Holder {
  const word = words[constraint.kind];
  const { name } = constraint;
  const what = name === undefined ? word : `${word} ${code(name)}`;
  const kind = kinds[constraint.kind] ?? 'constraint';
  return { kind, ...(name === undefined ? {} : { name }), table, what, error };
}

const kinds: Partial<Record<Constraint['kind'], Holder['kind']>> = { primaryKey: 'primary key', check: 'check' };

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
