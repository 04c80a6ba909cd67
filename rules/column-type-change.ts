import { onlineEditions, sqlserverWork } from '../src/operations/facts/sqlserver-change.ts';
import { typeChange } from '../src/operations/facts/type-change.ts';
import type { Database } from '../src/operations/migration.ts';
import { withCollation } from '../src/operations/facts/mysql-change.ts';
import { lossOf } from '../src/operations/facts/mysql-values.ts';
import type { DataType, Expression, Operation, OperationOf } from '../src/operations/operation.ts';
import { findColumn } from '../src/operations/schema.ts';
import { code, sizeNote, type Context, type Found, type Rule } from '../src/rule.ts';
import { columnSql, madeUpName, typeSql } from '../src/writers/identifier.ts';
import type { Step } from '../src/writers/step.ts';
import { stepSql } from '../src/writers/sql.ts';
import { keyInSteps } from './advice/key-in-steps.ts';
import { replaceInSteps } from './advice/replace-in-steps.ts';
import { hasRefusedKey, isHeld, isRefused, isRestatedByRename, isValuesChange } from './advice/one-cause.ts';
import { isMysql, statementAt } from './advice/online-change.ts';
import { onlineTool } from './advice/online-tool.ts';
import { costOf, lower } from './advice/severity.ts';
import { timeZoneAt } from './advice/time-zone.ts';

/** A column gets a type that its values must be converted to. */
export const columnTypeChange: Rule = {
  id: 'column-type-change',
  title: 'A type change that rewrites the table',
  severity: 'warning',
  concerns: 'locks',
  check: {
    alterColumn: (operation, context) => {
      const { table, column } = operation;
      if (!operation.type || context.isNew(table) || isRestatedByRename(operation, context)) return undefined;
      if (isValuesChange(operation, context) || isRefused(operation, context)) return undefined;
      if (hasRefusedKey(operation, context) || isHeld(operation, context)) return undefined;
      const { migration } = context;
      if (isOnline(operation, context)) return undefined;
      const known = context.schema.tables.get(table);
      const old = withCollation(
        findColumn(context.schema, table, column)?.type ?? typeBefore(operation, context),
        known,
      );
      const type = withCollation(operation.type, known);
      const computes = operation.using !== undefined && !isColumnItself(operation.using, column);
      const change = typeChange(old, type, migration.database, migration.databaseVersion, timeZoneAt(context));
      if (change.kind === 'free' && !computes) return undefined;
      if (change.kind === 'reads' && !computes) return findCut(operation, old, context);
      const unless = change.kind === 'rewrites' && !computes ? change.unless : undefined;
      const severity = costOf(context, table);
      const from = old ? ` from ${code(typeSql(old))}${setNote(old, type)}` : '';
      const ofKey = keyInSteps(operation, type, context);
      const goesOn = change.kind === 'rewrites' && change.writesGoOn === true;
      return {
        severity: unless ? lower(severity) : severity,
        message: `${code(table)} ${migration.database === 'unknown' ? 'may be' : 'is'} rewritten ${lockOf(migration.database)}while ${code(column)} changes${from} to ${code(typeSql(type))}${setNote(type, old)}${unless ? `, unless ${unless}` : ''}. ${waits(migration.database, goesOn)}${fate(old, type, migration.database)} ${sizeNote(table, context.sizeOf(table))}`,
        advice: ofKey?.isWhole
          ? ofKey.text
          : `${ofKey ? ofKey.text : besideIt(operation, type, context)}${goesOn ? '' : tool(old, type, operation, context)}`,
      };
    },
  },
};

/** Of a column that no earlier migration tells of: the type that the way back gives it again. */
function typeBefore({ table, column }: AlterColumn, { migration: { down } }: Context): DataType | undefined {
  if (down.kind !== 'written') return undefined;
  const back = down.operations.findLast(
    (each) => each.kind === 'alterColumn' && each.table === table && each.column === column && each.type !== undefined,
  );
  return back?.kind === 'alterColumn' ? back.type : undefined;
}

/** `ONLINE = ON` was asked for, and SQL Server can. */
function isOnline(operation: AlterColumn, { migration, schema }: Context): boolean {
  if (migration.database !== 'sqlserver') return false;
  return sqlserverWork(operation, schema.tables.get(operation.table), migration.databaseVersion)?.online ?? false;
}

