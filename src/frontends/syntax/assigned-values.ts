/** What query builders of JavaScript write to rows: records of values, and calls that narrow the rows. */
import type { Database } from '../../operations/migration.ts';
import type { Assigned } from '../../operations/operation.ts';
import { literalSql, quoted, sqlIn } from './generated-sql.ts';
import { findText, itemsOf, type Step, type Value } from './script-value.ts';
import { boundedSql, equalSql, statedAssigned } from './stated-assigned.ts';

/** The values of a record, or of a column and its value; undefined where one is not known. */
export function assignedValues(
  given: readonly Value[],
  conditions: readonly (string | undefined)[],
  database: Database,
): { assigned: Assigned } | undefined {
  const [first, second] = given;
  const column = findText(first);
  if (column !== undefined && second)
    return statedAssigned(database, [[column, valueSql(second, database)]], conditions);
  if (first?.kind !== 'record' || !first.whole) return undefined;
  const values = [...first.fields].map(([name, value]) => [name, valueSql(value, database)] as const);
  return statedAssigned(database, values, conditions);
}

/** The conditions that the calls of a chain say; undefined stands for one that is not known. */
export function conditionsOf(calls: readonly Step[], database: Database): (string | undefined)[] {
  return calls.filter((step) => narrowing.test(step.name)).flatMap((step) => conditionsOfCall(step, database));
}

/** What the fields of a record have to be; undefined stands for one that is not known. */
export function conditionsOfRecord(record: Value | undefined, database: Database): (string | undefined)[] {
  if (record?.kind !== 'record' || !record.whole) return [undefined];
  return [...record.fields].map(([key, value]) => comparison(key, undefined, value, database));
}

const narrowing = /^(and|or)?where|join|^having|^whereRef|^using/i;

function conditionsOfCall({ name, arguments: given = [] }: Step, database: Database): (string | undefined)[] {
  const [first, second, third] = given;
  const column = findText(first);
  const named = column === undefined ? undefined : quoted(column, database);
  switch (name) {
    case 'whereNull':
      return [named && `${named} IS NULL`];
    case 'whereNotNull':
      return [named && `${named} IS NOT NULL`];
    case 'whereBetween':
      return [column === undefined || !/^\w+$/.test(column) ? undefined : boundedSql(column, database)];
    case 'whereRaw':
      return [second || sqlIn(first).includes('?') ? undefined : sqlIn(first)];
    case 'where':
    case 'andWhere':
      return first?.kind === 'record'
        ? conditionsOfRecord(first, database)
        : [
            column === undefined || !second
              ? undefined
              : comparison(column, third && findText(second), third ?? second, database),
          ];
    default:
      return [undefined];
  }
}

function comparison(
  column: string,
  operator: string | undefined,
  value: Value,
  database: Database,
): string | undefined {
  const literals = value.kind === 'list' ? value.items.map((item) => literalOf(item, database)) : undefined;
  const literal = literalOf(value, database);
  if (!/^\w+$/.test(column)) return undefined;
  if (literals) {
    const known = literals.filter((each) => each !== undefined);
    const isListed = known.length === itemsOf(value).length && known.length > 0;
    return isListed && (operator === undefined || operator === 'in') ? equalSql(column, known, database) : undefined;
  }
  if (literal === undefined)
    return operator !== undefined && /^[<>]=?$/.test(operator) ? boundedSql(column, database) : undefined;
  if (literal === 'NULL' && operator === 'is not') return `${quoted(column, database)} IS NOT NULL`;
  if (operator === undefined || operator === '=' || (operator === 'is' && literal === 'NULL'))
    return equalSql(column, literal, database);
  return /^([<>]=?|<>|!=)$/.test(operator) && literal !== 'NULL'
    ? `${quoted(column, database)} ${operator} ${literal}`
    : undefined;
}

function literalOf(value: Value, database: Database): string | undefined {
  if (value.kind === 'constant' && value.value !== undefined) return literalSql(value, database);
  return value.kind === 'text' && findText(value) !== undefined ? literalSql(value, database) : undefined;
}

/** A literal, `knex.raw('lower(email)')`, `` sql`lower(email)` `` or `knex.ref('email')`. */
function valueSql(value: Value, database: Database): string | undefined {
  if (value.kind !== 'chain') return literalOf(value, database);
  const calls = value.steps.filter((step) => step.arguments);
  const [only, ...more] = calls;
  if (!only || more.length > 0) return undefined;
  if (only.name === 'ref') {
    const column = findText(only.arguments?.[0]);
    return column === undefined || !/^\w+$/.test(column) ? undefined : quoted(column, database);
  }
  const sql = sqlIn(value);
  return (only.arguments?.length ?? 0) > 1 || sql.includes('?') ? undefined : sql;
}
