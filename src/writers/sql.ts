/** Steps as statements of each database; as the standard has them where none is known. */
import type { Database } from '../operations/migration.ts';
import type { Column, Constraint, DataType, Index } from '../operations/column.ts';
import { constraintSql } from './constraint-sql.ts';
import { columnSql, columnsSql, madeUpName, printable, sameName, tableSql, typeSql } from './identifier.ts';
import type { Step } from './step.ts';

/** Rows per statement of a backfill. */
export const batchSize = 5000;

/** 5,000 locks of one statement become one on the table: https://learn.microsoft.com/sql/relational-databases/sql-server-transaction-locking-and-row-versioning-guide#lock-escalation */
const belowEscalation = 2000;

/** The statements that do the step, one after the other; undefined as of `stepSql`. PostgreSQL notes of a column what its author says of it in a statement of its own. */
export function stepStatements(step: Step, database: Database): string[] | undefined {
  const sql = stepSql(step, database);
  if (sql === undefined || step.kind !== 'addColumn' || database !== 'postgres') return sql === undefined ? sql : [sql];
  const { name, comment } = step.column;
  if (comment === undefined) return [sql];
  const column = `${tableSql(step.table, database)}.${columnSql(name, database)}`;
  return [sql, `COMMENT ON COLUMN ${column} IS ${printable(comment)};`];
}

/** The statement that does the step; undefined where the database has none or the step does not say enough. */
export function stepSql(step: Step, database: Database): string | undefined {
  if (step.kind === 'sql') return step.sql;
  if (step.kind === 'createIndex') return createIndexSql(step, database);
  if (step.kind === 'dropIndex') return dropIndexSql(step, database);
  if (step.kind === 'fillColumn') return fillSql(step, database);
  if (step.kind === 'fillNewRows' || step.kind === 'forgetTable') return undefined;
  if (step.kind === 'forgetColumn') return stepSql(optional(step), database);
  if (step.kind === 'dropTable') return `DROP TABLE ${tableSql(step.table, database)};`;
  if (database === 'sqlserver' && (step.kind === 'renameColumn' || step.kind === 'renameTable')) return renameSql(step);
  const action = alterAction(step, database);
  return action && `ALTER TABLE ${tableSql(step.table, database)} ${action};`;
}

type Of<Kind extends Step['kind']> = Extract<Step, { kind: Kind }>;
type Alteration = Exclude<
  Step,
  Of<'sql' | 'createIndex' | 'dropIndex' | 'fillColumn' | 'fillNewRows' | 'forgetColumn' | 'forgetTable' | 'dropTable'>
>;

/** The clause of ALTER TABLE that does the step. */
export function alterAction(step: Alteration, database: Database): string | undefined {
  if (database === 'sqlite' && neverInSqlite.has(step.kind)) return undefined;
  switch (step.kind) {
    case 'addColumn':
      return addColumnAction(step.column, database);
    case 'dropColumn':
      return `DROP COLUMN ${columnSql(step.column, database)}`;
    case 'alterColumn':
      return alterColumnAction(step, database);
    case 'addConstraint':
      return addConstraintAction(step.constraint, database);
    case 'dropConstraint':
      return step.name === undefined ? undefined : dropConstraintAction(step.name, step.constraint, database);
    case 'validateConstraint':
      if (database === 'sqlserver') return `WITH CHECK CHECK CONSTRAINT ${columnSql(step.name, database)}`;
      return `VALIDATE CONSTRAINT ${columnSql(step.name, database)}`;
    case 'renameColumn':
      return `RENAME COLUMN ${columnSql(step.column, database)} TO ${columnSql(step.to, database)}`;
    case 'renameTable':
      // PostgreSQL takes a bare name: the table stays in its schema.
      return `RENAME TO ${database === 'postgres' ? columnSql(step.to.slice(step.to.indexOf('.') + 1), database) : tableSql(step.to, database)}`;
  }
}

