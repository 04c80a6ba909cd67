/** Constraints and indexes by their names, also those that PostgreSQL picks. */
import type { Constraint } from './column.ts';
import type { Name } from './name.ts';
import type { Table } from './table.ts';

/** Whether a name is that of the constraint; names of constraints differ by more than their case. */
export function isNameOf(name: string | undefined, constraint: Constraint, table: Name): boolean {
  return name !== undefined && nameOfConstraint(constraint, table)?.toLowerCase() === name.toLowerCase();
}

/** The name of a constraint, or that which PostgreSQL gives one without. The other databases pick names that nobody could write down. https://www.postgresql.org/docs/current/sql-createtable.html */
export function nameOfConstraint(constraint: Constraint, table: Name): string | undefined {
  if (constraint.name !== undefined) return constraint.name;
  const own = table.slice(table.lastIndexOf('.') + 1);
  switch (constraint.kind) {
    case 'primaryKey':
      return `${own}_pkey`;
    case 'unique':
      return `${own}_${constraint.columns.join('_')}_key`;
    case 'foreignKey':
      return `${own}_${constraint.columns.join('_')}_fkey`;
    default:
      return undefined;
  }
}

/** The table with the constraint or index under its new name; undefined where it has none of that name. */
export function withRenamedKey(table: Table, name: string, to: string): Table | undefined {
  const hasIndex = table.indexes.some((index) => index.name === name);
  if (!hasIndex && !table.constraints.some((each) => isNameOf(name, each, table.name))) return undefined;
  return {
    ...table,
    ...(typeof table.replicaIdentity === 'object' && table.replicaIdentity.index === name
      ? { replicaIdentity: { index: to } }
      : {}),
    indexes: table.indexes.map((index) => (index.name === name ? { ...index, name: to } : index)),
    constraints: table.constraints.map((each) => (isNameOf(name, each, table.name) ? { ...each, name: to } : each)),
  };
}
