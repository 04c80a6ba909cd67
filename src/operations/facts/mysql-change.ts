/** Tells what an operation changes, in the words of the facts about MySQL and MariaDB. */
import { isAtLeast } from '../migration.ts';
import { isConstant, type Column, type Constraint, type Expression } from '../column.ts';
import type { Operation, OperationOf } from '../operation.ts';
import type { Table } from '../table.ts';
import {
  algorithms,
  assumedVersions,
  findWay,
  type MysqlChange,
  type MysqlDatabase,
  type Way,
} from './mysql-online-ddl.ts';
import { mysqlTypeChange } from './mysql-type-change.ts';

/** What is known where the operation runs. `beside` are the other operations of its statement. */
export type Ground = {
  database: MysqlDatabase;
  version: string | undefined;
  /** The table as it is before the statement; absent where nothing is known of it. */
  table: Table | undefined;
  beside: readonly Operation[];
  foreignKeyChecks: boolean;
};

/** One change and how it is made. `unless` says what would make it none, or a smaller one, where that is not known. */
export type OnlineChange = Way & { change: MysqlChange; unless?: string };

/** What the operation changes of its table and how; empty where nothing is known to cost anything. */
export function onlineChanges(operation: Operation, ground: Ground): OnlineChange[] {
  return changesOf(operation, ground).map((each) => {
    const way = wayOnTable(each.change, ground);
    return { ...way, ...each };
  });
}

/** The worst of several changes of one statement, which are made together. */
export function worstOf(changes: readonly OnlineChange[], database: MysqlDatabase): OnlineChange | undefined {
  const [worst] = changes.toSorted((one, other) => rank(one) - rank(other));
  if (!worst || database !== 'mysql' || worst.algorithm !== 'in place') return worst;
  // Columns come and go at once only where all else in the statement does: https://dev.mysql.com/doc/refman/8.4/en/innodb-online-ddl-operations.html#online-ddl-column-operations
  const column = changes.find(({ change }) => inDictionary.has(change));
  return column ? { ...column, algorithm: 'rebuild', writes: worst.writes } : worst;
}

const inDictionary: ReadonlySet<MysqlChange> = new Set(['column added', 'column added in between', 'column dropped']);

function rank({ algorithm, writes, unless }: OnlineChange): number {
  return algorithms.indexOf(algorithm) * 4 + (writes ? 2 : 0) + (unless === undefined ? 0 : 1);
}

/** Full-text and spatial indexes and compressed rows stand in the way: https://dev.mysql.com/doc/refman/8.4/en/innodb-online-ddl-limitations.html and #online-ddl-column-operations. */
function wayOnTable(change: MysqlChange, { database, version, table }: Ground): Way {
  const way = findWay(change, database, version);
  const methods = new Set(table?.indexes.map(({ method }) => method?.toLowerCase()));
  const isFullText = methods.has('fulltext');
  const notAtOnce = isFullText || table?.compressed === true;
  const needed: Way =
    way.algorithm === 'instant' && inDictionary.has(change) && notAtOnce ? { algorithm: 'rebuild', writes: true } : way;
  if (needed.algorithm !== 'rebuild') return needed;
  if (isFullText && change === 'table rebuilt' && database === 'mysql') return { algorithm: 'copy', writes: false };
  return isFullText || methods.has('spatial') ? { ...needed, writes: false } : needed;
}

type Change = { change: MysqlChange; unless?: string };

function changesOf(operation: Operation, ground: Ground): Change[] {
  switch (operation.kind) {
    case 'addColumn':
      return addedColumn(operation.column, ground);
    case 'dropColumn':
      return [{ change: isIndexed(operation.column, ground.table) ? 'indexed column dropped' : 'column dropped' }];
    case 'renameColumn':
      return [{ change: 'column renamed' }];
    case 'alterColumn':
      return alteredColumn(operation, ground);
    case 'addConstraint':
      return addedConstraint(operation.constraint, ground);
    case 'validateConstraint':
      return [{ change: 'check added' }];
    case 'dropConstraint':
      return droppedConstraint(operation, ground);
    case 'createIndex':
      return addedIndex(operation.index.method?.toLowerCase());
    case 'dropIndex':
      return [{ change: 'index dropped' }];
    case 'rebuildTable':
      return [rebuiltTable(operation.how)];
    case 'alterPartition':
      if (operation.action === 'repartition') return [{ change: 'partitioned anew' }];
      return operation.action === 'reorganize' ? [{ change: 'partitions reorganized' }] : [];
  }
  return [];
}

function addedColumn(column: Column, ground: Ground): Change[] {
  const constraints = column.constraints.flatMap((constraint) => addedConstraint(constraint, ground));
  return [columnAdded(column, ground.database), ...constraints];
}

function columnAdded({ generated, default: value, position }: Column, database: MysqlDatabase): Change {
  if (generated === 'identity') return { change: 'numbered column added' };
  if (generated === 'stored') return { change: 'stored column added' };
  if (generated === 'virtual') return { change: 'virtual column added' };
  if (value && isExpressionDefault(value, database)) return { change: 'column with an expression added' };
  if (position === 'first') return { change: 'column added in between' };
  if (position) return { change: 'column added in between', unless: 'it comes after the last column' };
  return { change: 'column added' };
}

