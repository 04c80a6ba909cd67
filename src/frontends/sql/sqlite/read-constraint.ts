/** Constraints of SQLite, written at a column or at the table. */
import type { ForeignKeyClause, NamedColumnConstraint, NamedTableConstraint, RefAct } from 'sqlite3-parser';
import type { Constraint, Reference, ReferenceAction } from '../../../operations/column.ts';
import { indexedColumn } from './indexed-column.ts';
import { readExpression } from './read-expression.ts';

/** The constraint that a table declares. */
export function readTableConstraint(named: NamedTableConstraint, text: string): Constraint {
  const name = named.name ? { name: named.name.text } : {};
  const { constraint } = named;
  if (constraint.type === 'CheckTableConstraint')
    return { ...name, kind: 'check', expression: readExpression(constraint.expr, text), validated: true };
  if (constraint.type === 'ForeignKeyTableConstraint') {
    const columns = constraint.columns.map((column) => column.colName.text);
    return { ...name, kind: 'foreignKey', columns, references: readReference(constraint.clause), validated: true };
  }
  const columns = constraint.columns.map((column) => indexedColumn(column, text));
  return { ...name, kind: constraint.type === 'UniqueTableConstraint' ? 'unique' : 'primaryKey', columns };
}

/** The constraint written at a column, if it is one: DEFAULT, COLLATE and the like are not. */
export function readColumnConstraint(named: NamedColumnConstraint, column: string, text: string): Constraint[] {
  const name = named.name ? { name: named.name.text } : {};
  const { constraint } = named;
  switch (constraint.type) {
    case 'PrimaryKeyColumnConstraint':
      return [{ ...name, kind: 'primaryKey', columns: [column] }];
    case 'UniqueColumnConstraint':
      return [{ ...name, kind: 'unique', columns: [column] }];
    case 'ForeignKeyColumnConstraint':
      return [
        {
          ...name,
          kind: 'foreignKey',
          columns: [column],
          references: readReference(constraint.clause),
          validated: true,
        },
      ];
    case 'CheckColumnConstraint':
      return [{ ...name, kind: 'check', expression: readExpression(constraint.expr, text), validated: true }];
    default:
      return [];
  }
}

function readReference(clause: ForeignKeyClause): Reference {
  const onDelete = clause.args.find((argument) => argument.type === 'OnDeleteRefArg')?.action;
  const onUpdate = clause.args.find((argument) => argument.type === 'OnUpdateRefArg')?.action;
  return {
    table: clause.tblName.text,
    columns: (clause.columns ?? []).map((column) => column.colName.text),
    ...(onDelete ? { onDelete: actions[onDelete] } : {}),
    ...(onUpdate ? { onUpdate: actions[onUpdate] } : {}),
  };
}

const actions: Record<RefAct, ReferenceAction> = {
  Cascade: 'cascade',
  NoAction: 'no action',
  Restrict: 'restrict',
  SetDefault: 'set default',
  SetNull: 'set null',
};
