/** What one statement of SQLite does: from its syntax tree to one effect. */
import type {
  AlterTableStmt,
  CreateIndexStmt,
  CreateTableStmt,
  InsertStmt,
  QualifiedName,
  Select,
  Stmt,
  UpdateStmt,
} from 'sqlite3-parser';
import type { Index } from '../../../operations/column.ts';
import type { Assigned } from '../../../operations/operation.ts';
import type { Effect } from '../effect.ts';
import { assigned } from '../said-again.ts';
import { builtInFunctions } from './built-in-functions.ts';
import { kindsOf, readColumn, readColumns } from './read-column.ts';
import { readTableConstraint } from './read-constraint.ts';
import { calledFunctions, isConstantlyTrue, readExpression } from './read-expression.ts';
import { indexedColumn } from './indexed-column.ts';
import { readPragma } from './read-pragma.ts';
import { queryOfTrigger } from './trigger-query.ts';
import { queryOfView } from './view-query.ts';

/** The effect of a statement; `text` is what it was parsed from. */
export function readStatement(statement: Stmt, text: string): Effect {
  switch (statement.type) {
    case 'CreateTableStmt':
      return readCreateTable(statement, text);
    case 'CreateVirtualTableStmt':
      return { ...createTable(statement.tblName, statement.ifNotExists), kinds: ['virtual'] };
    case 'AlterTableStmt':
      return readAlterTable(statement, text);
    case 'DropTableStmt':
      return {
        kind: 'dropTable',
        table: nameOf(statement.tblName),
        ...ifExists(statement.ifExists),
        ...temporary(statement.tblName, false),
      };
    case 'CreateIndexStmt':
      return readCreateIndex(statement, text);
    case 'DropIndexStmt':
      return { kind: 'dropIndex', name: nameOf(statement.idxName), ...ifExists(statement.ifExists) };
    case 'ReindexStmt':
      return { kind: 'rebuildIndex', ...(statement.objName ? { name: nameOf(statement.objName) } : {}) };
    case 'CreateTriggerStmt':
      return {
        kind: 'createObject',
        object: 'trigger',
        name: nameOf(statement.triggerName),
        table: nameOf(statement.tblName),
        ...ifNotExists(statement.ifNotExists),
        query: queryOfTrigger(statement, nameOf),
      };
    case 'CreateViewStmt':
      return {
        kind: 'createObject',
        object: 'view',
        name: nameOf(statement.viewName),
        ...ifNotExists(statement.ifNotExists),
        query: queryOfView(statement.select, nameOf),
      };
    case 'DropTriggerStmt':
      return {
        kind: 'dropObject',
        object: 'trigger',
        name: nameOf(statement.triggerName),
        ...ifExists(statement.ifExists),
      };
    case 'DropViewStmt':
      return { kind: 'dropObject', object: 'view', name: nameOf(statement.viewName), ...ifExists(statement.ifExists) };
    case 'InsertStmt':
      return readInsert(statement);
    case 'UpdateStmt':
      return {
        kind: 'updateRows',
        table: nameOf(statement.tblName),
        columns: statement.sets.flatMap((set) => set.colNames.map((name) => name.text)),
        filtered: statement.whereClause !== undefined && !isConstantlyTrue(statement.whereClause),
        ...(statement.limit ? { limited: true } : {}),
        ...assignedBy(statement, text),
      };
    case 'DeleteStmt':
      return {
        kind: 'deleteRows',
        table: nameOf(statement.tblName),
        filtered: statement.whereClause !== undefined && !isConstantlyTrue(statement.whereClause),
        ...(statement.limit ? { limited: true } : {}),
      };
    case 'SelectStmt': {
      const own = calledFunctions(statement).filter((name) => !builtInFunctions.has(name));
      return own.length > 0 ? { kind: 'runCode', code: text } : { kind: 'noEffect', what: 'SELECT' };
    }
    case 'PragmaStmt':
      return readPragma(statement, text);
    case 'BeginStmt':
      return { kind: 'begin' };
    case 'CommitStmt':
      return { kind: 'commit' };
    case 'RollbackStmt':
      return statement.savepointName ? { kind: 'noEffect', what: 'ROLLBACK TO SAVEPOINT' } : { kind: 'rollback' };
    case 'SavepointStmt':
      return { kind: 'noEffect', what: 'SAVEPOINT' };
    case 'ReleaseStmt':
      return { kind: 'noEffect', what: 'RELEASE SAVEPOINT' };
    case 'VacuumStmt':
      // VACUUM writes every table of one database file anew; SQLite's own name for that file stands in for the table.
      return statement.into
        ? { kind: 'noEffect', what: 'VACUUM INTO' }
        : { kind: 'rebuildTable', table: statement.dbName?.text ?? 'main', how: 'VACUUM' };
    case 'AnalyzeStmt':
      return { kind: 'noEffect', what: 'ANALYZE' };
    case 'AttachStmt':
      return { kind: 'noEffect', what: 'ATTACH' };
    case 'DetachStmt':
      return { kind: 'noEffect', what: 'DETACH' };
    case 'ExplainStmt':
      return { kind: 'noEffect', what: 'EXPLAIN' };
    default:
      return { kind: 'opaque', reason: 'this kind of statement is not known' };
  }
}

