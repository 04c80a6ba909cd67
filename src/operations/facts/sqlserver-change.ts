/** What SQL Server does to a table for each kind of change, under which lock, and where `ONLINE = ON` lets the others go on. */
import { isAtLeast } from '../migration.ts';
import type { Column } from '../column.ts';
import type { Operation, OperationOf } from '../operation.ts';
import type { Table } from '../table.ts';
import { isSameType, typeChange } from './type-change.ts';

/**
 * `lock` is held until the statement is done, in a transaction until that ends: Sch-M lets nobody near, S keeps writers out.
 * `work` is what is done under it: in the catalog alone, or every row is read or written. `online` is the version from which
 * `ONLINE = ON` does the work without it, in the editions that have it.
 */
type Fact = {
  lock: 'Sch-M' | 'S';
  work: 'catalog' | 'reads' | 'writes';
  online?: string;
  sources: readonly string[];
};

const alterTable = 'https://learn.microsoft.com/sql/t-sql/statements/alter-table-transact-sql';
const createIndex = 'https://learn.microsoft.com/sql/t-sql/statements/create-index-transact-sql';
const alterIndex = 'https://learn.microsoft.com/sql/t-sql/statements/alter-index-transact-sql';
const dropIndex = 'https://learn.microsoft.com/sql/t-sql/statements/drop-index-transact-sql';
const columnAdded = [
  `${alterTable}#add-not-null-columns-as-an-online-operation`,
  `${alterTable}#locks-and-alter-table`,
];
const columnAltered = [`${alterTable}#with--online--on--off-as-applies-to-altering-a-column`, `${alterTable}#remarks`];
const constraintAdded = [`${alterTable}#with-check--with-nocheck`, `${alterTable}#locks-and-alter-table`];
/** A foreign key takes Sch-M on both of its tables. */
const bothTables = 'https://michaeljswart.com/2026/05/deadlock-trouble/';
/** A length that grows, one that is cut and a NULL that is forbidden, told apart. */
const lengths = 'https://learn.microsoft.com/answers/questions/1049402/alter-column';

/** The facts, by what changes. */
export const sqlserverFacts = {
  'column added': { lock: 'Sch-M', work: 'catalog', sources: columnAdded },
  'filled column added': { lock: 'Sch-M', work: 'writes', sources: columnAdded },
  'column dropped': { lock: 'Sch-M', work: 'catalog', sources: [`${alterTable}#column-column_name`] },
  'type changed': { lock: 'Sch-M', work: 'writes', online: '2016', sources: columnAltered },
  'length grown': { lock: 'Sch-M', work: 'catalog', sources: [...columnAltered, lengths] },
  'length cut': { lock: 'Sch-M', work: 'reads', online: '2016', sources: [...columnAltered, lengths] },
  'made required': { lock: 'Sch-M', work: 'reads', online: '2016', sources: [...columnAltered, lengths] },
  'made nullable': { lock: 'Sch-M', work: 'catalog', sources: columnAltered },
  'index added': { lock: 'S', work: 'reads', online: '2005', sources: [`${createIndex}#online---on--off-`] },
  'clustered index added': {
    lock: 'Sch-M',
    work: 'writes',
    online: '2005',
    sources: [`${createIndex}#online---on--off-`],
  },
  'index rebuilt': {
    lock: 'Sch-M',
    work: 'writes',
    online: '2005',
    sources: [`${alterIndex}#online---on--off-as-applies-to-rebuild_index_option`],
  },
  'index dropped': { lock: 'Sch-M', work: 'catalog', sources: [dropIndex] },
  // The rows become a heap, and every other index is built anew, since it pointed to them by the key.
  'clustered index dropped': {
    lock: 'Sch-M',
    work: 'writes',
    online: '2005',
    sources: [`${dropIndex}#online---on--off-`],
  },
  'unique key added': {
    lock: 'Sch-M',
    work: 'reads',
    online: '2005',
    sources: [
      `${alterTable}#locks-and-alter-table`,
      'https://learn.microsoft.com/sql/t-sql/statements/alter-table-table-constraint-transact-sql',
    ],
  },
  'clustered key added': {
    lock: 'Sch-M',
    work: 'writes',
    online: '2005',
    sources: ['https://learn.microsoft.com/sql/t-sql/statements/alter-table-table-constraint-transact-sql'],
  },
  'constraint added': { lock: 'Sch-M', work: 'reads', sources: [...constraintAdded, bothTables] },
  'constraint added unchecked': { lock: 'Sch-M', work: 'catalog', sources: [...constraintAdded, bothTables] },
  'constraint checked': { lock: 'Sch-M', work: 'reads', sources: constraintAdded },
  'table rebuilt': { lock: 'Sch-M', work: 'writes', online: '2008', sources: [`${alterTable}#rebuild`] },
  'something else': { lock: 'Sch-M', work: 'catalog', sources: [`${alterTable}#locks-and-alter-table`] },
} as const satisfies Record<string, Fact>;

/** What changes. */
export type SqlserverChange = keyof typeof sqlserverFacts;

/** How SQL Server makes the change; `online` where it was asked to let the others go on, and can. */
export type SqlserverWork = Pick<Fact, 'lock' | 'work'> & {
  change: SqlserverChange;
  canBeOnline: boolean;
  online: boolean;
};

