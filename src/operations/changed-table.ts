/** What a table is after an operation on it. */
import type { Column, Constraint, Prefixes } from './column.ts';
import type { Name } from './name.ts';
import type { Operation, OperationOf } from './operation.ts';
import type { Policy } from './object-operation.ts';
import { isNameOf } from './named-keys.ts';
import { saysEverything } from './operation-questions.ts';
import { withIdentity } from './replica-identity.ts';
import { changedParts } from './range-parts.ts';
import type { Table } from './table.ts';

/** The table after an operation on it, or undefined when nothing that is known changes. */
export function changedTable(table: Table, operation: Operation): Table | undefined {
  switch (operation.kind) {
    case 'addColumn':
      if (operation.ifNotExists && table.columns.has(operation.column.name)) return undefined;
      return {
        ...withColumn(table, operation.column),
        constraints: [...table.constraints, ...operation.column.constraints],
      };
    case 'dropColumn':
      return {
        ...withoutColumn(table, operation.column),
        constraints: table.constraints.filter((constraint) => !namesColumn(constraint, operation.column)),
        indexes: table.indexes.filter((index) => !index.columns.includes(operation.column)),
      };
    case 'renameColumn': {
      const column = table.columns.get(operation.column);
      return column && renamedColumn(table, column, operation.to);
    }
    case 'alterColumn': {
      const column = table.columns.get(operation.column);
      return column && withColumn(table, alteredColumn(column, operation));
    }
    case 'addConstraint':
      return { ...table, constraints: [...table.constraints, operation.constraint] };
    case 'validateConstraint':
      return { ...table, constraints: table.constraints.map((each) => validated(each, operation.name, table.name)) };
    case 'dropConstraint':
      // MySQL has no name for it.
      if (operation.name === undefined && operation.constraint === 'primaryKey')
        return { ...table, constraints: table.constraints.filter(({ kind }) => kind !== 'primaryKey') };
      return {
        ...withoutDefault(table, operation.name),
        constraints: table.constraints.filter((each) => !isNameOf(operation.name, each, table.name)),
      };
    case 'createIndex':
      return {
        ...table,
        indexes: [...table.indexes, { ...operation.index, ...(operation.onlyParent ? { onlyParent: true } : {}) }],
      };
    case 'alterPartition':
      return withoutRest(repartitioned(table, operation), operation);
    case 'createObject':
      if (operation.object === 'policy')
        return { ...table, policies: [...(table.policies ?? []), policyOf(operation)] };
      if (operation.object !== 'trigger') return undefined;
      return {
        ...table,
        triggers: [...(table.triggers ?? []), operation.name],
        ...(operation.runs === undefined
          ? {}
          : { triggerFunctions: new Map(table.triggerFunctions).set(operation.name, operation.runs) }),
      };
    case 'alterTable':
      return withIdentity(table, operation.change) ?? withKind(table, operation) ?? withNote(table, operation);
    case 'insertRows':
      return operation.copies === undefined || table.columns.size === 0
        ? undefined
        : { ...table, copyOf: operation.copies };
    case 'rebuildTable':
      return operation.how === 'SET EXPRESSION' ? withoutReads(table) : rebuiltTable(table, operation);
  }
  return undefined;
}

function policyOf({ name, reads, calls }: OperationOf<'createObject'>): Policy {
  return { name, ...(reads ? { reads } : {}), ...(calls ? { calls } : {}) };
}

/** Of SQL Server: https://learn.microsoft.com/sql/relational-databases/tables/temporal-tables, https://learn.microsoft.com/sql/relational-databases/track-changes/about-change-data-capture-sql-server */
function withKind(table: Table, { sets }: OperationOf<'alterTable'>): Table | undefined {
  if (!sets) return undefined;
  const others = (table.kinds ?? []).filter((each) => each !== sets.kind);
  const { history: _history, ...rest } = table;
  if (!sets.on) return { ...(sets.kind === 'versioned' ? rest : table), kinds: others };
  return {
    ...(sets.kind === 'versioned' ? rest : table),
    kinds: [...others, sets.kind],
    ...(sets.history === undefined ? {} : { history: sets.history }),
  };
}

function withNote(table: Table, { note }: OperationOf<'alterTable'>): Table | undefined {
  const column = note && table.columns.get(note.column);
  if (!column) return undefined;
  const { comment: _comment, ...rest } = column;
  return withColumn(table, { ...rest, ...(note.text !== undefined && { comment: note.text }) });
}

function repartitioned({ parts: old, ...table }: Table, operation: OperationOf<'alterPartition'>): Table {
  const { action, partitionKey, whole } = operation;
  const parts = changedParts(old, operation);
  if (action !== 'repartition') return { ...table, partitioned: true, ...(parts ? { parts } : {}) };
  const { partitioned: _partitioned, partitionKey: _partitionKey, ...plain } = table;
  if (whole) return plain;
  return { ...plain, partitioned: true, ...(partitionKey ? { partitionKey } : {}), ...(parts ? { parts } : {}) };
}

function withoutRest(table: Table, { action, partition }: OperationOf<'alterPartition'>): Table {
  if (action !== 'detach' || table.rest === undefined || table.rest !== partition) return table;
  const { rest: _rest, ...others } = table;
  return others;
}

/** What the new expression reads is not said. */
function withoutReads(table: Table): Table {
  const columns = [...table.columns].map(
    ([name, { reads: _reads, calls: _calls, ...column }]) => [name, column] as const,
  );
  return { ...table, columns: new Map(columns) };
}

