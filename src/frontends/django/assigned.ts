/** What `update()` of Django's ORM writes, and what `filter()` picks, as SQL. */
import type { Assigned } from '../../operations/operation.ts';
import { literalText, quoted } from '../syntax/generated-sql.ts';
import type { PythonCall } from '../syntax/python-call.ts';
import { readValue, type PythonValue } from '../syntax/python-value.ts';
import { boundedSql, equalSql, statedAssigned } from '../syntax/stated-assigned.ts';
import { childOf, textOf, type SyntaxNode } from '../syntax/tree.ts';
import { columnName } from './field.ts';
import type { Place } from './thing.ts';

/** Each column with its value; undefined where one of them is not known. */
export function assignedBy(
  place: Place,
  table: string,
  { keywords, positional, spread }: PythonCall,
  conditions: readonly (string | undefined)[],
): { assigned: Assigned } | undefined {
  const { database } = place.reading.emission;
  const values: (readonly [string, string | undefined])[] = [];
  for (const [name, node] of keywords) {
    const column = columnIn(place, table, name);
    if (column === undefined) return undefined;
    values.push([column, expressionSql(place, table, node)]);
  }
  return spread || positional.length > 0 ? undefined : statedAssigned(database, values, conditions);
}

/** The conditions of one call; undefined stands for one that is not known. */
export function conditionsOf(place: Place, table: string, method: string, call: PythonCall): (string | undefined)[] {
  const { database } = place.reading.emission;
  const isExcluded = method === 'exclude';
  if ((method !== 'filter' && !isExcluded) || call.positional.length > 0 || call.spread) return [undefined];
  if (isExcluded && call.keywords.size > 1) return [undefined];
  return [...call.keywords].map(([lookup, node]) => {
    const [name = '', operator = 'exact', ...more] = lookup.split('__');
    const column = columnIn(place, table, name);
    const value = readValue(node, place.scope);
    if (column === undefined || more.length > 0) return undefined;
    if ((operator === 'isnull' && value.kind === 'boolean') || (operator === 'exact' && value.kind === 'none')) {
      const isNull = (value.kind === 'none' || value.value) !== isExcluded;
      return `${quoted(column, database)} IS ${isNull ? '' : 'NOT '}NULL`;
    }
    const literal = literalOf(value, place);
    if (/^(?:gte?|lte?|range)$/.test(operator) && !isExcluded && literal === undefined)
      return boundedSql(column, database);
    return operator === 'exact' && !isExcluded && literal !== undefined
      ? equalSql(column, literal, database)
      : undefined;
  });
}

/** A field that the history of the app knows. */
function columnIn({ reading }: Place, table: string, name: string): string | undefined {
  const model = [...reading.emission.state.models.values()].find((each) => each.table === table);
  const field = model?.fields.get(name);
  return field && columnName(name, field);
}

/** https://docs.djangoproject.com/en/stable/ref/models/database-functions/: those that send one function of the same meaning everywhere. */
const functions: Partial<Record<string, string>> = {
  Lower: 'LOWER',
  Upper: 'UPPER',
  Trim: 'TRIM',
  LTrim: 'LTRIM',
  RTrim: 'RTRIM',
  Coalesce: 'COALESCE',
  Abs: 'ABS',
  Round: 'ROUND',
};

function expressionSql(place: Place, table: string, node: SyntaxNode): string | undefined {
  const { database } = place.reading.emission;
  const value = readValue(node, place.scope);
  if (value.kind !== 'call') return literalOf(value, place) ?? operationSql(place, table, node);
  const { positional, keywords, spread } = value.call;
  const [first] = positional;
  const name = value.name?.startsWith('django.db.models.') ? value.name.slice(value.name.lastIndexOf('.') + 1) : '';
  if (!first || keywords.size > 0 || spread) return undefined;
  const given = readValue(first, place.scope);
  if (name === 'F') {
    const column = given.kind === 'string' ? columnIn(place, table, given.value) : undefined;
    return column === undefined ? undefined : quoted(column, database);
  }
  if (name === 'Value') return positional.length === 1 ? literalOf(given, place) : undefined;
  const called = functions[name];
  const parts = called === undefined ? [undefined] : positional.map((each) => argumentSql(place, table, each));
  return parts.includes(undefined) ? undefined : `${called}(${parts.join(', ')})`;
}

/** A string given to a function names a field. */
function argumentSql(place: Place, table: string, node: SyntaxNode): string | undefined {
  const value = readValue(node, place.scope);
  if (value.kind !== 'string') return expressionSql(place, table, node);
  const column = columnIn(place, table, value.value);
  return column === undefined ? undefined : quoted(column, place.reading.emission.database);
}

/** `F('a') * 100` */
function operationSql(place: Place, table: string, node: SyntaxNode): string | undefined {
  const [left, right, operator] = [childOf(node, 'left'), childOf(node, 'right'), childOf(node, 'operator')];
  if (node.type !== 'binary_operator' || !left || !right || !operator) return undefined;
  const sign = textOf(operator, place.scope.module.text);
  const parts = [left, right].map((each) => expressionSql(place, table, each));
  if (!['+', '-', '*'].includes(sign) || parts.includes(undefined)) return undefined;
  return parts.map((part) => (/\s[-+*]\s/.test(part ?? '') ? `(${part})` : part)).join(` ${sign} `);
}

function literalOf(value: PythonValue, { reading }: Place): string | undefined {
  const { database } = reading.emission;
  if (value.kind === 'none') return 'NULL';
  if (value.kind === 'number') return String(value.value);
  if (value.kind === 'boolean')
    return database === 'sqlite' || database === 'sqlserver' ? String(Number(value.value)) : String(value.value);
  return value.kind === 'string' ? literalText(value.value, database) : undefined;
}