/** What an operation does to its table, which is as `table` says before it; undefined for those that touch none. */
export function sqlserverWork(
  operation: Operation,
  table: Table | undefined,
  version: string | undefined,
): SqlserverWork | undefined {
  const change = changeOf(operation, table);
  if (!change) return undefined;
  const { lock, work, online }: Fact = sqlserverFacts[change];
  const canBeOnline = online !== undefined && isAtLeast(yearOf(version), online) && !neverOnline(operation, version);
  return { change, lock, work, canBeOnline, online: canBeOnline && operation.online?.online === true };
}

/** The editions in which `ONLINE = ON` and columns that are filled at once are to be had: https://learn.microsoft.com/sql/sql-server/editions-and-components-of-sql-server-2022#rdbms-high-availability */
export const onlineEditions = 'Enterprise, Developer, Azure SQL';

function changeOf(operation: Operation, table: Table | undefined): SqlserverChange | undefined {
  switch (operation.kind) {
    case 'addColumn':
      return fillsRows(operation.column) ? 'filled column added' : 'column added';
    case 'dropColumn':
      return 'column dropped';
    case 'alterColumn':
      return alterationOf(operation, table);
    case 'createIndex':
      return isClustered(operation.index.method) ? 'clustered index added' : 'index added';
    case 'rebuildIndex':
      return 'index rebuilt';
    case 'dropIndex': {
      const known = table?.indexes.find(({ name }) => name === operation.name);
      return isClustered(known?.method) ? 'clustered index dropped' : 'index dropped';
    }
    case 'addConstraint':
      return additionOf(operation);
    case 'dropConstraint': {
      const known = table?.constraints.find(({ name }) => name !== undefined && name === operation.name);
      return known && isClusteredKey(known, table) ? 'clustered index dropped' : 'something else';
    }
    case 'validateConstraint':
      return 'constraint checked';
    case 'rebuildTable':
      return 'table rebuilt';
    case 'alterTable':
      return operation.change === 'extended property' ? undefined : 'something else';
    case 'alterPartition':
    case 'dropTable':
    case 'renameColumn':
    case 'renameTable':
    case 'truncateTable':
      return 'something else';
  }
  return undefined;
}

/** Rows that exist get a value: a column that must have one, one WITH VALUES, a number, and what is computed and kept. */
export function fillsRows(column: Column): boolean {
  if (column.generated !== undefined) return column.generated !== 'virtual';
  return column.default !== undefined && (!column.nullable || column.withValues === true);
}

function alterationOf(
  { column, type, nullable, generated }: OperationOf<'alterColumn'>,
  table: Table | undefined,
): SqlserverChange {
  const old = table?.columns.get(column);
  if (generated === 'stored') return 'type changed';
  if (!type) return 'something else';
  if (!old?.type) return 'type changed';
  const kind = typeChange(old.type, type, 'sqlserver', undefined).kind;
  if (kind === 'rewrites') return 'type changed';
  if (kind === 'reads') return 'length cut';
  if (nullable === false && old.nullable) return 'made required';
  if (!isSameType(old.type, type)) return 'length grown';
  return nullable === true && !old.nullable ? 'made nullable' : 'something else';
}

function additionOf({ constraint }: OperationOf<'addConstraint'>): SqlserverChange {
  if (constraint.kind === 'primaryKey')
    return constraint.clustered === false ? 'unique key added' : 'clustered key added';
  if (constraint.kind === 'unique') return constraint.clustered === true ? 'clustered key added' : 'unique key added';
  return 'validated' in constraint && !constraint.validated ? 'constraint added unchecked' : 'constraint added';
}

function isClustered(method: string | undefined): boolean {
  return method?.split(' ').includes('clustered') ?? false;
}

/** A primary key orders the rows unless it is said otherwise, or something else does already. */
function isClusteredKey(constraint: Table['constraints'][number], table: Table | undefined): boolean {
  if (constraint.kind === 'unique') return constraint.clustered === true;
  if (constraint.kind !== 'primaryKey' || constraint.clustered === false) return false;
  return constraint.clustered === true || !table?.indexes.some(({ method }) => isClustered(method));
}

/** XML, spatial and full-text indexes never; those by columns since 2017, and 2019 where they are the table: https://learn.microsoft.com/sql/relational-databases/indexes/guidelines-for-online-index-operations */
function neverOnline(operation: Operation, version: string | undefined): boolean {
  if (operation.kind !== 'createIndex') return false;
  const words = operation.index.method?.split(' ') ?? [];
  if (words.some((word) => /^(xml|spatial|fulltext|json|vector)$/.test(word))) return true;
  if (!words.includes('columnstore')) return false;
  return !isAtLeast(yearOf(version), words.includes('clustered') ? '2019' : '2017');
}

/** Versions go by years and by numbers; the newest is assumed where none is configured, for all that are supported know what is asked of it here. */
function yearOf(version: string | undefined): string {
  if (version === undefined) return '2022';
  const major = version.split('.')[0] ?? '';
  return years[major] ?? major;
}

const years: Partial<Record<string, string>> = {
  10: '2008',
  11: '2012',
  12: '2014',
  13: '2016',
  14: '2017',
  15: '2019',
  16: '2022',
  17: '2025',
};
