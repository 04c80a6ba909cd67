/** A new column of another type. */
import type { DataType } from '../../src/operations/column.ts';
import type { OperationOf } from '../../src/operations/operation.ts';
import type { Context } from '../../src/rule.ts';
import type { Step } from '../../src/writers/step.ts';
import { migrationFence } from './fence.ts';

/** The migration that adds the column with this type, which is empty in every row; what hangs on it follows as written. Empty where it is required at once. */
export function withType({ table, column }: OperationOf<'addColumn'>, type: DataType, { migration }: Context): string {
  const isFilled = !column.nullable && !column.default;
  if (isFilled || column.generated) return '';
  const step: Step = { kind: 'addColumn', table, column: { ...column, type, constraints: [] } };
  return migrationFence(migration, [step]);
}
