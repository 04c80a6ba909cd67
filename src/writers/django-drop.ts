/** A column goes that Django's state has lost already. */
import type { Column } from '../operations/column.ts';
import type { Name } from '../operations/name.ts';
import { stepSql, stepStatements } from './sql.ts';
import { emptyColumn, type Step } from './step.ts';
import type { Target } from './writer.ts';

/** The statement itself, and the one that adds the column again; undefined where the database cannot drop it. */
export function dropOutsideState(
  { database }: Pick<Target, 'database'>,
  table: Name,
  column: string,
  was: Column | undefined,
): Step | undefined {
  const sql = stepSql({ kind: 'dropColumn', table, column }, database);
  const back = was?.type && stepStatements(emptyColumn(table, was), database)?.join(' ');
  return sql === undefined ? undefined : { kind: 'sql', sql, ...(back === undefined ? {} : { back }) };
}