/** It may have got another row format, or another character set. */
function rebuiltTable(table: Table, { how, collation }: OperationOf<'rebuildTable'>): Table {
  const { collation: own, compressed: _compressed, compact: _compact, ...rest } = table;
  if (!/^CONVERT\b/i.test(how)) return own === undefined ? rest : { ...rest, collation: own };
  const columns = [...table.columns.values()].map(({ type, ...column }): [string, Column] => {
    const { collation: _own, ...plain } = type ?? { name: '', arguments: [] };
    return [column.name, type ? { ...column, type: plain } : column];
  });
  return { ...rest, columns: new Map(columns), ...(collation === undefined ? {} : { collation }) };
}

/** In SQL Server a default is a constraint. One whose name is not known may be that of any column. */
function withoutDefault(table: Table, name: string | undefined): Table {
  if (name === undefined) return { ...table, defaultsDropped: true };
  const column = [...table.columns.values()].find((each) => isSameName(each.defaultName, name));
  if (!column)
    return table.constraints.some((each) => isSameName(each.name, name)) ? table : { ...table, defaultsDropped: true };
  const { default: _default, defaultName: _name, ...rest } = column;
  return withColumn(table, rest);
}

/** Names of constraints differ by more than their case. */
function isSameName(one: string | undefined, other: string | undefined): boolean {
  return one !== undefined && one.toLowerCase() === other?.toLowerCase();
}

function withColumn(table: Table, column: Column): Table {
  return { ...table, columns: new Map(table.columns).set(column.name, column) };
}

function withoutColumn(table: Table, name: string): Table {
  const columns = new Map(table.columns);
  columns.delete(name);
  return { ...table, columns };
}

function renamedColumn(table: Table, column: Column, to: string): Table {
  const rename = (name: string) => (name === column.name ? to : name);
  return {
    ...withRenamedReads(inItsPlace(table, column, to), rename),
    ...(table.partitionKey ? { partitionKey: table.partitionKey.map(rename) } : {}),
    ...(table.policies ? { policies: table.policies.map((each) => renamedPolicy(each, rename)) } : {}),
    indexes: table.indexes.map((index) => ({
      ...index,
      columns: index.columns.map(rename),
      ...(index.prefixes ? { prefixes: renamedKeys(index.prefixes, rename) } : {}),
      ...(index.reads ? { reads: index.reads.map(rename) } : {}),
      ...(index.includes ? { includes: index.includes.map(rename) } : {}),
    })),
    constraints: table.constraints.map((constraint) =>
      constraint.kind === 'unique' || constraint.kind === 'primaryKey' || constraint.kind === 'foreignKey'
        ? {
            ...constraint,
            columns: constraint.columns.map(rename),
            ...('prefixes' in constraint && constraint.prefixes
              ? { prefixes: renamedKeys(constraint.prefixes, rename) }
              : {}),
          }
        : constraint,
    ),
  };
}

function renamedPolicy(policy: Policy, rename: (name: string) => string): Policy {
  return policy.reads ? { ...policy, reads: policy.reads.map(rename) } : policy;
}

/** The order of the columns stays. */
function inItsPlace(table: Table, column: Column, to: string): Table {
  const columns = [...table.columns].map(([name, each]): [string, Column] =>
    name === column.name ? [to, { ...column, name: to }] : [name, each],
  );
  return { ...table, columns: new Map(columns) };
}

function withRenamedReads(table: Table, rename: (name: string) => string): Table {
  const columns = [...table.columns].map(
    ([name, column]) => [name, column.reads ? { ...column, reads: column.reads.map(rename) } : column] as const,
  );
  return { ...table, columns: new Map(columns) };
}

function renamedKeys(prefixes: Prefixes, rename: (name: string) => string): Prefixes {
  return Object.fromEntries(Object.entries(prefixes).map(([name, length]) => [rename(name), length]));
}

function validated(constraint: Constraint, name: string, table: Name): Constraint {
  return isNameOf(name, constraint, table) && 'validated' in constraint
    ? { ...constraint, validated: true }
    : constraint;
}

function namesColumn(constraint: Constraint, column: string): boolean {
  if (constraint.kind === 'check') return constraint.expression.columns.includes(column);
  return constraint.columns.includes(column);
}

function alteredColumn(column: Column, operation: OperationOf<'alterColumn'>): Column {
  const altered: Column = { ...column };
  if (operation.type) altered.type = operation.type;
  if (operation.nullable !== undefined) altered.nullable = operation.nullable;
  if (operation.default !== undefined) delete altered.defaultName;
  if (operation.default === 'none') delete altered.default;
  else if (operation.default) altered.default = operation.default;
  if (operation.defaultName !== undefined) altered.defaultName = operation.defaultName;
  if (operation.generated === 'none' || isUncounted(column, operation)) {
    delete altered.generated;
    delete altered.reads;
    delete altered.calls;
  } else if (operation.generated) altered.generated = operation.generated;
  return saysEverything(operation) ? withAttributes(altered, operation) : altered;
}

function withAttributes(column: Column, { onUpdate, comment, reads }: OperationOf<'alterColumn'>): Column {
  const { onUpdate: _onUpdate, comment: _comment, reads: _reads, ...rest } = column;
  return {
    ...rest,
    ...(onUpdate === undefined ? {} : { onUpdate }),
    ...(comment === undefined ? {} : { comment }),
    ...(reads ? { reads } : {}),
  };
}

/** The default of a serial column, which goes by itself; an identity would refuse it. */
function isUncounted({ generated }: Column, operation: OperationOf<'alterColumn'>): boolean {
  return generated === 'identity' && operation.default === 'none' && !operation.restated;
}
