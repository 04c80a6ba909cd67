/** What is known of the tables at one point of a migration: replayed from operations, and unknown where nothing was. */
import type { Column, Constraint, Index, Name, Operation } from './operation.ts';

export type Table = {
  name: Name;
  /** Created by the change under review; nothing runs on it yet and it holds no rows but those the change puts in. */
  isNew: boolean;
  columns: Map<string, Column>;
  constraints: Constraint[];
  indexes: Index[];
};

/** `tables` holds what was seen. A table that is not in it may exist all the same: the answer is then unknown. */
export type Schema = { tables: Map<Name, Table> };

/** A schema of which nothing is known. */
export function emptySchema(): Schema {
  return { tables: new Map() };
}

/** True when the change under review created the table before this point. */
export function isNewTable(schema: Schema, table: Name): boolean {
  return schema.tables.get(table)?.isNew ?? false;
}

/** The column as it is known at this point, or undefined when it is not. */
export function findColumn(schema: Schema, table: Name, column: string): Column | undefined {
  return schema.tables.get(table)?.columns.get(column);
}

/** Applies one operation in place. What it names and was not seen before becomes known as far as the operation says. */
export function applyOperation(schema: Schema, operation: Operation, isNew: boolean): void {
  switch (operation.kind) {
    case 'createTable':
      if (operation.ifNotExists && schema.tables.has(operation.table)) return;
      schema.tables.set(operation.table, {
        name: operation.table,
        isNew: isNew || operation.temporary === true,
        columns: new Map(operation.columns.map((column) => [column.name, column])),
        constraints: [...operation.constraints, ...operation.columns.flatMap((column) => column.constraints)],
        indexes: [...operation.indexes],
      });
      return;
    case 'dropTable':
      schema.tables.delete(operation.table);
      return;
    case 'renameTable': {
      const table = schema.tables.get(operation.table);
      if (!table) return;
      schema.tables.delete(operation.table);
      schema.tables.set(operation.to, { ...table, name: operation.to });
      return;
    }
    case 'dropSchema':
      for (const name of schema.tables.keys()) if (name.startsWith(`${operation.schema}.`)) schema.tables.delete(name);
      return;
  }
  if (!('table' in operation) || operation.table === undefined) return;
  const table = schema.tables.get(operation.table) ?? unseenTable(operation.table);
  if (applyToTable(table, operation)) schema.tables.set(table.name, table);
}

function unseenTable(name: Name): Table {
  return { name, isNew: false, columns: new Map(), constraints: [], indexes: [] };
}

function applyToTable(table: Table, operation: Operation): boolean {
  switch (operation.kind) {
    case 'addColumn':
      if (operation.ifNotExists && table.columns.has(operation.column.name)) return false;
      table.columns.set(operation.column.name, operation.column);
      table.constraints.push(...operation.column.constraints);
      return true;
    case 'dropColumn':
      table.columns.delete(operation.column);
      table.constraints = table.constraints.filter((constraint) => !namesColumn(constraint, operation.column));
      table.indexes = table.indexes.filter((index) => !index.columns.includes(operation.column));
      return true;
    case 'renameColumn': {
      const column = table.columns.get(operation.column);
      if (!column) return false;
      table.columns.delete(operation.column);
      table.columns.set(operation.to, { ...column, name: operation.to });
      return true;
    }
    case 'alterColumn': {
      const column = table.columns.get(operation.column);
      if (!column) return false;
      table.columns.set(operation.column, alteredColumn(column, operation));
      return true;
    }
    case 'addConstraint':
      table.constraints.push(operation.constraint);
      return true;
    case 'validateConstraint':
      table.constraints = table.constraints.map((constraint) =>
        constraint.name === operation.name && 'validated' in constraint
          ? { ...constraint, validated: true }
          : constraint,
      );
      return true;
    case 'dropConstraint':
      table.constraints = table.constraints.filter((constraint) => constraint.name !== operation.name);
      return true;
    case 'createIndex':
      table.indexes.push(operation.index);
      return true;
    case 'dropIndex':
      table.indexes = table.indexes.filter((index) => index.name !== operation.name);
      return true;
  }
  return false;
}

function namesColumn(constraint: Constraint, column: string): boolean {
  if (constraint.kind === 'check') return constraint.expression.columns.includes(column);
  return constraint.columns.includes(column);
}

function alteredColumn(column: Column, operation: Extract<Operation, { kind: 'alterColumn' }>): Column {
  const altered: Column = { ...column };
  if (operation.type) altered.type = operation.type;
  if (operation.nullable !== undefined) altered.nullable = operation.nullable;
  if (operation.default === 'none') delete altered.default;
  else if (operation.default) altered.default = operation.default;
  if (operation.generated === 'none') delete altered.generated;
  else if (operation.generated) altered.generated = operation.generated;
  return altered;
}
