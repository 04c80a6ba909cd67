/** What SQL Server does to the values of a column that is altered, and how it is asked to let the others go on. */
import { onlineEditions } from '../../src/operations/facts/sqlserver-change.ts';
import type { DataType } from '../../src/operations/column.ts';
import type { Operation, OperationOf } from '../../src/operations/operation.ts';
import { code, sizeNote, type Context, type Found } from '../../src/rule.ts';
import { typeSql } from '../../src/writers/identifier.ts';
import { stepSql } from '../../src/writers/sql.ts';
import type { Step } from '../../src/writers/step.ts';
import { costOf } from './severity.ts';
import { sqlserverWorkAt } from './sqlserver-work.ts';

type AlterColumn = Operation & OperationOf<'alterColumn'>;

/** A length that is cut: the values are read and left where they are. */
export function findCut(operation: AlterColumn, old: DataType | undefined, context: Context): Found {
  const { table, column, type } = operation;
  return {
    severity: costOf(context, table),
    message: `Every row of ${code(table)} is read under Sch-M while ${code(column)} is cut${old ? ` from ${code(typeSql(old))}` : ''}${type ? ` to ${code(typeSql(type))}` : ''}: reads and writes wait, and one value that is longer fails it (2628). ${sizeNote(table, context.sizeOf(table))}`,
    advice:
      `A check of the length first, \`WITH NOCHECK\` for new rows and then \`WITH CHECK CHECK CONSTRAINT\` for old ones; then this, in a quiet hour. ${onlineAlteration(operation, type, context)}`.trim(),
  };
}

/** The statement itself, for the editions and versions that do it while the others go on; empty for other databases. */
export function onlineAlteration(operation: AlterColumn, type: DataType | undefined, context: Context): string {
  const { table, column, nullable } = operation;
  if (!type || nullable === undefined || !sqlserverWorkAt(operation, context)?.canBeOnline) return '';
  const step: Step = { kind: 'alterColumn', table, column, type, nullable, concurrently: true };
  const sql = stepSql(step, 'sqlserver');
  return sql === undefined
    ? ''
    : `Where the edition has it (${onlineEditions}), ${code(sql, 300)} lets reads and writes go on while the column is copied.`;
}
