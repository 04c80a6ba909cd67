/** Constraints as SQL. */
import type { Constraint, Reference } from '../operations/column.ts';
import type { Database } from '../operations/migration.ts';
import { columnSql, columnsSql, printable, tableSql } from './identifier.ts';

/** As it stands behind its name; undefined for a kind that no advice writes. */
export function constraintSql(constraint: Constraint, database: Database): string | undefined {
  switch (constraint.kind) {
    case 'primaryKey':
    case 'unique': {
      const word = constraint.kind === 'unique' ? 'UNIQUE' : 'PRIMARY KEY';
      const deferral = constraint.kind === 'unique' ? deferralSql(constraint, database) : '';
      if (constraint.usingIndex !== undefined)
        return `${word} USING INDEX ${columnSql(constraint.usingIndex, database)}${deferral}`;
      return `${word} ${columnsSql(constraint.columns, database, constraint.prefixes)}${deferral}`;
    }
    case 'foreignKey': {
      return `FOREIGN KEY ${columnsSql(constraint.columns, database)} REFERENCES ${referenceSql(constraint.references, database)}${deferralSql(constraint, database)}`;
    }
    case 'check':
      return `CHECK (${printable(constraint.expression.sql)})`;
    case 'notNull':
      return `NOT NULL ${columnSql(constraint.columns[0], database)}`;
    default:
      return undefined;
  }
}

type Deferral = { deferrable?: true; initiallyDeferred?: true };

function referenceSql(reference: Reference, database: Database): string {
  const { table, columns, onDelete, onDeleteColumns, onUpdate, matchFull } = reference;
  const only = onDeleteColumns ? ` ${columnsSql(onDeleteColumns, database)}` : '';
  return [
    `${tableSql(table, database)}${columns.length > 0 ? ` ${columnsSql(columns, database)}` : ''}`,
    ...(matchFull ? ['MATCH FULL'] : []),
    ...(onDelete ? [`ON DELETE ${onDelete.toUpperCase()}${only}`] : []),
    ...(onUpdate ? [`ON UPDATE ${onUpdate.toUpperCase()}`] : []),
  ].join(' ');
}

function deferralSql({ deferrable, initiallyDeferred }: Deferral, database: Database): string {
  if (database !== 'postgres') return '';
  if (initiallyDeferred) return ' DEFERRABLE INITIALLY DEFERRED';
  return deferrable ? ' DEFERRABLE' : '';
}