/** Of a table that stands SQLite only renames, adds and drops columns, as far as every version goes: https://www.sqlite.org/lang_altertable.html */
const neverInSqlite = new Set<Step['kind']>(['alterColumn', 'addConstraint', 'dropConstraint', 'validateConstraint']);

function addColumnAction(column: Column, database: Database): string | undefined {
  const { name, type, nullable, default: value, position } = column;
  if (!type) return undefined;
  const add = database === 'sqlserver' ? 'ADD' : 'ADD COLUMN';
  const filled = value ? ` DEFAULT ${printable(value.sql)}` : '';
  const behind = typeof position === 'object' ? ` AFTER ${columnSql(position.after, database)}` : ' FIRST';
  const more = isMysql(database) ? `${attributesSql(column)}${position ? behind : ''}` : '';
  return `${add} ${columnSql(name, database)} ${typeSql(type)}${collationSql(type, database)}${filled}${nullable ? '' : ' NOT NULL'}${more}`;
}

/** What MySQL keeps of a column behind its value. */
function attributesSql({ onUpdate, generated, comment }: Partial<Column> | Of<'alterColumn'>): string {
  const stamped = onUpdate === undefined ? '' : ` ON UPDATE ${printable(onUpdate)}`;
  const numbered = generated === 'identity' ? ' AUTO_INCREMENT' : '';
  return `${stamped}${numbered}${comment === undefined ? '' : ` COMMENT ${printable(comment)}`}`;
}

function isMysql(database: Database): boolean {
  return database === 'mysql' || database === 'mariadb';
}

function alterColumnAction(step: Of<'alterColumn'>, database: Database): string | undefined {
  const column = columnSql(step.column, database);
  const { type, using, nullable, default: value } = step;
  if (database === 'sqlserver' && value !== undefined && value !== 'none' && type === undefined)
    return `ADD CONSTRAINT ${columnSql(step.defaultName ?? madeUpName('DF', step.table, step.column), database)} DEFAULT ${printable(value.sql)} FOR ${column}`;
  if (value !== undefined && type === undefined && nullable === undefined && database !== 'sqlserver')
    return `ALTER COLUMN ${column} ${value === 'none' ? 'DROP DEFAULT' : `SET DEFAULT ${printable(value.sql)}`}`;
  if (database === 'postgres') {
    const parts = [
      type &&
        `ALTER COLUMN ${column} TYPE ${typeSql(type)}${collationSql(type, database)}${using ? ` USING ${printable(using.sql)}` : ''}`,
      nullable !== undefined && `ALTER COLUMN ${column} ${nullable ? 'DROP' : 'SET'} NOT NULL`,
    ].filter((part) => typeof part === 'string');
    return parts.length > 0 ? parts.join(', ') : undefined;
  }
  if (database === 'unknown') return standardChange(column, step);
  // The others say the whole column anew.
  const whole = type ?? step.was?.type;
  if (!whole || nullable === undefined) return undefined;
  const required = nullable ? 'NULL' : 'NOT NULL';
  if (database === 'sqlserver')
    return `ALTER COLUMN ${column} ${typeSql(whole)}${collationSql(whole, database)} ${required}${step.concurrently ? onlineClause(database) : ''}`;
  const filled = value === undefined || value === 'none' ? '' : ` DEFAULT ${printable(value.sql)}`;
  return `MODIFY COLUMN ${column} ${typeSql(whole)}${collationSql(whole, database)} ${required}${filled}${attributesSql(step)}`;
}

/** One thing at a time: the standard has a single action in each ALTER TABLE, and no USING. */
function standardChange(column: string, { type, using, nullable }: Of<'alterColumn'>): string | undefined {
  if (using || (type !== undefined) === (nullable !== undefined)) return undefined;
  return `ALTER COLUMN ${column} ${type ? `SET DATA TYPE ${typeSql(type)}` : `${nullable ? 'DROP' : 'SET'} NOT NULL`}`;
}

