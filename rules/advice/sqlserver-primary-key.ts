/** What SQL Server locks while it builds a primary key, and how it is done while the others go on. */
import { onlineEditions } from '../../src/operations/facts/sqlserver-change.ts';
import type { Constraint } from '../../src/operations/column.ts';
import type { Operation, OperationOf } from '../../src/operations/operation.ts';
import { code, codes, sizeNote, type Context, type Found } from '../../src/rule.ts';
import { fence } from '../../src/writers/fence.ts';
import { madeUpName } from '../../src/writers/identifier.ts';
import { columnWithOneValue } from './alike-rows.ts';
import { onlineKeySql } from './online-key.ts';
import { costOf } from './severity.ts';
import { sqlserverWorkAt } from './sqlserver-work.ts';

/** A key that is refused, or built offline. https://learn.microsoft.com/sql/relational-databases/tables/create-primary-keys: a column that may be NULL is refused, whatever is in it. */
export function findKeyOnSqlserver(
  operation: Operation & OperationOf<'addConstraint'>,
  key: Constraint & { columns: string[] },
  context: Context,
): Found | undefined {
  const { table } = operation;
  if (context.isNew(table) || columnWithOneValue(key.columns, table, context)) return undefined;
  const known = context.schema.tables.get(table)?.columns;
  const columns = codes(key.columns);
  const nullable = key.columns.find((column) => known?.get(column)?.nullable);
  if (nullable !== undefined)
    return {
      severity: 'error',
      concerns: 'rows',
      message: `The primary key on ${columns} of ${code(table)} fails (8111): ${code(nullable)} may be NULL.`,
      advice: `Require it first, by \`ALTER COLUMN … NOT NULL\`.`,
    };
  const work = sqlserverWorkAt(operation, context);
  if (!work || work.online) return undefined;
  const isClustered = work.work === 'writes';
  const what = isClustered
    ? `writes every row of ${code(table)} anew in its order`
    : `reads all of ${code(table)} for its index`;
  const name = key.name ?? madeUpName('PK', table);
  const sql = onlineKeySql(table, name, isClustered ? 'PRIMARY KEY' : 'PRIMARY KEY NONCLUSTERED', key.columns);
  return {
    severity: costOf(context, table),
    message: `The primary key on ${columns} ${what}, under Sch-M: reads and writes wait. It fails on a NULL or a duplicate. ${sizeNote(table, context.sizeOf(table))}`,
    advice: `Once no row is NULL and none is there twice; where the edition has it (${onlineEditions}), with reads and writes going on:\n\n${fence('sql', [sql])}\n\nElsewhere in a quiet hour.`,
  };
}
