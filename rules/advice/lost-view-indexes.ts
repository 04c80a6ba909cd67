/** A view of SQL Server that is defined anew, and had indexes. */
import type { Operation } from '../../src/operations/operation.ts';
import type { ObjectKind } from '../../src/operations/object-operation.ts';
import { code, codes, type Context, type Found } from '../../src/rule.ts';
import { stepSql } from '../../src/writers/sql.ts';

/** https://learn.microsoft.com/sql/t-sql/statements/alter-view-transact-sql#remarks */
export function findLostIndexes(
  object: ObjectKind,
  name: string,
  { schema, migration, after }: Context,
): Found | undefined {
  const indexes = schema.tables.get(name)?.indexes ?? [];
  if (object !== 'view' || migration.database !== 'sqlserver' || indexes.length === 0) return undefined;
  const lost = indexes.filter((index) => !after.some((each) => makesAgain(each, name, index.name)));
  if (lost.length === 0) return undefined;
  const made = lost.flatMap((index) => stepSql({ kind: 'createIndex', table: name, index }, 'sqlserver') ?? []);
  return {
    severity: 'warning',
    concerns: 'locks',
    message: `With its old query go the indexes of the view ${code(name)}: ${codes(lost.map((index) => index.name ?? ''))}. What read the rows that they kept reads the tables under it from here on, all of them each time.`,
    advice: `Behind it, in a quiet hour, as the first one writes all rows of the view under Sch-M: ${made.map((sql) => code(sql, 300)).join(' ')}`,
  };
}

function makesAgain(each: Operation, view: string, name: string | undefined): boolean {
  return each.kind === 'createIndex' && each.table === view && each.index.name === name;
}