/** A character set stands for its collation where MySQL's own name is without an underscore. */
function collationSql({ collation }: DataType, database: Database): string {
  if (collation === undefined) return '';
  if (database === 'postgres' || database === 'unknown')
    return ` COLLATE ${columnSql(collation.replace(/^pg_catalog\./, ''), database)}`;
  return ` ${collation.includes('_') ? 'COLLATE' : 'CHARACTER SET'} ${printable(collation)}`;
}

function addConstraintAction(constraint: Constraint, database: Database): string | undefined {
  const name = constraint.name === undefined ? '' : `CONSTRAINT ${columnSql(constraint.name, database)} `;
  const body = constraintSql(constraint, database);
  const unchecked = 'validated' in constraint && !constraint.validated;
  if (body === undefined) return undefined;
  if (database === 'sqlserver') return `${unchecked ? 'WITH NOCHECK ' : ''}ADD ${name}${body}`;
  return `ADD ${name}${body}${unchecked && database === 'postgres' ? ' NOT VALID' : ''}`;
}

function dropConstraintAction(name: string, kind: Constraint['kind'] | undefined, database: Database): string {
  const quoted = columnSql(name, database);
  if (isMysql(database)) {
    if (kind === 'foreignKey') return `DROP FOREIGN KEY ${quoted}`;
    if (kind === 'unique') return `DROP INDEX ${quoted}`;
    if (kind === 'primaryKey') return 'DROP PRIMARY KEY';
  }
  return `DROP CONSTRAINT ${quoted}`;
}

function createIndexSql({ table, index, ...how }: Of<'createIndex'>, database: Database): string | undefined {
  if (index.name === undefined) return undefined;
  const online = how.concurrently === true;
  const kind = database === 'sqlserver' ? kindOf(index) : '';
  const begin = `CREATE ${index.unique ? 'UNIQUE ' : ''}${kind}INDEX${online && database === 'postgres' ? ' CONCURRENTLY' : ''}`;
  const on = `${how.onlyParent ? 'ONLY ' : ''}${tableSql(table, database)}${methodOf(index, database)}`;
  const where = index.where ? ` WHERE ${printable(index.where.sql)}` : '';
  // One that is the table itself, by columns, names none.
  const named = index.columns.length > 0 ? ` ${columnsSql(index.columns, database, index.prefixes)}` : '';
  const columns = index.definition === undefined ? named : ` ${printable(index.definition)}`;
  const included = index.includes ? ` INCLUDE ${columnsSql(index.includes, database)}` : '';
  const whole = `${begin} ${columnSql(index.name, database)} ON ${on}${columns}${included}${where}`;
  return `${whole}${online ? onlineClause(database) : ''};`;
}

/** The words of SQL Server before INDEX: https://learn.microsoft.com/sql/t-sql/statements/create-columnstore-index-transact-sql */
function kindOf({ method }: Index): string {
  if (method === 'clustered') return 'CLUSTERED ';
  if (method === 'clustered columnstore') return 'CLUSTERED COLUMNSTORE ';
  return method === 'columnstore' ? 'NONCLUSTERED COLUMNSTORE ' : '';
}

function methodOf({ method }: Index, database: Database): string {
  return method && method !== 'btree' && database === 'postgres' ? ` USING ${columnSql(method, 'postgres')}` : '';
}

function onlineClause(database: Database): string {
  if (isMysql(database)) return ' ALGORITHM=INPLACE LOCK=NONE';
  return database === 'sqlserver' ? ' WITH (ONLINE = ON)' : '';
}

function dropIndexSql({ table, name, ...how }: Of<'dropIndex'>, database: Database): string | undefined {
  const quoted = `${how.ifExists ? 'IF EXISTS ' : ''}${tableSql(name, database)}`;
  if (database === 'postgres') return `DROP INDEX ${how.concurrently ? 'CONCURRENTLY ' : ''}${quoted};`;
  if (database === 'sqlite' || database === 'unknown') return `DROP INDEX ${quoted};`;
  return table === undefined ? undefined : `DROP INDEX ${quoted} ON ${tableSql(table, database)};`;
}

