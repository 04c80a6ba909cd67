/** What `table.update().values(…)` writes, and what picks its rows, as SQL. */
import type { Assigned } from '../../operations/operation.ts';
import { quoted } from '../syntax/generated-sql.ts';
import { statedAssigned } from '../syntax/stated-assigned.ts';
import { sqlOf } from './expression.ts';
import type { Run } from './run.ts';
import { tableOf } from './table.ts';
import { pathOf, type CallValue, type Value } from './value.ts';

/** The values by their columns; undefined where one is not known. */
export function assignedBy(
  run: Run,
  table: string,
  values: readonly (readonly [column: string, value: Value])[],
  conditions: readonly (string | undefined)[],
): { assigned: Assigned } | undefined {
  const written = values.map(([column, value]) => [column, expressionSql(run, table, value)] as const);
  return statedAssigned(run.database, written, conditions);
}

/** The conditions that the calls of a chain say; undefined stands for one that is not known. */
export function conditionsOf(run: Run, table: string, calls: readonly CallValue[]): (string | undefined)[] {
  return calls.flatMap((call) => {
    const name = call.callee.kind === 'attribute' ? call.callee.name : '';
    if (!/^(where|filter|filter_by|having|join)$/.test(name)) return [];
    if (name !== 'where' && name !== 'filter') return [undefined];
    return call.positional.map((value) => conditionSql(run, table, value));
  });
}

function conditionSql(run: Run, table: string, value: Value): string | undefined {
  if (value.kind !== 'call') return undefined;
  if (value.callee.kind !== 'attribute') return sqlOf(run, value);
  const { object, name } = value.callee;
  const column = expressionSql(run, table, object);
  if (column === undefined || value.positional[0]?.kind !== 'none') return undefined;
  if (name === 'is_') return `${column} IS NULL`;
  return name === 'isnot' || name === 'is_not' ? `${column} IS NOT NULL` : undefined;
}

/** Also a column of the table itself, and functions of it. */
function expressionSql(run: Run, table: string, value: Value): string | undefined {
  if (value.kind === 'attribute')
    return tableOf(run, value)?.name === table && value.name !== 'c' ? quoted(value.name, run.database) : undefined;
  const path = value.kind === 'call' ? (pathOf(value.callee) ?? '') : '';
  if (value.kind !== 'call' || !/\bfunc\.\w+$/.test(path) || value.positional.length === 0) return sqlOf(run, value);
  const parts = value.positional.map((each) => expressionSql(run, table, each));
  return parts.includes(undefined) ? undefined : `${path.slice(path.lastIndexOf('.') + 1)}(${parts.join(', ')})`;
}
