/** What `update_all` writes, and what picks its rows, as SQL. */
import { equalSql, statedAssigned } from '../syntax/stated-assigned.ts';
import { literalText, quoted } from '../syntax/generated-sql.ts';
import type { Assigned } from '../../operations/operation.ts';
import type { Followed } from './follow-call.ts';
import { assignedIn } from './fragment.ts';
import type { Run } from './run.ts';
import { findText, type Rows, type Value } from './value.ts';

/** Of `update_all("a = lower(b)")` and `update_all(a: 1)`; undefined where a value is not known. */
export function assignedBy(
  { database }: Run,
  { model, conditions = [] }: Rows,
  { values, options }: Followed,
): { assigned: Assigned } | undefined {
  const [given, ...more] = values;
  if (more.length > 0) return undefined;
  const text = findText(given);
  if (text !== undefined) return assignedIn(text, conditions, database);
  if (options?.kind !== 'hash' || !options.whole) return undefined;
  const written = options.entries.map(
    ({ key, value }) => [findText(key) ?? '', literalOf(value, model.isApplication, database)] as const,
  );
  return statedAssigned(database, written, conditions);
}

/** Of `change_column_null(table, column, false, value)`, which fills the rows that have none. */
export function filledBy({ database }: Run, column: string, filler: Value): { assigned: Assigned } | undefined {
  return statedAssigned(database, [[column, literalOf(filler, false, database)]], [equalSql(column, 'NULL', database)]);
}

/** The conditions of one call of a chain; undefined stands for one that is not known. */
export function conditionsOf({ database }: Run, { model }: Rows, call: Followed): (string | undefined)[] {
  const { name, values, options } = call;
  if (name === 'where' && values.length === 0 && options === undefined) return [];
  const [given, ...more] = values;
  if ((name !== 'where' && name !== 'not') || more.length > 0) return [undefined];
  const text = findText(given);
  if (text !== undefined) return [name === 'where' && !/[?]|(?<!:):[a-z]/i.test(text) ? text : undefined];
  if (options?.kind !== 'hash' || !options.whole || values.length > 0) return [undefined];
  return options.entries.map(({ key, value }) => {
    const column = findText(key);
    const literal = literalOf(value, model.isApplication, database);
    if (column === undefined || !/^\w+$/.test(column) || literal === undefined) return undefined;
    if (name === 'where') return equalSql(column, literal, database);
    return literal === 'NULL' ? `${quoted(column, database)} IS NOT NULL` : undefined;
  });
}

/** An enum of the application's model turns its words into numbers. */
function literalOf(value: Value, isApplication: boolean, database: Run['database']): string | undefined {
  if (value.kind === 'nil') return 'NULL';
  if (value.kind === 'number') return String(value.value);
  if (value.kind === 'truth')
    return database === 'sqlite' || database === 'sqlserver' ? String(Number(value.value)) : String(value.value);
  const text = findText(value);
  return text === undefined || isApplication ? undefined : literalText(text, database);
}