/** One batch; to be run until it changes no row. SQLite has one writer anyway, and the standard no word for a batch. */
function fillSql(step: Of<'fillColumn'>, database: Database): string {
  const { table, column, value } = step;
  const name = tableSql(table, database);
  const set = `SET ${columnSql(column, database)} = ${printable(value)}`;
  const empty = unfilledSql(step, database);
  if (database === 'postgres')
    return `UPDATE ${name} ${set} WHERE ctid = ANY (ARRAY(SELECT ctid FROM ${name} WHERE ${empty} LIMIT ${batchSize}));`;
  if (database === 'sqlserver') return `UPDATE TOP (${belowEscalation}) ${name} ${set} WHERE ${empty};`;
  const isWhole = database === 'sqlite' || database === 'unknown';
  return `UPDATE ${name} ${set} WHERE ${empty}${isWhole ? '' : ` LIMIT ${batchSize}`};`;
}

/** The condition of rows that are still to be filled. */
export function unfilledSql(step: Of<'fillColumn'>, database: Database): string {
  const { column, from, holding, differs } = step;
  const name = columnSql(column, database);
  const unfilled = differs
    ? differsSql(step, database)
    : `${name} ${holding === undefined ? 'IS NULL' : `= ${literal(holding)}`}`;
  const source = from === undefined ? [] : [`${columnSql(from, database)} IS NOT NULL`];
  return [unfilled, ...source, ...furtherConditions(step, database)].join(' AND ');
}

/** True of rows that hold another value. */
export function differsSql({ column, value }: Of<'fillColumn'>, database: Database): string {
  const name = columnSql(column, database);
  const other = operand(value);
  if (value.toUpperCase() === 'NULL') return `${name} IS NOT NULL`;
  if (isMysql(database)) return `NOT (${name} <=> ${other})`;
  if (database === 'sqlite') return `${name} IS NOT ${other}`;
  // IS DISTINCT FROM is there from 2022 on.
  if (database === 'sqlserver') return `(${name} <> ${other} OR ${name} IS NULL)`;
  return `${name} IS DISTINCT FROM ${other}`;
}

/** That the value is one, and what the author says of the rows. */
export function furtherConditions(
  { column, value, from, mayBeNull, where }: Of<'fillColumn'>,
  database: Database,
): string[] {
  const known = [column, from ?? column].map((name) => columnSql(name, database));
  const isSaid = (condition: string): boolean =>
    sameName(condition, `${known[0]} IS NULL`) ||
    (from !== undefined && sameName(condition, `${known[1]} IS NOT NULL`));
  const some = mayBeNull ? [`${operand(value)} IS NOT NULL`] : [];
  const picked = where === undefined || isSaid(where) ? [] : [where];
  return [
    ...some,
    ...picked.map((each) => (/\bor\b|\bxor\b|\|\|/i.test(each) ? `(${printable(each)})` : printable(each))),
  ];
}

/** An expression as a part of another one: one word, or one call, needs no parentheses. */
function operand(value: string): string {
  const sql = printable(value);
  return /^(?:[\w.]+(?:\([^()]*\))?|'[^']*'|\([^()]*\))$/.test(sql) ? sql : `(${sql})`;
}

function optional({ table, column, was }: Of<'forgetColumn'>): Of<'alterColumn'> {
  return { kind: 'alterColumn', table, column, nullable: true, ...(was ? { was } : {}) };
}

function renameSql(step: Of<'renameColumn' | 'renameTable'>): string {
  const from = step.kind === 'renameColumn' ? `${step.table}.${step.column}` : step.table;
  const kind = step.kind === 'renameColumn' ? ", 'COLUMN'" : '';
  return `EXEC sp_rename ${literal(from)}, ${literal(step.to)}${kind};`;
}

function literal(text: string): string {
  return `'${printable(text).replaceAll("'", "''")}'`;
}