function readCreateTable(statement: CreateTableStmt, text: string): Effect {
  const { body, tblName } = statement;
  const created = createTable(tblName, statement.ifNotExists, statement.temporary);
  if (body.type === 'AsSelectCreateTableBody') return { ...created, from: 'query' };
  return {
    ...created,
    ...kindsOf(body),
    columns: readColumns(body, text),
    constraints: (body.constraints ?? []).map((constraint) => readTableConstraint(constraint, text)),
  };
}

type CreateTable = Extract<Effect, { kind: 'createTable' }>;

function createTable(name: QualifiedName, onlyIfMissing: boolean, isTemporary = false): CreateTable {
  return {
    kind: 'createTable',
    table: nameOf(name),
    columns: [],
    constraints: [],
    indexes: [],
    ...ifNotExists(onlyIfMissing),
    ...temporary(name, isTemporary),
  };
}

function readAlterTable(statement: AlterTableStmt, text: string): Effect {
  const table = nameOf(statement.tblName);
  const { body } = statement;
  switch (body.type) {
    case 'AddColumnAlterTableBody':
      return { kind: 'addColumn', table, column: readColumn(body.column, text) };
    case 'DropColumnAlterTableBody':
      return { kind: 'dropColumn', table, column: body.column.text };
    case 'RenameColumnAlterTableBody':
      return { kind: 'renameColumn', table, column: body.old.text, to: body.new.text };
    case 'RenameToAlterTableBody':
      return { kind: 'renameTable', table, to: body.name.text };
    case 'SetColumnNotNullAlterTableBody':
      return { kind: 'alterColumn', table, column: body.column.text, nullable: false };
    case 'DropColumnNotNullAlterTableBody':
      return { kind: 'alterColumn', table, column: body.column.text, nullable: true };
    case 'AddConstraintAlterTableBody':
      return { kind: 'addConstraint', table, constraint: readTableConstraint(body.constraint, text) };
    case 'DropConstraintAlterTableBody':
      return { kind: 'dropConstraint', table, name: body.name.text };
    default:
      return { kind: 'opaque', reason: 'this way to alter a table is not known' };
  }
}

function readCreateIndex(statement: CreateIndexStmt, text: string): Effect {
  const index: Index = {
    name: statement.idxName.objName.text,
    columns: statement.columns.map((column) => indexedColumn(column, text)),
    ...readByIndex(statement, text),
    unique: statement.unique,
    ...(statement.whereClause ? { where: readExpression(statement.whereClause, text) } : {}),
  };
  // An index lives in the schema of its table, and only the index is written with it.
  const table = qualified(statement.idxName.dbName?.text, statement.tblName.text);
  return { kind: 'createIndex', table, index, ...ifNotExists(statement.ifNotExists) };
}

