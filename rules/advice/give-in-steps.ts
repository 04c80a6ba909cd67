/** A column that is added with a value that a check, or NOT NULL, lets pass. */
import type { Column, Constraint } from '../../src/operations/column.ts';
import type { Name } from '../../src/operations/name.ts';
import { untouchedColumn } from '../../src/operations/null-everywhere.ts';
import { code, type Context } from '../../src/rule.ts';
import type { Step } from '../../src/writers/step.ts';
import { plainValue } from '../../src/writers/values.ts';
import { checkInSteps, type Check } from './check-in-steps.ts';
import { led, migrationFence, paragraphs } from './fence.ts';
import { lockLimit } from './lock-limit.ts';

/** What is asked of a column that comes with it. */
export type Asked = Check | Pick<Extract<Constraint, { kind: 'notNull' }>, 'kind' | 'columns'>;

/** With a value that stands for the one which the team knows, where one that passes is found; then with the check. */
export function giveInSteps(table: Name, asked: Asked, context: Context): string {
  const { migration } = context;
  const [name, ...others] = asked.kind === 'check' ? new Set(asked.expression.columns) : asked.columns;
  const column = name === undefined || others.length > 0 ? undefined : untouchedColumn(table, name, context.before);
  const value = column && passing(asked, column);
  const begin = 'Add the column with a default that passes, in the statement that adds it';
  const add = column && value !== undefined ? withValue(table, asked, column, value) : undefined;
  const limit = lockLimit(migration.database, context.sizeOf(table));
  const first =
    add &&
    led(
      `${begin}; ${code(value ?? '')} stands for the value that you know:`,
      migrationFence(migration, [...limit, add]),
    );
  const isPostgres = migration.database === 'postgres';
  const apart = isPostgres
    ? 'then the constraint `NOT VALID`, and `VALIDATE CONSTRAINT` in a migration of its own'
    : 'then the constraint';
  const check =
    isPostgres && asked.kind === 'check' && first
      ? `Then the check. ${checkInSteps(table, asked, context).advice}`
      : '';
  const isFree = asked.kind === 'check' ? 'A check lets NULL pass as well, unless it says `IS NOT NULL`. ' : '';
  return paragraphs(
    first || `${begin}.`,
    check,
    `${isFree}Where one value does not fit all rows: the column alone, then a release that writes it, the rows filled in batches, ${apart}.`,
  );
}

function withValue(table: Name, asked: Asked, column: Column, value: string): Step {
  const given = { sql: value, functions: [], columns: [], known: true };
  const nullable = asked.kind === 'check' && column.nullable;
  return { kind: 'addColumn', table, column: { ...column, nullable, default: given, constraints: [] } };
}

/** The plainest value, or one that the check says; undefined where it asks for more than one comparison. */
function passing(asked: Asked, { name, type }: Column): string | undefined {
  if (asked.kind !== 'check') return type && plainValue(type, 'postgres');
  const sql = asked.expression.sql.replaceAll('"', '').trim();
  const among = /^(\w+) (?:= (?!ANY)|IN ?\( ?)('(?:[^']|'')*'|-?\d+)(?: ?\)| ?,|$)/i.exec(sql);
  if (among?.[1] === name) return among[2];
  const compared = /^(\w+) (?:(BETWEEN|>=?|<=?) )(-?\d+)(?: AND -?\d+)?$/i.exec(sql);
  if (compared?.[1] !== name) return undefined;
  const beyond: Partial<Record<string, number>> = { '>': 1, '<': -1 };
  return String(Number(compared[3]) + (beyond[compared[2] ?? ''] ?? 0));
}
