/** CREATE TABLE in its shapes. */
import type { CreateStmt, CreateTableAsStmt, PartitionSpec } from 'libpg-query';
import { columnOf, constraintOf, withTableConstraints } from './column.ts';
import { nameOf, stringsOf } from './names.ts';
import { readQuery } from './query.ts';
import type { Effect, Statement, StatementReaders } from './statement.ts';
import { markPersistence, tableFromQuery, type CreateTable } from './table-from-query.ts';
import { queryOfView } from './view-query.ts';

/** Readers of the statements that create tables. */
export const createTableReaders: StatementReaders = {
  CreateStmt: readCreateTable,
  CreateForeignTableStmt: (body, statement) =>
    body.base ? readCreateTable(body.base, statement) : [{ kind: 'opaque', reason: 'a foreign table without a name' }],
  CreateTableAsStmt: readCreateTableAs,
};

function readCreateTable(body: CreateStmt, statement: Statement): Effect[] {
  const table = nameOf(body.relation);
  const created: CreateTable = { kind: 'createTable', table, columns: [], constraints: [], indexes: [] };
  for (const node of body.tableElts ?? []) {
    if ('ColumnDef' in node) created.columns.push(columnOf(node.ColumnDef, body.relation?.relname ?? '', statement));
    else if ('TableLikeClause' in node) created.from = 'like';
    else if ('Constraint' in node) {
      const constraint = constraintOf(node.Constraint, statement);
      if (constraint) created.constraints.push(constraint);
    }
  }
  created.columns = withTableConstraints(created.columns, created.constraints);
  if (body.if_not_exists) created.ifNotExists = true;
  markPersistence(created, body.relation);
  if (body.partspec) {
    created.partitioned = true;
    created.partitionKey = partitionKeyOf(body.partspec);
  }
  const [parent] = body.inhRelations ?? [];
  if (body.partbound && parent && 'RangeVar' in parent) created.partitionOf = nameOf(parent.RangeVar);
  else if (parent) created.inherits = true;
  if (created.partitionOf !== undefined && body.partbound?.is_default) created.holdsRest = true;
  return [created];
}

function partitionKeyOf({ partParams = [] }: PartitionSpec): string[] {
  return partParams.map((node) => ('PartitionElem' in node ? (node.PartitionElem.name ?? '(…)') : '(…)'));
}

function readCreateTableAs(body: CreateTableAsStmt, statement: Statement): Effect[] {
  if (body.objtype !== 'OBJECT_MATVIEW') {
    const inner = body.query ? readQuery(body.query, statement).filter(({ kind }) => kind !== 'noEffect') : [];
    return [...inner, tableFromQuery(body.into, body.if_not_exists)];
  }
  const created: Extract<Effect, { kind: 'createObject' }> = {
    kind: 'createObject',
    object: 'materialized view',
    name: nameOf(body.into?.rel),
    ...queryOfView(body.query, stringsOf(body.into?.colNames)),
  };
  if (body.into?.skipData && created.query) created.query.unfilled = true;
  return [body.if_not_exists ? { ...created, ifNotExists: true } : created];
}
