/** Bounds of partitions of SQL Server that are set anew. */
import type { OperationOf } from '../../src/operations/operation.ts';
import { code, type Context, type Found } from '../../src/rule.ts';

/** https://learn.microsoft.com/sql/t-sql/statements/alter-partition-function-transact-sql */
export function findMovedPartition(
  { object, name, change }: OperationOf<'alterObject'>,
  { migration, before }: Context,
): Found | undefined {
  const how = /\b(SPLIT|MERGE)\s+RANGE\b/i.exec(change)?.[1]?.toUpperCase();
  if (how === undefined || object !== 'partition scheme' || migration.database !== 'sqlserver') return undefined;
  const isNew = before.some((each) => each.kind === 'createObject' && each.object === object && each.name === name);
  // What is merged was emptied by this migration itself.
  const isEmptied = before.some((each) => each.kind === 'alterPartition' && /^(exchange|truncate)$/.test(each.action));
  if (isNew || (how === 'MERGE' && isEmptied)) return undefined;
  const which = how === 'SPLIT' ? 'the partition that it splits' : 'the partition whose bound goes';
  return {
    message: `${code(`${how} RANGE`)} of ${code(name)} moves rows, unless ${which} is empty: each is deleted in one partition and inserted in the other, and written to the log for both, under Sch-M on every table and index that ${code(name)} parts. Reads and writes of all of them wait.`,
    advice:
      how === 'SPLIT'
        ? `Keep an empty partition at the end that grows, and split that one, ahead of time: ${code(`SELECT partition_number, rows FROM sys.partitions WHERE object_id = OBJECT_ID(N'…');`)} tells which are empty. Rows that are there already go out first, by \`SWITCH\` to a table of the same shape.`
        : 'First empty the partition: `SWITCH` it out to a table of the same shape, or `TRUNCATE TABLE … WITH (PARTITIONS (…))` where its rows may go; then merge.',
  };
}
