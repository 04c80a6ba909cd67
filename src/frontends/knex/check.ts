/** The checks of Knex, at a column or a table. */
import type { Database } from '../../operations/migration.ts';
import { literalSql, literalText, nameIn, quoted } from '../syntax/generated-sql.ts';
import { findText, itemsOf, type Chain, type Value } from '../syntax/script-value.ts';

/** `CHECK (…)`, with its name where it is given one. */
export function checkSql(expression: string, named: Value | undefined, database: Database): string {
  const name = findText(named);
  return `${name === undefined ? '' : `CONSTRAINT ${quoted(name, database)} `}CHECK (${expression})`;
}

/** The checks that stand at a column: `checkPositive`, `checkIn` and their kin (lib/schema/columncompiler.js of Knex). */
export function checksOfColumn(column: string, chain: Chain, database: Database): string[] {
  const name = quoted(column, database);
  return chain.steps.flatMap(({ name: step, arguments: [first, second, third] = [] }) => {
    const list = (): string =>
      itemsOf(first)
        .map((value) => literalSql(value, database))
        .join(', ');
    switch (step) {
      case 'checkPositive':
        return [checkSql(`${name} > 0`, first, database)];
      case 'checkNegative':
        return [checkSql(`${name} < 0`, first, database)];
      case 'checkIn':
        return [checkSql(`${name} IN (${list()})`, second, database)];
      case 'checkNotIn':
        return [checkSql(`${name} NOT IN (${list()})`, second, database)];
      case 'checkBetween':
        return [checkSql(betweenSql(name, first, database), second, database)];
      case 'checkLength':
        return [checkSql(`length(${name}) ${nameIn(first)} ${nameIn(second)}`, third, database)];
      case 'checkRegex':
        return [checkSql(regexSql(name, first, database), second, database)];
      default:
        return [];
    }
  });
}

/** One pair of limits, or a list of pairs. */
function betweenSql(name: string, given: Value | undefined, database: Database): string {
  const pairs = itemsOf(given)[0]?.kind === 'list' ? itemsOf(given) : given ? [given] : [];
  return pairs
    .map(
      (pair) =>
        `${name} BETWEEN ${itemsOf(pair)
          .map((value) => literalSql(value, database))
          .join(' AND ')}`,
    )
    .join(' OR ');
}

function regexSql(name: string, pattern: Value | undefined, database: Database): string {
  return `${name} ${database === 'postgres' ? '~' : 'REGEXP'} ${literalText(nameIn(pattern), database)}`;
}
