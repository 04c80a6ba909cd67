/** A copy of SQLite that goes by the order of columns, where both tables do not have the same. */
import type { Operation, OperationOf } from '../../src/operations/operation.ts';
import type { Table } from '../../src/operations/table.ts';
import { code, type Context, type Found } from '../../src/rule.ts';
import { columnsSql, columnSql, tableSql } from '../../src/writers/identifier.ts';

/** Values that land under another name: https://www.sqlite.org/lang_insert.html */
export function findMixedUp(
  operation: Operation & OperationOf<'insertRows'>,
  { schema, migration }: Context,
): Found | undefined {
  const { table, copies, byPosition } = operation;
  if (!byPosition || copies === undefined || migration.database !== 'sqlite') return undefined;
  const [from, to] = [schema.tables.get(copies), schema.tables.get(table)];
  if (!from?.whole || !to?.whole) return undefined;
  const [given, taken] = [namesOf(from), namesOf(to)];
  if (given.length !== taken.length) return refused(operation, copies, { given, taken });
  const at = given.findIndex((name, index) => !isSame(name, taken[index]) && taken.some((each) => isSame(each, name)));
  if (at === -1) return undefined;
  return {
    severity: 'error',
    concerns: 'rows',
    message: `\`SELECT *\` goes by the order of the columns, which is another one in ${code(table)}: the values of ${code(given[at] ?? '')} land in ${code(taken[at] ?? '')}, in every row, without an error.`,
    advice: nameThem(table, copies, { given, taken }),
  };
}

type Sides = { given: readonly string[]; taken: readonly string[] };

function refused({ table }: OperationOf<'insertRows'>, copies: string, sides: Sides): Found {
  const { given, taken } = sides;
  return {
    severity: 'error',
    concerns: 'process',
    message: `The copy fails: ${code(table)} has ${taken.length} columns, and \`SELECT *\` of ${code(copies)} gives ${given.length} (\`table ${table} has ${taken.length} columns but ${given.length} values were supplied\`).`,
    advice: nameThem(table, copies, sides),
  };
}

/** Those that both sides have; others get their default. */
function nameThem(table: string, copies: string, { given, taken }: Sides): string {
  const both = taken.filter((name) => given.some((each) => isSame(each, name)));
  const names = both.map((name) => columnSql(name, 'sqlite')).join(', ');
  return `Name the columns on both sides: ${code(`INSERT INTO ${tableSql(table, 'sqlite')} ${columnsSql(both, 'sqlite')} SELECT ${names} FROM ${tableSql(copies, 'sqlite')};`, 400)}`;
}

/** Generated columns are not among what is inserted. */
function namesOf({ columns }: Table): string[] {
  return [...columns.values()].flatMap(({ name, generated }) =>
    generated === 'stored' || generated === 'virtual' ? [] : [name],
  );
}

function isSame(one: string, other: string | undefined): boolean {
  return one.toLowerCase() === other?.toLowerCase();
}