/** SQL Server reads the values and leaves them where they are. */
function findCut(operation: AlterColumn, old: DataType | undefined, context: Context): Found {
  const { table, column, type } = operation;
  return {
    severity: costOf(context, table),
    message: `Every row of ${code(table)} is read under Sch-M while ${code(column)} is cut${old ? ` from ${code(typeSql(old))}` : ''}${type ? ` to ${code(typeSql(type))}` : ''}: reads and writes wait, and one value that is longer fails it (2628). ${sizeNote(table, context.sizeOf(table))}`,
    advice:
      `A check of the length first, \`WITH NOCHECK\` for new rows and then \`WITH CHECK CHECK CONSTRAINT\` for old ones; then this, in a quiet hour. ${onlineAlteration(operation, type, context)}`.trim(),
  };
}

/** The statement itself, for the editions and versions that do it while the others go on. */
function onlineAlteration(operation: AlterColumn, type: DataType | undefined, context: Context): string {
  const { migration, schema } = context;
  const { table, column, nullable } = operation;
  if (migration.database !== 'sqlserver' || !type || nullable === undefined) return '';
  if (!sqlserverWork(operation, schema.tables.get(table), migration.databaseVersion)?.canBeOnline) return '';
  const step: Step = { kind: 'alterColumn', table, column, type, nullable, concurrently: true };
  const sql = stepSql(step, 'sqlserver');
  return sql === undefined
    ? ''
    : `Where the edition has it (${onlineEditions}), ${code(sql, 300)} lets reads and writes go on while the column is copied.`;
}

/** USING with the column alone, or with a cast of it, says nothing that the types do not say. */
function isColumnItself(using: Expression, column: string): boolean {
  const bare = using.sql.replace(/["()\s]/g, '').toLowerCase();
  const name = column.replace(/["()\s]/g, '').toLowerCase();
  return bare === name || bare.startsWith(`${name}::`) || bare.startsWith(`cast${name}as`);
}

function lockOf(database: Database): string {
  if (database === 'postgres') return 'under ACCESS EXCLUSIVE ';
  return database === 'sqlserver' ? 'under Sch-M ' : '';
}

function waits(database: Database, goesOn: boolean): string {
  if (goesOn) return 'Reads and writes go on, but replicas lag for as long as the copy takes';
  if (database === 'unknown') return 'Reads and writes may wait until the copy is done';
  return `${isMysql(database) ? 'Writes' : 'Reads and writes'} wait until the copy is done`;
}

/** What becomes of values that have no place in the new type; closes the sentence before it. */
function fate(old: DataType | undefined, type: DataType, database: Database): string {
  const loss = old && isMysql(database) ? lossOf(old, type) : undefined;
  const zone =
    old && [old.name, type.name].toSorted().join() === 'datetime,timestamp' && isMysql(database)
      ? ' Each value is converted by the time zone of the session that runs this.'
      : '';
  if (loss === undefined) return `, and a value that does not fit fails it.${zone}`;
  if (loss === 'none') return `.${zone}`;
  return `. It fails on ${loss.what} (${loss.error}); outside strict mode ${loss.otherwise} without a word.${zone}`;
}

/** Not where values would be lost: the tools copy with INSERT IGNORE. */
function tool(old: DataType | undefined, type: DataType, operation: AlterColumn, context: Context): string {
  const loss = old && lossOf(old, type);
  if (loss !== undefined && loss !== 'none') return '';
  return onlineTool(operation.table, statementAt(operation, context), context, loss === 'none' ? 'kept' : 'unknown');
}

type AlterColumn = Operation & OperationOf<'alterColumn'>;

/** The character set or collation, where the two differ in it. */
function setNote({ collation }: DataType, other: DataType | undefined): string {
  return collation === undefined || other?.collation === undefined || collation === other.collation
    ? ''
    : ` in ${code(collation)}`;
}

/** Another column takes its place. */
function besideIt(operation: AlterColumn, type: DataType, context: Context): string {
  const online = onlineAlteration(operation, type, context);
  return `${online === '' ? 'A' : `${online} Elsewhere a`} new column beside it: written by the code together with the old one, filled in batches, then read, and only then the old one dropped.${correction(operation.table, operation.column, type, context)}`;
}

function correction(table: string, column: string, type: DataType, context: Context): string {
  const { migration, schema } = context;
  const was = findColumn(schema, table, column);
  const value = `CAST(${columnSql(column, migration.database)} AS ${castSql(type, migration.database)})`;
  return `\n\n${replaceInSteps({ table, column, to: madeUpName(column, 'new'), type, value, was }, context)}`;
}

/** What MySQL takes behind AS is no type of a column: https://dev.mysql.com/doc/refman/8.4/en/cast-functions.html#function_cast */
function castSql(type: DataType, database: Database): string {
  if (!isMysql(database)) return typeSql(type);
  if (type.name.endsWith('int')) return type.unsigned ? 'UNSIGNED' : 'SIGNED';
  if (/char|text|enum|set/.test(type.name)) return 'CHAR';
  return type.name === 'timestamp' ? 'DATETIME' : typeSql(type);
}