/** What its expressions read; the columns that stand as such are told by their names. */
function readByIndex(statement: CreateIndexStmt, text: string): { reads?: string[] } {
  const expressions = statement.columns.filter((column) => indexedColumn(column, text).startsWith('('));
  const reads = expressions.flatMap(({ expr }) => readExpression(expr, text).columns);
  return reads.length > 0 ? { reads: [...new Set(reads)] } : {};
}

function readInsert(statement: InsertStmt): Effect {
  const { body } = statement;
  const fromQuery = body.type === 'SelectInsertBody' && body.select.select.type !== 'SelectValues';
  return {
    kind: 'insertRows',
    table: nameOf(statement.tblName),
    source: fromQuery ? 'query' : 'values',
    ...(statement.orConflict === 'Replace' ? replaced(statement) : {}),
    ...(isIgnoring(statement) ? { ignores: true } : {}),
    ...(fromQuery && !statement.with && !body.select.with ? copied(body.select) : {}),
    ...(fromQuery && !statement.columns?.length && isStar(body.select) ? { byPosition: true } : {}),
  };
}

/** Where the columns are named, the others get their default. */
function replaced({ columns }: InsertStmt): { replaces: true; columns?: string[] } {
  return { replaces: true, ...(columns?.length ? { columns: columns.map(({ text }) => text) } : {}) };
}

function isIgnoring({ orConflict, body }: InsertStmt): boolean {
  const upsert = body.type === 'SelectInsertBody' ? body.upsert : undefined;
  return orConflict === 'Ignore' || upsert?.doClause.type === 'NothingUpsertDo';
}

/** The one table that a query reads, whole or as far as a WHERE picks. */
function copied({ select, compounds, limit }: Select): { copies?: string; picks?: string } {
  if (select.type !== 'SelectFrom' || compounds?.length || limit) return {};
  const { from, whereClause, groupBy } = select;
  if (from?.select?.type !== 'TableSelectTable' || from.joins?.length || groupBy?.length) return {};
  const table = nameOf(from.select.tblName);
  return whereClause && !isConstantlyTrue(whereClause) ? { picks: table } : { copies: table };
}

function isStar({ select }: Select): boolean {
  return select.type === 'SelectFrom' && select.columns.length === 1 && select.columns[0]?.type === 'StarResultColumn';
}

function nameOf(name: QualifiedName): string {
  return qualified(name.dbName?.text, name.objName.text);
}

/** `main` is where everything lives unless it is said otherwise; a temporary table is known by its mark. */
function qualified(database: string | undefined, name: string): string {
  if (database === undefined || /^(main|temp)$/i.test(database)) return name;
  return `${database}.${name}`;
}

function temporary(name: QualifiedName, isSaid: boolean): { temporary?: true } {
  return isSaid || name.dbName?.text.toLowerCase() === 'temp' ? { temporary: true } : {};
}

function ifExists(isSaid: boolean): { ifExists?: true } {
  return isSaid ? { ifExists: true } : {};
}

function ifNotExists(isSaid: boolean): { ifNotExists?: true } {
  return isSaid ? { ifNotExists: true } : {};
}

/** Of a statement on one table, by its own name. */
function assignedBy(statement: UpdateStmt, text: string): { assigned: Assigned } | undefined {
  const { sets, whereClause, tblName, from, with: common } = statement;
  if (tblName.alias || from || common) return undefined;
  const values = sets.map(({ colNames, expr }) => {
    const [column, ...others] = colNames;
    const { offset, length } = expr.span;
    // A subquery keeps its parentheses.
    const value = { ...readExpression(expr, text), sql: text.slice(offset, offset + length) };
    return column && others.length === 0 ? ([column.text, value] as const) : undefined;
  });
  const where = whereClause && !isConstantlyTrue(whereClause) ? readExpression(whereClause, text) : undefined;
  return assigned(values, where);
}
