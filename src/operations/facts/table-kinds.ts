/** What the databases refuse on tables that are not like the others. */
import type { Column } from '../column.ts';
import type { Operation } from '../operation.ts';
import type { TableKind } from '../schema-operation.ts';

/** `error` is the number of SQL Server, or what SQLite says; `of` completes "it is …". */
export type Refusal = { error?: string; of: string };

/** Undefined where the table takes the statement. */
export function refusalOf(operation: Operation, kinds: readonly TableKind[]): Refusal | undefined {
  for (const kind of kinds) {
    const refusal = refusals[kind]?.(operation);
    if (refusal) return refusal;
  }
  return undefined;
}

/** Of the table in which the versions of another one are kept: https://learn.microsoft.com/sql/relational-databases/tables/temporal-table-considerations-and-limitations */
export function historyRefusal({ kind }: Operation): Refusal | undefined {
  const error = historyErrors[kind];
  return error === undefined ? undefined : { error, of: 'the history of a table whose versions are kept' };
}

const historyErrors: Partial<Record<Operation['kind'], string>> = {
  dropTable: '13552',
  truncateTable: '13545',
  insertRows: '13559',
  deleteRows: '13560',
  updateRows: '13561',
};

const refusals: Partial<Record<TableKind, (operation: Operation) => Refusal | undefined>> = {
  versioned: refuseVersioned,
  'in memory': refuseInMemory,
  captured: refuseCaptured,
  strict: refuseStrict,
  'without rowid': refuseWithoutRowid,
  virtual: refuseVirtual,
};

/** https://learn.microsoft.com/sql/relational-databases/tables/changing-the-schema-of-a-system-versioned-temporal-table */
function refuseVersioned(operation: Operation): Refusal | undefined {
  const of = 'a table whose versions are kept (`SYSTEM_VERSIONING = ON`)';
  if (operation.kind === 'dropTable') return { error: '13552', of };
  if (operation.kind === 'truncateTable') return { error: '13545', of };
  if (operation.kind !== 'addColumn') return undefined;
  const { generated } = operation.column;
  return generated === 'stored' || generated === 'virtual' || generated === 'identity' ? { of } : undefined;
}

/** https://learn.microsoft.com/sql/relational-databases/in-memory-oltp/altering-memory-optimized-tables */
function refuseInMemory(operation: Operation): Refusal | undefined {
  const of = 'a table in memory (`MEMORY_OPTIMIZED = ON`)';
  if (operation.kind === 'truncateTable' || operation.kind === 'rebuildIndex') return { error: '10794', of };
  const isIndex = operation.kind === 'createIndex' || operation.kind === 'dropIndex';
  return isIndex && !operation.inTable ? { error: '10794', of } : undefined;
}

/** https://learn.microsoft.com/sql/t-sql/statements/truncate-table-transact-sql#restrictions, https://learn.microsoft.com/sql/relational-databases/track-changes/about-change-data-capture-sql-server */
function refuseCaptured({ kind }: Operation): Refusal | undefined {
  const of = 'a table that change data capture follows';
  if (kind === 'truncateTable') return { error: '4711', of };
  return kind === 'renameColumn' ? { error: '4928', of } : undefined;
}

/** https://www.sqlite.org/stricttables.html */
function refuseStrict(operation: Operation): Refusal | undefined {
  const columns = operation.kind === 'createTable' ? operation.columns : [];
  const added = operation.kind === 'addColumn' ? [operation.column] : columns;
  const wrong = added.find((column) => !isStrict(column));
  if (!wrong || !('table' in operation)) return undefined;
  const at = `${operation.table ?? ''}.${wrong.name}`;
  return { error: wrong.type ? `unknown datatype for ${at}` : `missing datatype for ${at}`, of: 'a `STRICT` table' };
}

function isStrict({ type }: Column): boolean {
  return type !== undefined && type.arguments.length === 0 && strictTypes.has(type.name.toLowerCase());
}

const strictTypes = new Set(['int', 'integer', 'real', 'text', 'blob', 'any']);

/** https://www.sqlite.org/withoutrowid.html */
function refuseWithoutRowid(operation: Operation): Refusal | undefined {
  if (operation.kind !== 'createTable') return undefined;
  const { table, columns, constraints } = operation;
  const of = 'a table `WITHOUT ROWID`';
  if (columns.some(({ autoincrement }) => autoincrement))
    return { error: 'AUTOINCREMENT not allowed on WITHOUT ROWID tables', of };
  const all = [...constraints, ...columns.flatMap((column) => column.constraints)];
  return all.some(({ kind }) => kind === 'primaryKey')
    ? undefined
    : { error: `PRIMARY KEY missing on table ${table}`, of };
}

/** https://www.sqlite.org/vtab.html#introduction */
function refuseVirtual({ kind }: Operation): Refusal | undefined {
  const error = virtualErrors[kind];
  return error === undefined ? undefined : { error, of: 'a virtual table' };
}

const virtualErrors: Partial<Record<Operation['kind'], string>> = {
  addColumn: 'virtual tables may not be altered',
  dropColumn: 'cannot drop column from virtual table',
  renameColumn: 'cannot rename columns of virtual table',
  createIndex: 'virtual tables may not be indexed',
};