/**
 * True for a default that is worked out. The current time is a literal to both databases, but not in parentheses to MySQL:
 * https://dev.mysql.com/doc/refman/8.4/en/data-type-defaults.html#data-type-defaults-explicit
 */
export function isExpressionDefault(value: Expression, database: MysqlDatabase): boolean {
  const isBare = database === 'mariadb' || !value.sql.trimStart().startsWith('(');
  const isNow = isBare && value.functions.every((name) => now.has(name)) && value.columns.length === 0;
  return value.known && !isConstant(value) && !isNow;
}

const now: ReadonlySet<string> = new Set(['current_timestamp', 'now', 'localtime', 'localtimestamp']);

function isIndexed(column: string, table: Table | undefined): boolean {
  const keys = table?.constraints.flatMap((each) => (each.kind === 'check' ? [] : each.columns)) ?? [];
  return keys.includes(column) || table?.indexes.some(({ columns }) => columns.includes(column)) === true;
}

function alteredColumn(operation: OperationOf<'alterColumn'>, ground: Ground): Change[] {
  const old = ground.table?.columns.get(operation.column);
  const { database, version } = ground;
  const changes: Change[] = [];
  const type =
    operation.type &&
    mysqlTypeChange(
      withCollation(old?.type, ground.table),
      withCollation(operation.type, ground.table),
      database,
      version,
    );
  if (type) changes.push(type);
  // A column of the primary key stays required, said or not.
  if (old && operation.nullable === true && !old.nullable && !isPrimary(operation.column, ground.table))
    changes.push({ change: 'made nullable' });
  if (old && operation.nullable === false && old.nullable) changes.push({ change: 'made required' });
  if (operation.position) changes.push({ change: 'column moved', unless: 'the column stands there already' });
  if (old && operation.generated === 'identity' && old.generated !== 'identity')
    changes.push({ change: 'numbering begun' });
  if (!operation.restated && operation.default !== undefined) changes.push({ change: 'default changed' });
  return changes;
}

function isPrimary(column: string, table: Table | undefined): boolean {
  const key = table?.constraints.find(({ kind }) => kind === 'primaryKey');
  return key?.kind === 'primaryKey' && key.columns.includes(column);
}

/** A column that says no collation has that of its table. */
export function withCollation<Type extends { collation?: string } | undefined>(
  type: Type,
  table: Table | undefined,
): Type {
  if (type === undefined || type.collation !== undefined || table?.collation === undefined) return type;
  return { ...type, collation: table.collation };
}

function addedConstraint(constraint: Constraint, { database, version, foreignKeyChecks }: Ground): Change[] {
  switch (constraint.kind) {
    case 'primaryKey':
      return [{ change: 'primary key added' }];
    case 'unique':
      return [{ change: 'index added' }];
    case 'foreignKey':
      return [{ change: foreignKeyChecks ? 'foreign key added' : 'foreign key added unchecked' }];
    case 'check':
      return constraint.validated && checksAreKept(database, version) ? [{ change: 'check added' }] : [];
  }
  return [];
}

/** CHECK is read and ignored before: https://dev.mysql.com/doc/refman/8.0/en/create-table-check-constraints.html, https://mariadb.com/kb/en/constraint/#check-constraints. */
export function checksAreKept(database: MysqlDatabase, version: string | undefined): boolean {
  return isAtLeast(version ?? assumedVersions[database], database === 'mysql' ? '8.0.16' : '10.2.1');
}

function droppedConstraint({ constraint, name }: OperationOf<'dropConstraint'>, { table, beside }: Ground): Change[] {
  const kind = constraint ?? table?.constraints.find((each) => each.name !== undefined && each.name === name)?.kind;
  if (kind === 'foreignKey') return [{ change: 'foreign key dropped' }];
  if (kind === 'unique') return [{ change: 'index dropped' }];
  if (kind !== 'primaryKey') return [];
  // With a new one in the same statement, its addition is what costs.
  const isReplaced = beside.some((each) => each.kind === 'addConstraint' && each.constraint.kind === 'primaryKey');
  return isReplaced ? [] : [{ change: 'primary key dropped' }];
}

function addedIndex(method: string | undefined): Change[] {
  if (method === 'vector') return [];
  if (method === 'fulltext') return [{ change: 'full-text index added' }];
  return [{ change: method === 'spatial' ? 'spatial index added' : 'index added' }];
}

/** `how` is the option as it is written. */
function rebuiltTable(how: string): Change {
  const [word = ''] = how.toUpperCase().split(/\s+/);
  if (word === 'CONVERT') return { change: 'character set converted' };
  const engine = engineOf(how);
  if (engine !== undefined && engine !== 'innodb') return { change: 'engine changed' };
  return { change: word === 'ORDER' ? 'rows ordered' : 'table rebuilt' };
}

/** The engine that an option names, in lower case. */
export function engineOf(how: string): string | undefined {
  return /^(?:ENGINE|TYPE)\s*=?\s*['"]?(\w+)/i.exec(how)?.[1]?.toLowerCase();
}
