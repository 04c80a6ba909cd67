/** What type a column had before a migration. */
import type { DataType } from './column.ts';
import type { Migration } from './migration.ts';
import type { OperationOf } from './operation.ts';
import { findColumn, type Schema } from './schema.ts';

/** As the history tells it; of a column that no earlier migration tells of, the type that the way back gives it again. */
export function typeBefore(
  { table, column }: Pick<OperationOf<'alterColumn'>, 'table' | 'column'>,
  schema: Schema,
  { down }: Pick<Migration, 'down'>,
): DataType | undefined {
  const known = findColumn(schema, table, column)?.type;
  if (known || down.kind !== 'written') return known;
  const back = down.operations.findLast(
    (each) => each.kind === 'alterColumn' && each.table === table && each.column === column && each.type !== undefined,
  );
  return back?.kind === 'alterColumn' ? back.type : undefined;
}
